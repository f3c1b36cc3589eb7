import type { Database } from '../database/database.ts';

const tables = ['messaging.log', 'messaging.retries', 'messaging.dead_letters'] as const;

/** Deletes the events of a tenant that the event driver still holds. Needs every consumer to be done with them. */
export async function deleteTenantMessages(database: Database, tenantId: string): Promise<Record<string, number>> {
  return countEach(database, (table) => `DELETE FROM ${table} WHERE envelope->>'tenant' = $1`, tenantId);
}

/** How many events of a tenant the event driver holds. */
export async function countTenantMessages(database: Database, tenantId: string): Promise<Record<string, number>> {
  return countEach(database, (table) => `SELECT FROM ${table} WHERE envelope->>'tenant' = $1`, tenantId);
}

async function countEach(
  database: Database,
  statement: (table: string) => string,
  tenantId: string,
): Promise<Record<string, number>> {
  const client = await database.pool.connect();
  let failure: unknown;
  try {
    await client.query('BEGIN; SET LOCAL ROLE plinth_messaging');
    const counts: Record<string, number> = {};
    for (const table of tables) counts[table] = (await client.query(statement(table), [tenantId])).rowCount ?? 0;
    await client.query('COMMIT');
    return counts;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    // A connection in a transaction that failed is not given back.
    client.release(failure !== undefined);
  }
}
