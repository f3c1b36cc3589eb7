import type { ContractFunctions, Principal, iamContract } from '@plinth/contracts';
import type { IamCore } from '../core.ts';
import type { IssuedTokenService } from '../openid/issued-token.service.ts';
import type { ExternalSubjectService } from './external-subject.service.ts';

/** What a verified token says of its subject. */
export type TokenSubject = Parameters<ContractFunctions<typeof iamContract>['resolveSubject']>[0];

/** Finds who the subject of a verified access token is now; a token alone only says who they were. */
export class SubjectService {
  readonly #core: Pick<IamCore, 'issuer' | 'sessions'>;

  readonly #issued: IssuedTokenService;

  readonly #external: ExternalSubjectService;

  constructor(
    core: Pick<IamCore, 'issuer' | 'sessions'>,
    others: { readonly issued: IssuedTokenService; readonly external: ExternalSubjectService },
  ) {
    this.#core = core;
    this.#issued = others.issued;
    this.#external = others.external;
  }

  /** The caller with the roles of this moment; undefined when user, session or account is no more. */
  async resolve(token: TokenSubject): Promise<Principal | undefined> {
    const { issuer, sessions } = this.#core;
    if (token.issuer !== issuer) return this.#external.resolve(token);
    if (token.tokenId !== undefined) return this.#issued.resolve({ ...token, tokenId: token.tokenId });
    if (token.session === undefined) return undefined;
    const caller = await sessions.authenticateById(token.session, token.subject, token.tenant);
    return caller === undefined || token.scopes === undefined ? caller : { ...caller, scopes: token.scopes };
  }
}
