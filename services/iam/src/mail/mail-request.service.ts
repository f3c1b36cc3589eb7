import { createHash } from 'node:crypto';
import { RateLimitedError, Semaphore, type Clock, type Database, type Logger, type Transaction } from '@plinth/common';
import * as store from './mail-request.store.ts';

const mostRequests = 5;
const windowMs = 15 * 60_000;
const mostWaiting = 1000;
const atOnce = 2;

/**
 * Deals with requests of mail behind their answer, so that neither its words nor its time tell whether an address is
 * known: an answer waits for nothing that depends on it. What is asked in the last moment of a process is lost, and
 * asked again by whoever waits for the mail.
 */
export class MailRequestService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #slots = new Semaphore(atOnce);
  readonly #running = new Set<Promise<void>>();

  constructor(options: { readonly database: Database; readonly clock: Clock; readonly log: Logger }) {
    this.#database = options.database;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Runs `work` soon, unless the address got five mails of this kind within 15 minutes. */
  accept(kind: string, email: string, work: (transaction: Transaction) => Promise<void>): void {
    if (this.#running.size >= mostWaiting) throw new RateLimitedError(1);
    const running: Promise<void> = this.#slots
      .run(() => this.#run(kind, email, work))
      .catch((error: unknown) => this.#log.error({ err: error, kind }, 'a request of mail failed'))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for everything that was accepted. */
  async drain(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Removes counts that no longer matter. */
  async removeForgotten(): Promise<void> {
    const time = new Date(this.#clock.now().getTime() - windowMs);
    await this.#database.transaction(undefined, (transaction) => store.deleteRequestsBefore(transaction, time));
  }

  async #run(kind: string, email: string, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    const now = this.#clock.now();
    const targetHash = createHash('sha256').update(`${kind}:${email.toLowerCase()}`).digest();
    const since = new Date(now.getTime() - windowMs);
    const requests = await this.#database.transaction(undefined, (transaction) =>
      store.countRequest(transaction, { targetHash, now, since }),
    );
    if (requests > mostRequests) this.#log.warn({ kind, requests }, 'an address asks for too much mail');
    else await this.#database.transaction(undefined, work);
  }
}
