import type { Pool, PoolClient } from 'pg';
import type { EventEnvelope } from '@plinth/contracts';
import { newId } from '../clock/clock.ts';
import { Semaphore } from '../concurrency/semaphore.ts';
import { plainArray, textArray } from '../database/array-parameters.ts';
import { translateDatabaseError } from '../database/database.errors.ts';
import type { Logger } from '../logging/logger.ts';
import {
  defaultRetryPolicy,
  retryDelayMs,
  type ConsumerRegistration,
  type EventDriver,
  type EventMessage,
  type RetryPolicy,
} from './event-driver.ts';
import { PollingLoop } from './polling-loop.ts';

export interface PostgresDriverOptions {
  readonly pool: Pool;
  readonly log: Logger;
  readonly pollMs?: number;
  readonly retry?: RetryPolicy;
}

interface LogRow {
  readonly position: string;
  readonly topic: string;
  readonly key: string;
  readonly envelope: EventEnvelope;
}

interface RetryRow extends LogRow {
  readonly attempts: number;
}

// A delivery holds one connection and its handler takes another: bounded, so that they never wait for each other.
const CONCURRENT_DELIVERIES = 3;
const ROLE = 'SET LOCAL ROLE plinth_messaging';
/** Consumers are woken when there is something for them; this often they look for themselves. */
const OWN_POLL_MS = 30_000;

/**
 * Carries events in a log table. Each consumer has a cursor; a session-wide advisory lock makes sure that one
 * process at a time reads for it. A failing event goes to `retries` and holds back only later ones of its key.
 */
export class PostgresDriver implements EventDriver {
  readonly #pool: Pool;
  readonly #log: Logger;
  readonly #retry: RetryPolicy;
  readonly #pollMs: number;
  readonly #slots = new Semaphore(CONCURRENT_DELIVERIES);
  #loops: ReadonlyMap<string, PollingLoop> = new Map();
  #lookout: PollingLoop | undefined;

  constructor(options: PostgresDriverOptions) {
    this.#pool = options.pool;
    this.#log = options.log;
    this.#retry = options.retry ?? defaultRetryPolicy;
    this.#pollMs = options.pollMs ?? 500;
  }

  async publish(messages: readonly EventMessage[]): Promise<void> {
    await this.#transaction(async (client) => {
      // One writer at a time: positions become visible in their order, so no reader steps over one.
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('messaging.log'))`);
      await client.query(
        `INSERT INTO messaging.log (event_id, topic, key, type, envelope)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], string_to_array($5, E'\\n')::json[])
         ON CONFLICT (event_id) DO NOTHING`,
        [
          plainArray(messages.map((message) => message.envelope.id)),
          textArray(messages.map((message) => message.topic)),
          textArray(messages.map((message) => message.key)),
          textArray(messages.map((message) => message.envelope.type)),
          // JSON has no line break of its own.
          messages.map((message) => JSON.stringify(message.envelope)).join('\n'),
        ],
      );
    });
    this.hint();
  }

  async start(consumers: readonly ConsumerRegistration[]): Promise<void> {
    await this.#transaction(async (client) => {
      await client.query(`INSERT INTO messaging.cursors (consumer) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`, [
        consumers.map((consumer) => consumer.consumer),
      ]);
    });
    this.#loops = new Map(
      consumers.map((consumer) => [
        consumer.consumer,
        new PollingLoop({
          name: `consumer ${consumer.consumer}`,
          everyMs: OWN_POLL_MS,
          log: this.#log,
          work: () => this.#slots.run(() => this.#deliver(consumer)),
        }),
      ]),
    );
    this.#lookout = new PollingLoop({
      name: 'lookout for events',
      everyMs: this.#pollMs,
      log: this.#log,
      work: async () => {
        for (const consumer of await this.#findWork(consumers)) this.#loops.get(consumer)?.wake();
        return false;
      },
    });
  }

  async stop(): Promise<void> {
    await this.#lookout?.stop();
    await Promise.all([...this.#loops.values()].map((loop) => loop.stop()));
    this.#lookout = undefined;
    this.#loops = new Map();
  }

  hint(): void {
    this.#lookout?.wake();
  }

  /** Consumers with events behind their cursor, or with retries that are due: one question for all of them. */
  async #findWork(consumers: readonly ConsumerRegistration[]): Promise<string[]> {
    return this.#transaction(async (client) => {
      const { rows } = await client.query<{ consumer: string }>(
        `SELECT asked.consumer FROM unnest($1::text[], $2::text[], $3::text[]) AS asked (consumer, type, topic)
         WHERE EXISTS (SELECT FROM messaging.log l WHERE l.type = asked.type AND l.topic = asked.topic
             AND l.position > (SELECT position FROM messaging.cursors c WHERE c.consumer = asked.consumer))
           OR EXISTS (SELECT FROM messaging.retries r WHERE r.consumer = asked.consumer AND r.next_attempt_at <= now())`,
        [
          consumers.map(({ consumer }) => consumer),
          consumers.map(({ type }) => type),
          consumers.map(({ topic }) => topic),
        ],
      );
      return rows.map(({ consumer }) => consumer);
    });
  }

  /** One round of a consumer: due retries, then the next part of the log. True when there may be more. */
  async #deliver(consumer: ConsumerRegistration): Promise<boolean> {
    return this.#transaction(async (client) => {
      const lock = await client.query(
        `SELECT pg_try_advisory_xact_lock(hashtext('messaging.consumer'), hashtext($1)) AS locked`,
        [consumer.consumer],
      );
      if (lock.rows[0]?.locked !== true) return false;
      const retried = await this.#deliverRetries(client, consumer);
      const read = await this.#deliverLog(client, consumer);
      return retried || read;
    });
  }

  async #deliverLog(client: PoolClient, consumer: ConsumerRegistration): Promise<boolean> {
    const { rows } = await client.query<LogRow>(
      `SELECT position, topic, key, envelope FROM messaging.log
       WHERE type = $2 AND topic = $3 AND position > (SELECT position FROM messaging.cursors WHERE consumer = $1)
       ORDER BY position LIMIT $4`,
      [consumer.consumer, consumer.type, consumer.topic, consumer.batchSize],
    );
    const last = rows.at(-1);
    if (last === undefined) return false;
    const blocked = await client.query(
      `SELECT DISTINCT key FROM messaging.retries WHERE consumer = $1 AND key = ANY($2)`,
      [consumer.consumer, rows.map((row) => row.key)],
    );
    const blockedKeys = new Set<string>(blocked.rows.map((row) => row.key));
    const free = rows.filter((row) => !blockedKeys.has(row.key));
    const failure = await attempt(consumer, free);
    if (failure !== undefined) await this.#deliverOneByOne(client, consumer, rows, blockedKeys);
    else
      for (const row of rows)
        if (blockedKeys.has(row.key))
          await this.#keepForRetry(client, consumer, row, 0, 'waits behind an earlier event of its key');
    await client.query(`UPDATE messaging.cursors SET position = $2 WHERE consumer = $1`, [
      consumer.consumer,
      last.position,
    ]);
    return rows.length === consumer.batchSize;
  }

  async #deliverOneByOne(
    client: PoolClient,
    consumer: ConsumerRegistration,
    rows: readonly LogRow[],
    blockedKeys: Set<string>,
  ): Promise<void> {
    for (const row of rows) {
      if (blockedKeys.has(row.key)) {
        await this.#keepForRetry(client, consumer, row, 0, 'waits behind an earlier event of its key');
        continue;
      }
      const failure = await attempt(consumer, [row]);
      if (failure === undefined) continue;
      blockedKeys.add(row.key);
      await this.#keepForRetry(client, consumer, row, 1, failure);
      this.#log.warn(
        { consumer: consumer.consumer, eventId: row.envelope.id, reason: failure },
        'an event failed and will be tried again',
      );
    }
  }

  async #keepForRetry(
    client: PoolClient,
    consumer: ConsumerRegistration,
    row: LogRow,
    attempts: number,
    reason: string,
  ): Promise<void> {
    const delay = attempts === 0 ? 0 : retryDelayMs(this.#retry, attempts, Math.random());
    await client.query(
      `INSERT INTO messaging.retries (consumer, position, key, topic, envelope, attempts, next_attempt_at, last_error)
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), $8)`,
      [
        consumer.consumer,
        row.position,
        row.key,
        row.topic,
        JSON.stringify(row.envelope),
        attempts,
        delay / 1000,
        reason,
      ],
    );
  }

  /** Tries the first waiting event of each key that is due. */
  async #deliverRetries(client: PoolClient, consumer: ConsumerRegistration): Promise<boolean> {
    const { rows } = await client.query<RetryRow>(
      `SELECT * FROM (SELECT DISTINCT ON (key) position, topic, key, envelope, attempts, next_attempt_at
         FROM messaging.retries WHERE consumer = $1 ORDER BY key, position) first
       WHERE next_attempt_at <= now() ORDER BY position LIMIT 100`,
      [consumer.consumer],
    );
    for (const row of rows) {
      const failure = await attempt(consumer, [row]);
      if (failure === undefined)
        await client.query(`DELETE FROM messaging.retries WHERE consumer = $1 AND position = $2`, [
          consumer.consumer,
          row.position,
        ]);
      else if (row.attempts + 1 >= this.#retry.attempts) await this.#bury(client, consumer, row, failure);
      else await this.#postpone(client, consumer, row, failure);
    }
    return rows.length > 0;
  }

  async #postpone(client: PoolClient, consumer: ConsumerRegistration, row: RetryRow, failure: string): Promise<void> {
    const delay = retryDelayMs(this.#retry, row.attempts + 1, Math.random());
    await client.query(
      `UPDATE messaging.retries SET attempts = attempts + 1, last_error = $3, next_attempt_at = now() + make_interval(secs => $4) WHERE consumer = $1 AND position = $2`,
      [consumer.consumer, row.position, failure, delay / 1000],
    );
  }

  async #bury(client: PoolClient, consumer: ConsumerRegistration, row: RetryRow, reason: string): Promise<void> {
    await client.query(`DELETE FROM messaging.retries WHERE consumer = $1 AND position = $2`, [
      consumer.consumer,
      row.position,
    ]);
    await client.query(
      `INSERT INTO messaging.dead_letters (id, consumer, topic, key, type, envelope, attempts, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        newId(),
        consumer.consumer,
        row.topic,
        row.key,
        row.envelope.type,
        JSON.stringify(row.envelope),
        row.attempts + 1,
        reason,
      ],
    );
    this.#log.error({ consumer: consumer.consumer, eventId: row.envelope.id, reason }, 'an event became a dead letter');
  }

  async #transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw translateDatabaseError(error);
    });
    let failure: unknown;
    try {
      await client.query(`BEGIN; ${ROLE}`);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      failure = error;
      await client.query('ROLLBACK').catch(() => {});
      throw translateDatabaseError(error);
    } finally {
      client.release(failure !== undefined);
    }
  }
}

async function attempt(consumer: ConsumerRegistration, rows: readonly LogRow[]): Promise<string | undefined> {
  if (rows.length === 0) return undefined;
  try {
    await consumer.handle(rows);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
