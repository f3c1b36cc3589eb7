import {
  Cipher,
  newId,
  type Clock,
  type Database,
  type Logger,
  type Mail,
  type MailTransport,
  type Secret,
  type Transaction,
} from '@plinth/common';
import * as store from './mail.store.ts';

export interface MailServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly secret: Secret;
  readonly transport: MailTransport;
}

const claimMs = 120_000;
/** Waits after the first, second … failure; after the last one it goes on with that wait. */
const waitsMs = [30_000, 120_000, 600_000, 3_600_000];
const givenUpAfterMs = 24 * 3_600_000;

/**
 * Sends mail behind the request that asked for it: queued in its transaction, sent after its commit, tried again for a
 * day. Whoever asks waits for no mail server, so that answers take equally long whether an address is known or not.
 */
export class MailService {
  readonly #options: MailServiceOptions;
  readonly #cipher: Cipher;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(options: MailServiceOptions) {
    this.#options = options;
    this.#cipher = new Cipher(options.secret, 'mail');
  }

  /** Queues a mail in the transaction; it is sent when that commits, and not at all when it does not. */
  async send(transaction: Transaction, mail: Mail): Promise<void> {
    const now = this.#options.clock.now();
    const id = newId(now.getTime());
    await store.insertMail(transaction, { id, content: this.#cipher.encrypt(JSON.stringify(mail), id), now });
    transaction.afterCommit(async () => void this.flush());
  }

  /** Sends everything that is due. Calls that come meanwhile share one more run. */
  flush(): Promise<void> {
    this.#again = this.#running !== undefined;
    this.#running ??= this.#sendDue()
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'waiting mail could not be read'))
      .then(() => {
        this.#running = undefined;
        return this.#again ? this.flush() : undefined;
      });
    return this.#running;
  }

  async #sendDue(): Promise<void> {
    const { database, clock } = this.#options;
    for (;;) {
      const now = clock.now();
      const mail = await database.transaction(undefined, (transaction) =>
        store.claimMail(transaction, now, new Date(now.getTime() + claimMs)),
      );
      if (mail === undefined) return;
      await this.#sendOne(mail);
    }
  }

  async #sendOne(waiting: store.WaitingMail): Promise<void> {
    const { database, transport, clock, log } = this.#options;
    try {
      await transport.send(JSON.parse(this.#cipher.decrypt(waiting.content, waiting.id)) as Mail);
      await database.transaction(undefined, (transaction) => store.deleteMail(transaction, waiting.id));
    } catch (error) {
      const now = clock.now().getTime();
      const wait = waitsMs[Math.min(waiting.attempts, waitsMs.length) - 1]!;
      const givenUp = now - waiting.createdAt.getTime() > givenUpAfterMs;
      log.warn({ err: error, mail: waiting.id, attempts: waiting.attempts, givenUp }, 'a mail was not sent');
      await database.transaction(undefined, async (transaction) => {
        if (givenUp) await store.deleteMail(transaction, waiting.id);
        else
          await store.postponeMail(transaction, {
            id: waiting.id,
            nextAttemptAt: new Date(now + wait),
            error: error instanceof Error ? error.message : 'unknown',
          });
      });
    }
  }
}
