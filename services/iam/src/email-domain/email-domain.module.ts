import type { IamCore, IamModule } from '../core.ts';
import { EmailDomainController } from './email-domain.controller.ts';
import { EmailDomainService } from './email-domain.service.ts';
import { JoinByDomain } from './join-by-domain.consumer.ts';
import { createTxtResolver } from './resolve-txt.ts';

export function createEmailDomainModule(core: IamCore): IamModule {
  const resolveTxt = createTxtResolver(core.environment.getList('IAM_DNS_SERVERS'));
  return {
    controllers: [EmailDomainController],
    providers: [{ provide: EmailDomainService, useValue: new EmailDomainService({ ...core, resolveTxt }) }],
    useCases: { JoinByDomain: new JoinByDomain(core.database, core.roles) },
  };
}
