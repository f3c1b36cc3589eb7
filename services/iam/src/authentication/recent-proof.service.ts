import type { Principal } from '@plinth/contracts';
import { UnauthenticatedError, userIdOf, type Clock, type Database } from '@plinth/common';
import { findLiveSessionById } from '../session/session.store.ts';
import type { AuthenticationService } from './authentication.service.ts';
import { RecentSignInRequiredError } from './authentication.errors.ts';
import { findSignInUser, type SignInUser } from './sign-in-user.store.ts';

const recentMs = 10 * 60_000;

/** Asks for a proof of the last minutes before credentials change: a session left open or stolen is not enough. */
export class RecentProofService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #authentication: AuthenticationService;

  constructor(options: {
    readonly database: Database;
    readonly clock: Clock;
    readonly authentication: AuthenticationService;
  }) {
    this.#database = options.database;
    this.#clock = options.clock;
    this.#authentication = options.authentication;
  }

  /**
   * The caller as a user, if they send the right password or signed in within ten minutes; strongly, when they have a
   * second factor.
   */
  async assertRecent(caller: Principal, password: string | undefined): Promise<SignInUser> {
    const userId = userIdOf(caller);
    if (password !== undefined) return this.#authentication.assertPassword(userId, password, '/password');
    return this.#database.transaction(undefined, async (transaction) => {
      const user = await findSignInUser(transaction, userId);
      if (user === undefined) throw new UnauthenticatedError();
      const session = caller.session === undefined ? undefined : await findLiveSessionById(transaction, caller.session);
      const age = this.#clock.now().getTime() - (session?.createdAt.getTime() ?? 0);
      if (session?.userId !== userId || session.pending || age > recentMs || (user.secondFactor && !session.strong))
        throw new RecentSignInRequiredError();
      return user;
    });
  }
}
