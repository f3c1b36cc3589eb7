import type { IamCore } from '../core.ts';
import * as store from './client-session.store.ts';
import type { ProviderService } from './provider.service.ts';

/** What the library's clients can do beside what its types say. */
interface LogoutRecipient {
  readonly backchannelLogoutUri?: string;
  /** Signs a logout token and posts it; throws unless the answer is 200 or 204. */
  backchannelLogout(userId: string, sid: string): Promise<void>;
}

const claimMs = 30_000;
/** Waits after the first, second … failure; the last one repeats. */
const waitsMs = [5000, 30_000, 120_000, 600_000, 3_600_000];
/** About a day. */
const mostAttempts = 28;

/**
 * Tells clients that a session has ended (OpenID Connect Back-Channel Logout 1.0). What is to be told is in the
 * database from the deletion of the session on, so that no way of ending one and no crash can lose it.
 */
export class LogoutNoticeService {
  readonly #core: IamCore;
  readonly #providers: ProviderService;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(core: IamCore, providers: ProviderService) {
    this.#core = core;
    this.#providers = providers;
  }

  /** Tells everybody who is still to be told. Calls that come meanwhile share one more run. */
  flush(): Promise<void> {
    this.#again = this.#running !== undefined;
    this.#running ??= this.#sendDue()
      .catch((error: unknown) => this.#core.log.warn({ err: error }, 'logout notices could not be read'))
      .then(() => {
        this.#running = undefined;
        return this.#again ? this.flush() : undefined;
      });
    return this.#running;
  }

  async #sendDue(): Promise<void> {
    const { database, clock } = this.#core;
    for (;;) {
      const now = clock.now();
      const notice = await database.transaction(undefined, (transaction) =>
        store.claimLogoutNotice(transaction, now, new Date(now.getTime() + claimMs)),
      );
      if (notice === undefined) return;
      await this.#send(notice);
    }
  }

  async #send(notice: store.LogoutNotice): Promise<void> {
    const { database, clock, log } = this.#core;
    try {
      const provider = await this.#providers.get();
      const client = await provider.Client.find(notice.clientId);
      const recipient = client as unknown as LogoutRecipient | undefined;
      if (recipient?.backchannelLogoutUri !== undefined) await recipient.backchannelLogout(notice.userId, notice.sid);
      await database.transaction(undefined, (transaction) => store.deleteLogoutNotice(transaction, notice.id));
    } catch (error) {
      const givenUp = notice.attempts >= mostAttempts;
      const wait = waitsMs[Math.min(notice.attempts, waitsMs.length) - 1]!;
      const { clientId, attempts } = notice;
      log.warn({ err: error, client: clientId, attempts, givenUp }, 'a client was not told of a sign-out');
      await database.transaction(undefined, (transaction) =>
        givenUp
          ? store.deleteLogoutNotice(transaction, notice.id)
          : store.postponeLogoutNotice(transaction, notice.id, new Date(clock.now().getTime() + wait)),
      );
    }
  }
}
