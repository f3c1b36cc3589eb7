import type { Principal } from '@plinth/contracts';
import {
  CallerNotAUserError,
  NotFoundError,
  decodeCursor,
  toPage,
  userIdOf,
  type Database,
  type Page,
  type Secret,
} from '@plinth/common';
import { z } from 'zod';
import { resolveMembership } from '../role/role.ts';
import { findCookie, readSessionCookie, sessionCookieName } from './session-cookie.ts';
import { TenantNotOwnError } from './session.errors.ts';
import type { Session } from './session.ts';
import * as store from './session.store.ts';

export interface SessionServiceOptions {
  readonly database: Database;
  readonly secret: Secret;
  readonly cookieSecure: boolean;
  /** Seconds without a request after which a session ends. */
  readonly idleSeconds: number;
  /** The end of a session is moved at most this often, so that reading does not write each time. */
  readonly refreshSeconds: number;
}

/** Tells whose session a cookie belongs to, and ends sessions. */
export class SessionService {
  readonly #options: SessionServiceOptions;

  constructor(options: SessionServiceOptions) {
    this.#options = options;
  }

  /** The caller behind the value of a session cookie; undefined when it is not ours or the session has ended. */
  async authenticate(cookie: string, requestedTenant: string | undefined): Promise<Principal | undefined> {
    const token = readSessionCookie(cookie, this.#options.secret.reveal());
    if (token === undefined) return undefined;
    const session = await this.#load(token);
    if (session === undefined) return undefined;
    const membership = resolveMembership(session.grants, requestedTenant);
    if (membership === undefined) throw new TenantNotOwnError(requestedTenant!);
    return { kind: 'user', subject: session.userId, email: session.email, ...membership, roles: [...membership.roles] };
  }

  async listOwn(
    caller: Principal,
    query: { limit: number; cursor?: string | undefined },
    cookies: string | undefined,
  ): Promise<Page<Session>> {
    const userId = sessionOwnerOf(caller);
    const before = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const cookie = findCookie(cookies, sessionCookieName(this.#options.cookieSecure));
    const token = cookie === undefined ? undefined : readSessionCookie(cookie, this.#options.secret.reveal());
    const rows = await this.#options.database.transaction(undefined, (transaction) =>
      store.listSessions(transaction, { userId, token, before, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (session) => [session.id],
      (session) => session,
    );
  }

  /** Ends one session of the caller. */
  async revokeOwn(caller: Principal, id: string): Promise<void> {
    if ((await this.#end(caller, id)) === 0) throw new NotFoundError('session', id);
  }

  /** Ends every session of the caller, the one that asks too. */
  async revokeAllOwn(caller: Principal): Promise<void> {
    await this.#end(caller, undefined);
  }

  /** Removes sessions that ended by themselves, in small steps. */
  async removeEnded(): Promise<void> {
    const step = 1000;
    while (
      (await this.#options.database.transaction(undefined, (transaction) =>
        store.deleteEndedSessions(transaction, step),
      )) === step
    );
  }

  async #load(token: string): Promise<store.LiveSession | undefined> {
    const { database, idleSeconds, refreshSeconds } = this.#options;
    return database.platformTransaction(async (transaction) => {
      const found = await store.findLiveSession(transaction, token);
      if (found !== undefined && found.secondsLeft < idleSeconds - refreshSeconds)
        await store.extendSession(transaction, found.id, idleSeconds);
      return found;
    });
  }

  async #end(caller: Principal, id: string | undefined): Promise<number> {
    const userId = sessionOwnerOf(caller);
    return this.#options.database.transaction(caller.tenant, async (transaction) => {
      const ids = await store.deleteSessions(transaction, userId, id);
      for (const sessionId of ids)
        transaction.audit({ action: 'session.revoked', resourceType: 'session', resourceId: sessionId });
      return ids.length;
    });
  }
}

/** Users of other issuers have no sessions here; their ids need not be UUIDs. */
function sessionOwnerOf(caller: Principal): string {
  const userId = userIdOf(caller);
  if (!z.uuid().safeParse(userId).success) throw new CallerNotAUserError();
  return userId;
}
