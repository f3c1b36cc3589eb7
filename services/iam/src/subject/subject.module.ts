import type { IamCore, IamModule } from '../core.ts';
import { IssuedTokenService } from '../openid/issued-token.service.ts';
import { ExternalSubjectService } from './external-subject.service.ts';
import { SubjectService } from './subject.service.ts';

export function createSubjectModule(core: IamCore): IamModule {
  const { database, clock, issuers } = core;
  const subjects = new SubjectService(core, {
    issued: new IssuedTokenService(core, (transaction, clientId) =>
      core.serviceAccounts.findForToken(transaction, clientId),
    ),
    external: new ExternalSubjectService({ database, clock, issuers: issuers.issuers }),
  });
  return { contract: { resolveSubject: async (input) => (await subjects.resolve(input)) ?? null } };
}
