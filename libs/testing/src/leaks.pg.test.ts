import { createLogger, createPool } from '@plinth/common';
import { expect, test } from 'vitest';
import { findLeaks } from './leaks.ts';
import { createTestDatabase } from './test-database.ts';

test('finds connections, transactions and locks that were left behind', async () => {
  const database = await createTestDatabase([]);
  const pool = createPool({ url: database.url, applicationName: 'leaks', log: createLogger({ level: 'silent' }) });
  try {
    await pool.query('SELECT 1');
    expect(await findLeaks(pool, database.adminUrl)).toEqual([]);
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(1)');
    const leaks = await findLeaks(pool, database.adminUrl);
    expect(leaks).toHaveLength(3);
    expect(leaks.join('\n')).toMatch(
      /1 of the pool's connections[^]*idle in transaction after: SELECT pg_adv[^]*advisory lock/,
    );
    await client.query('ROLLBACK');
    client.release();
    expect(await findLeaks(pool, database.adminUrl)).toEqual([]);
  } finally {
    await pool.end();
    await database.drop();
  }
});
