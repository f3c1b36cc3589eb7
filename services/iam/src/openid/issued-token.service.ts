import type { Permission, Principal } from '@plinth/contracts';
import { permissionScopes } from '../client/client.ts';
import type { IamCore } from '../core.ts';
import { hashToken } from '../session/session-cookie.ts';
import { findIssuedToken, type IssuedToken } from './artifact.store.ts';
import type { FindServiceAccount } from './service-account.ts';

/** What a token that was issued to a client says of its subject. */
export interface IssuedTokenSubject {
  readonly tokenId: string;
  readonly subject: string;
  readonly session?: string | undefined;
  readonly tenant?: string | undefined;
}

/** Finds who the subject of a token is that a client got: nobody once it was revoked or its session ended. */
export class IssuedTokenService {
  readonly #core: Pick<IamCore, 'database' | 'clock' | 'sessions'>;
  readonly #findServiceAccount: FindServiceAccount;

  constructor(core: Pick<IamCore, 'database' | 'clock' | 'sessions'>, findServiceAccount: FindServiceAccount) {
    this.#core = core;
    this.#findServiceAccount = findServiceAccount;
  }

  async resolve(subject: IssuedTokenSubject): Promise<Principal | undefined> {
    const { database, clock, sessions } = this.#core;
    const token = await database.transaction(undefined, (transaction) =>
      findIssuedToken(transaction, hashToken(subject.tokenId), clock.now()),
    );
    if (token === undefined) return undefined;
    if (token.kind === 'ClientCredentials') return this.#resolveClient(token);
    if (token.sessionId === null || token.sessionId !== subject.session) return undefined;
    const caller = await sessions.authenticateById(token.sessionId, subject.subject, subject.tenant);
    if (caller === undefined) return undefined;
    const scopes = narrow(token);
    return scopes === undefined ? caller : { ...caller, scopes };
  }

  async #resolveClient(token: IssuedToken): Promise<Principal | undefined> {
    const asked = permissionScopes(token.scope ?? undefined);
    if (token.permissions === null) {
      const account = await this.#core.database.platformTransaction((transaction) =>
        this.#findServiceAccount(transaction, token.clientId),
      );
      if (account === undefined) return undefined;
      return asked.length === 0 ? account.principal : { ...account.principal, scopes: asked };
    }
    const held = token.permissions as readonly Permission[];
    return {
      kind: 'service-account',
      subject: token.clientId,
      roles: [],
      grants: [{ permissions: [...held] }],
      ...(asked.length === 0 ? {} : { scopes: asked }),
    };
  }
}

/**
 * The permissions that a user's token is narrowed to. A client that acts as its users does so unless it asks for less;
 * the token of every other one may do what was asked for and granted, and that may be nothing.
 */
function narrow(token: IssuedToken): string[] | undefined {
  const asked = permissionScopes(token.scope ?? undefined);
  if (token.actsAsUser === true) return asked.length === 0 ? undefined : asked;
  return asked.filter((scope) => token.permissions?.includes(scope));
}
