import type { Principal } from '@plinth/contracts';
import { NotFoundError, userIdOf, type Browser, type Clock, type Database, type Transaction } from '@plinth/common';
import { listGrants } from '../membership/membership.store.ts';
import { findCookie, renderCookie, sessionCookieName, supportCookieName } from '../session/session-cookie.ts';
import type { SessionService } from '../session/session.service.ts';
import { findUser } from '../user/user.store.ts';
import { ImpersonationNotAllowedError, NoImpersonationError } from './impersonation.errors.ts';

export interface ImpersonationServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: SessionService;
  readonly cookieSecure: boolean;
}

export interface StartImpersonation {
  readonly userId: string;
  readonly reason: string;
  readonly minutes: number;
}

export interface StartedImpersonation {
  readonly userId: string;
  readonly sessionId: string;
  readonly endsAt: Date;
}

/** Lets support staff act as a user for a limited time, on record. */
export class ImpersonationService {
  readonly #options: ImpersonationServiceOptions;

  constructor(options: ImpersonationServiceOptions) {
    this.#options = options;
  }

  /** Begins a session of the user for the caller; the caller's own waits in a cookie beside it. */
  async start(caller: Principal, input: StartImpersonation, browser: Browser): Promise<StartedImpersonation> {
    const { database, clock, sessions, cookieSecure } = this.#options;
    const actorId = userIdOf(caller);
    if (actorId === input.userId) throw new ImpersonationNotAllowedError('it is the caller');
    const own = await sessions.find(browser.cookies);
    const started = await database.platformTransaction(async (transaction) => {
      const tenants = await assertOrdinaryUser(transaction, input.userId);
      const { id, cookie } = await sessions.start(transaction, {
        userId: input.userId,
        methods: own?.methods ?? [],
        // A tenant that asks for a second factor asks the person who acts.
        strong: own?.strong ?? false,
        pending: false,
        ip: browser.ip,
        userAgent: browser.userAgent,
        actorId,
        longestSeconds: input.minutes * 60,
      });
      for (const tenant of tenants) {
        await transaction.enterTenant(tenant);
        transaction.audit({
          action: 'impersonation.started',
          resourceType: 'user',
          resourceId: input.userId,
          after: { sessionId: id, reason: input.reason, minutes: input.minutes },
        });
      }
      return { id, cookie };
    });
    browser.setCookie(started.cookie);
    const cookie = findCookie(browser.cookies, sessionCookieName(cookieSecure));
    if (cookie !== undefined) browser.setCookie(renderCookie(supportCookieName(cookieSecure), cookie, cookieSecure));
    const endsAt = new Date(clock.now().getTime() + input.minutes * 60_000);
    return { userId: input.userId, sessionId: started.id, endsAt };
  }

  /** Ends the session and gives the browser the caller's own one back, if it still has it. */
  async end(caller: Principal, browser: Browser): Promise<void> {
    const { database, sessions, cookieSecure } = this.#options;
    if (caller.actor === undefined || caller.session === undefined) throw new NoImpersonationError();
    await database.transaction(caller.tenant, async (transaction) => {
      await sessions.end(transaction, { userId: caller.subject, id: caller.session });
      transaction.audit({ action: 'impersonation.ended', resourceType: 'user', resourceId: caller.subject });
    });
    const own = findCookie(browser.cookies, supportCookieName(cookieSecure));
    browser.setCookie(renderCookie(sessionCookieName(cookieSecure), own, cookieSecure));
    browser.setCookie(renderCookie(supportCookieName(cookieSecure), undefined, cookieSecure));
  }
}

/** The user's tenants; the platform itself when there is none. Throws for whoever reaches beyond tenants. */
async function assertOrdinaryUser(transaction: Transaction, userId: string): Promise<(string | undefined)[]> {
  const user = await findUser(transaction, userId);
  if (user === undefined) throw new NotFoundError('user', userId);
  const grants = await listGrants(transaction, userId);
  if (grants.some((grant) => grant.tenantId === null))
    throw new ImpersonationNotAllowedError('they have a role on the whole platform');
  const tenants = new Set(grants.map((grant) => grant.tenantId ?? undefined));
  return tenants.size === 0 ? [undefined] : [...tenants];
}
