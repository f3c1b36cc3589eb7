import type { Pool } from 'pg';
import type { EventEnvelope } from '@plinth/contracts';
import { NotFoundError } from '../errors/common.errors.ts';

/** An event that a consumer gave up on. */
export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly envelope: EventEnvelope;
  readonly attempts: number;
  readonly reason: string;
  readonly createdAt: Date;
}

/** Looks at dead letters, gives them another chance or discards them. */
export class DeadLetters {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The oldest first. */
  async list(limit: number): Promise<DeadLetter[]> {
    return this.#query<DeadLetter>(
      `SELECT id, consumer, topic, key, type, envelope, attempts, reason, created_at AS "createdAt" FROM messaging.dead_letters ORDER BY created_at, id LIMIT $1`,
      [limit],
    );
  }

  /** Hands the event to its consumer again, before later events of its key that still wait. */
  async replay(id: string): Promise<void> {
    const moved = await this.#query(
      `WITH taken AS (DELETE FROM messaging.dead_letters WHERE id = $1 RETURNING *)
       INSERT INTO messaging.retries (consumer, position, key, topic, envelope, attempts, next_attempt_at)
       SELECT taken.consumer, coalesce((SELECT position FROM messaging.log WHERE event_id = (taken.envelope->>'id')::uuid), 0), taken.key, taken.topic, taken.envelope, 0, now()
       FROM taken RETURNING 1`,
      [id],
    );
    if (moved.length === 0) throw new NotFoundError('dead letter', id);
  }

  async discard(id: string): Promise<void> {
    const removed = await this.#query(`DELETE FROM messaging.dead_letters WHERE id = $1 RETURNING 1`, [id]);
    if (removed.length === 0) throw new NotFoundError('dead letter', id);
  }

  async #query<Result extends object>(text: string, values: readonly unknown[]): Promise<Result[]> {
    const client = await this.#pool.connect();
    try {
      const [, result] = await Promise.all([
        client.query('BEGIN; SET LOCAL ROLE plinth_messaging'),
        client.query(text, values as unknown[]),
        client.query('COMMIT'),
      ]);
      return result.rows as Result[];
    } finally {
      client.release();
    }
  }
}

/** How long events, the ids of handled ones and answers to idempotent requests are kept. */
export const retentionDays = { log: 7, inbox: 30, idempotencyKeys: 7 } as const;

/**
 * Removes what is past its retention, in one transaction for each schema. Events that a consumer has not read yet
 * stay however old they are.
 */
export async function sweepMessaging(
  pool: Pool,
  schemas: readonly { readonly schema: string; readonly role: string }[],
): Promise<void> {
  await sweep(
    pool,
    'plinth_messaging',
    `DELETE FROM messaging.log WHERE created_at < now() - interval '${retentionDays.log} days' AND position <= (SELECT min(position) FROM messaging.cursors)`,
  );
  for (const { schema, role } of schemas) {
    await sweep(
      pool,
      role,
      `DELETE FROM ${schema}.inbox WHERE handled_at < now() - interval '${retentionDays.inbox} days'`,
    );
    await sweep(
      pool,
      role,
      `DELETE FROM ${schema}.idempotency_keys WHERE created_at < now() - interval '${retentionDays.idempotencyKeys} days'`,
    );
  }
}

async function sweep(pool: Pool, role: string, statement: string): Promise<void> {
  const client = await pool.connect();
  try {
    await Promise.all([
      client.query(`BEGIN; SET LOCAL ROLE ${role}; SELECT set_config('plinth.scope', 'platform', true)`),
      client.query(statement),
      client.query('COMMIT'),
    ]);
  } finally {
    client.release();
  }
}
