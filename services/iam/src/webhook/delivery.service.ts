import {
  Cipher,
  DomainError,
  guardedFetch,
  signWebhook,
  type Clock,
  type Database,
  type Logger,
  type Secret,
} from '@plinth/common';
import * as store from './delivery.store.ts';
import { isLoopbackUrl } from './webhook-url.ts';
import { nextAttempt, pauseMs } from './webhook.ts';

export interface DeliveryServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly secret: Secret;
  /** Whether messages may go to this machine itself. */
  readonly allowLoopback: boolean;
}

const claimMs = 60_000;
const senders = 8;
const timeoutMs = 15_000;
const excerptBytes = 1024;
const keptMs = 30 * 24 * 3_600_000;

interface Answer {
  readonly delivered: boolean;
  readonly status: number | null;
  readonly response: string | null;
  readonly error: string | null;
}

/** Sends waiting messages to webhooks, each until it was taken or about three days have passed. */
export class DeliveryService {
  readonly #options: DeliveryServiceOptions;
  readonly #cipher: Cipher;
  #running: Promise<void> | undefined;
  #again = false;
  #stopping = false;

  constructor(options: DeliveryServiceOptions) {
    this.#options = options;
    this.#cipher = new Cipher(options.secret, 'webhook');
  }

  encryptSecret(webhookId: string, secret: string): Buffer {
    return this.#cipher.encrypt(secret, webhookId);
  }

  /** Sends everything that is due. Calls that come meanwhile share one more run. */
  flush(): Promise<void> {
    if (this.#stopping) return this.#running ?? Promise.resolve();
    this.#again = this.#running !== undefined;
    const sendAll = (): Promise<void> =>
      this.#sendDue().catch((error: unknown) =>
        this.#options.log.warn({ err: error }, 'waiting webhooks could not be read'),
      );
    this.#running ??= Promise.all(Array.from({ length: senders }, sendAll)).then(() => {
      this.#running = undefined;
      return this.#again ? this.flush() : undefined;
    });
    return this.#running;
  }

  /** Waits for what is being sent; what is still waiting is sent by the next process. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async removeOld(): Promise<void> {
    const time = new Date(this.#options.clock.now().getTime() - keptMs);
    await this.#options.database.platformTransaction((transaction) => store.deleteDeliveriesBefore(transaction, time));
  }

  async #sendDue(): Promise<void> {
    const { database, clock } = this.#options;
    while (!this.#stopping) {
      const now = clock.now();
      const delivery = await database.platformTransaction((transaction) =>
        store.claimDelivery(transaction, now, new Date(now.getTime() + claimMs)),
      );
      if (delivery === undefined) return;
      await this.#finish(delivery, await this.#send(delivery));
    }
  }

  async #send(delivery: store.ClaimedDelivery): Promise<Answer> {
    const { clock, log, allowLoopback } = this.#options;
    const now = clock.now();
    const secrets = [delivery.secret];
    if (delivery.previousSecret !== null && delivery.overlapUntil !== null && delivery.overlapUntil > now)
      secrets.push(delivery.previousSecret);
    const plain = secrets.map((secret) => this.#cipher.decrypt(secret, delivery.webhookId));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Plinth-Webhooks/1.0',
      ...signWebhook(delivery, plain, now),
    };
    try {
      const answer = await guardedFetch(
        delivery.url,
        { method: 'POST', headers, body: delivery.body },
        {
          allowPrivate: allowLoopback && isLoopbackUrl(delivery.url),
          timeoutMs,
          longestBody: excerptBytes,
          cutBody: true,
        },
      );
      // A text that the database can keep, whatever was sent.
      const response = (await answer.text()).replaceAll('\0', '').toWellFormed();
      const error = answer.ok ? null : `The receiver answered ${answer.status}.`;
      return { delivered: answer.ok, status: answer.status, response, error };
    } catch (error) {
      if (!(error instanceof DomainError)) log.error({ err: error }, 'a webhook was not sent');
      const message = error instanceof DomainError ? error.message : 'The message could not be sent.';
      return { delivered: false, status: null, response: null, error: message };
    }
  }

  async #finish(delivery: store.ClaimedDelivery, answer: Answer): Promise<void> {
    const { database, clock } = this.#options;
    const now = clock.now();
    // 410 says that it is gone for good (Standard Webhooks 1.0).
    const nextAttemptAt = answer.status === 410 ? undefined : nextAttempt(delivery.attempts, now);
    await database.transaction(delivery.tenantId, async (transaction) => {
      await store.saveOutcome(transaction, {
        ...answer,
        id: delivery.id,
        webhookId: delivery.webhookId,
        nextAttemptAt,
        pausedUntil: new Date(now.getTime() + pauseMs),
        now,
      });
      if (answer.delivered || nextAttemptAt !== undefined) return;
      const failing = { id: delivery.webhookId, since: delivery.createdAt, now };
      if (!(await store.disableFailing(transaction, failing))) return;
      transaction.audit({
        action: 'webhook.disabled',
        resourceType: 'webhook',
        resourceId: delivery.webhookId,
        after: { because: 'failing', error: answer.error },
        actor: { kind: 'service', id: 'iam' },
      });
    });
  }
}
