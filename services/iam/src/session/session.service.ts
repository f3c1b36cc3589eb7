import { randomBytes } from 'node:crypto';
import type { Principal } from '@plinth/contracts';
import {
  NotFoundError,
  UnauthenticatedError,
  decodeCursor,
  newId,
  toPage,
  userIdOf,
  type Clock,
  type Database,
  type Page,
  type Secret,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { EmbeddedSignInOffError } from '../issuer/issuer.errors.ts';
import { TenantNotOwnError } from '../membership/membership.errors.ts';
import { resolveCaller } from '../membership/membership.service.ts';
import type { Membership } from '../membership/membership.ts';
import { findCookie, hashToken, readSessionCookie, renderSessionCookie, sessionCookieName } from './session-cookie.ts';
import {
  sessionIdleSeconds,
  sessionLongestSeconds,
  sessionRefreshSeconds,
  type NewSession,
  type Session,
  type SignInMethod,
} from './session.ts';
import * as store from './session.store.ts';

export interface SessionServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly secret: Secret;
  readonly cookieSecure: boolean;
  /** Whether people sign in here; otherwise there are no sessions. */
  readonly signIn: boolean;
}

/** Begins sessions, tells whose a cookie is, and ends them. */
export class SessionService {
  readonly #options: SessionServiceOptions;
  readonly #onEnded: (() => void)[] = [];

  constructor(options: SessionServiceOptions) {
    this.#options = options;
  }

  /** Is told, after the commit, whenever sessions were ended in this process. */
  onEnded(listener: () => void): void {
    this.#onEnded.push(listener);
  }

  /** Begins a session; returns its id and the Set-Cookie header that carries it. */
  async start(transaction: Transaction, session: NewSession): Promise<{ id: string; cookie: string }> {
    if (!this.#options.signIn) throw new EmbeddedSignInOffError();
    const id = newId(this.#options.clock.now().getTime());
    const token = drawToken();
    await store.insertSession(transaction, {
      ...session,
      id,
      tokenHash: hashToken(token),
      idle: sessionIdleSeconds,
      longest: session.longestSeconds ?? sessionLongestSeconds,
    });
    if (!session.pending) publishSignedIn(transaction, session.userId, id);
    return { id, cookie: this.#renderCookie(token) };
  }

  /**
   * Records a second proof: a session that waited for it is complete from now on. It goes on under a new token, so
   * that whoever knew the old one has nothing.
   */
  async strengthen(transaction: Transaction, session: store.LiveSession, method: SignInMethod): Promise<string> {
    const token = drawToken();
    if (!(await store.strengthenSession(transaction, { id: session.id, method, tokenHash: hashToken(token) })))
      throw new NotFoundError('session', session.id);
    if (session.pending) publishSignedIn(transaction, session.userId, session.id);
    return this.#renderCookie(token);
  }

  /** The caller behind the value of a session cookie; undefined when it is not ours or the session has ended. */
  async authenticate(cookie: string, requestedTenant: string | undefined): Promise<Principal | undefined> {
    const session = await this.#load(cookie);
    if (session === undefined || session.pending) return undefined;
    return this.#options.database.platformTransaction((transaction) =>
      toPrincipal(transaction, session, requestedTenant),
    );
  }

  /** The same for a Cookie header. */
  async authenticateCookies(
    cookies: string | undefined,
    requestedTenant: string | undefined,
  ): Promise<Principal | undefined> {
    const cookie = findCookie(cookies, sessionCookieName(this.#options.cookieSecure));
    return cookie === undefined ? undefined : this.authenticate(cookie, requestedTenant);
  }

  /** The caller of a token that was issued to a session; undefined when the session has ended. */
  async authenticateById(id: string, userId: string, tenant: string | undefined): Promise<Principal | undefined> {
    if (!this.#options.signIn) return undefined;
    return this.#options.database.platformTransaction(async (transaction) => {
      const session = await store.findLiveSessionById(transaction, id);
      if (session === undefined || session.pending || session.userId !== userId) return undefined;
      return toPrincipal(transaction, session, tenant);
    });
  }

  /** The live session with this id, also one that waits for its second factor. */
  async findById(id: string): Promise<store.LiveSession | undefined> {
    return this.#options.database.transaction(undefined, (transaction) => store.findLiveSessionById(transaction, id));
  }

  /** Moves the end of a session whose user works with tokens instead of the cookie. */
  async keepAlive(id: string): Promise<void> {
    await this.#options.database.transaction(undefined, (transaction) =>
      store.extendSession(transaction, id, sessionIdleSeconds),
    );
  }

  /** The live session of a Cookie header, also one that waits for its second factor. */
  async find(cookies: string | undefined): Promise<store.LiveSession | undefined> {
    const cookie = findCookie(cookies, sessionCookieName(this.#options.cookieSecure));
    return cookie === undefined ? undefined : this.#load(cookie);
  }

  async listOwn(caller: Principal, query: { limit: number; cursor?: string | undefined }): Promise<Page<Session>> {
    const userId = userIdOf(caller);
    const before = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(undefined, (transaction) =>
      store.listSessions(transaction, { userId, currentId: caller.session, before, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (session) => [session.id],
      (session) => session,
    );
  }

  /** The newest hundred sessions of a user. */
  async listOf(userId: string): Promise<Session[]> {
    return this.#options.database.transaction(undefined, (transaction) =>
      store.listSessions(transaction, { userId, currentId: undefined, before: undefined, limit: 100 }),
    );
  }

  /** Gives one session of the caller a name. */
  async renameOwn(caller: Principal, id: string, name: string): Promise<void> {
    const userId = userIdOf(caller);
    await this.#options.database.transaction(caller.tenant, async (transaction) => {
      if (!(await store.renameSession(transaction, { userId, id, name }))) throw new NotFoundError('session', id);
      transaction.audit({ action: 'session.renamed', resourceType: 'session', resourceId: id, after: { name } });
    });
  }

  /** Lets the caller's session work in another tenant of theirs where a request names none. */
  async chooseTenant(caller: Principal, tenantId: string): Promise<void> {
    const userId = userIdOf(caller);
    const { session } = caller;
    if (session === undefined) throw new UnauthenticatedError('A tenant is chosen for a session.');
    // Throws for a tenant that is not theirs.
    const there = await this.authenticateById(session, userId, tenantId);
    if (there === undefined) throw new UnauthenticatedError();
    await this.#options.database.transaction(tenantId, async (transaction) => {
      await store.setSessionTenant(transaction, session, tenantId);
      transaction.audit({ action: 'session.tenant_chosen', resourceType: 'session', resourceId: session });
    });
  }

  /** Ends one session of the caller. */
  async revokeOwn(caller: Principal, id: string): Promise<void> {
    if ((await this.#revoke(caller, { userId: userIdOf(caller), id })) === 0) throw new NotFoundError('session', id);
  }

  /** Ends every session of the caller, the one that asks too. */
  async revokeAllOwn(caller: Principal): Promise<void> {
    await this.#revoke(caller, { userId: userIdOf(caller) });
  }

  /** Ends sessions inside an open transaction: when a password changed, or a user was disabled. */
  async end(transaction: Transaction, selection: store.SessionSelection): Promise<string[]> {
    const ids = await store.deleteSessions(transaction, selection);
    for (const id of ids) publishSignedOut(transaction, selection.userId, id);
    if (ids.length > 0) this.#tellAfter(transaction);
    return ids;
  }

  /** The Set-Cookie header that takes the session from the browser. */
  renderRemoval(): string {
    return this.#renderCookie(undefined);
  }

  /** Removes sessions that ended by themselves, in small steps. */
  async removeEnded(): Promise<void> {
    const step = 1000;
    for (let removed = step; removed === step;) {
      removed = await this.#options.database.transaction(undefined, async (transaction) => {
        const ended = await store.deleteEndedSessions(transaction, step);
        for (const { id, userId } of ended) publishSignedOut(transaction, userId, id);
        if (ended.length > 0) this.#tellAfter(transaction);
        return ended.length;
      });
    }
  }

  #tellAfter(transaction: Transaction): void {
    transaction.afterCommit(async () => {
      for (const listener of this.#onEnded) listener();
    });
  }

  async #load(cookie: string): Promise<store.LiveSession | undefined> {
    const token = readSessionCookie(cookie, this.#options.secret.reveal());
    if (token === undefined || !this.#options.signIn) return undefined;
    return this.#options.database.transaction(undefined, async (transaction) => {
      const found = await store.findLiveSession(transaction, hashToken(token));
      if (found !== undefined && found.secondsLeft < sessionIdleSeconds - sessionRefreshSeconds)
        await store.extendSession(transaction, found.id, sessionIdleSeconds);
      return found;
    });
  }

  async #revoke(caller: Principal, selection: store.SessionSelection): Promise<number> {
    return this.#options.database.transaction(caller.tenant, async (transaction) => {
      const ids = await this.end(transaction, selection);
      for (const id of ids) transaction.audit({ action: 'session.revoked', resourceType: 'session', resourceId: id });
      return ids.length;
    });
  }

  #renderCookie(token: string | undefined): string {
    return renderSessionCookie(token, this.#options.secret.reveal(), this.#options.cookieSecure);
  }
}

async function toPrincipal(
  transaction: Transaction,
  session: store.LiveSession,
  requestedTenant: string | undefined,
): Promise<Principal> {
  return {
    kind: 'user',
    subject: session.userId,
    email: session.email,
    session: session.id,
    ...(session.actorId === null ? {} : { actor: session.actorId }),
    ...(await resolveMember(transaction, session, requestedTenant)),
  };
}

/** The tenant that was asked for, else the one that was chosen, as long as the user belongs to it. */
async function resolveMember(
  transaction: Transaction,
  session: store.LiveSession,
  requestedTenant: string | undefined,
): Promise<Membership> {
  const sign = {
    strong: session.strong,
    // Who acts for a user did not sign in as them.
    methods: session.actorId === null ? session.methods : undefined,
  };
  const chosen = requestedTenant ?? session.tenantId ?? undefined;
  try {
    return await resolveCaller(transaction, session.userId, { ...sign, requestedTenant: chosen });
  } catch (error) {
    if (requestedTenant !== undefined || !(error instanceof TenantNotOwnError)) throw error;
    return resolveCaller(transaction, session.userId, { ...sign, requestedTenant: undefined });
  }
}

function drawToken(): string {
  return randomBytes(32).toString('base64url');
}

function publishSignedIn(transaction: Transaction, userId: string, sessionId: string): void {
  transaction.publish('identity.signed_in', userId, { userId, sessionId });
}

function publishSignedOut(transaction: Transaction, userId: string, sessionId: string): void {
  transaction.publish('identity.signed_out', userId, { userId, sessionId });
}
