import type { Pool } from 'pg';

/** Events beyond this number are not counted: the alert has long fired, and counting would load the database. */
const MOST_COUNTED = 100_000;

export interface OutboxOwner {
  readonly name: string;
  readonly schema: string;
  readonly role: string;
}

export interface OutboxState {
  readonly service: string;
  readonly pending: number;
  readonly oldestSeconds: number;
}

/** Number and age of the events of each service that wait for the relay, over one connection. Throws the driver's errors. */
export async function readOutbox(pool: Pool, owners: readonly OutboxOwner[]): Promise<OutboxState[]> {
  const client = await pool.connect();
  let failed = true;
  try {
    const states: OutboxState[] = [];
    for (const { name, schema, role } of owners) {
      const [, result] = await Promise.all([
        client.query(`BEGIN READ ONLY; SET LOCAL ROLE ${role}; SET LOCAL statement_timeout = '2s'`),
        client.query<{ pending: number; oldest: number }>(
          `SELECT count(*)::integer AS pending,
             coalesce(greatest(extract(epoch FROM now() - min(created_at)), 0), 0)::float8 AS oldest
           FROM (SELECT created_at FROM ${schema}.outbox ORDER BY transaction_id, sequence LIMIT ${MOST_COUNTED}) AS waiting`,
        ),
        client.query('COMMIT'),
      ]);
      const row = result.rows[0];
      states.push({ service: name, pending: row?.pending ?? 0, oldestSeconds: row?.oldest ?? 0 });
    }
    failed = false;
    return states;
  } finally {
    // A connection whose transaction may still be open is not given back.
    client.release(failed);
  }
}
