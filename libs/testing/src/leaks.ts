import type { Pool } from 'pg';
import pg from 'pg';

const PATIENCE_MS = 1000;

/**
 * What a test leaves behind on its database: connections that nobody gave back, transactions that nobody ended and
 * session locks. What is only about to end gets a second.
 */
export async function findLeaks(pool: Pool, adminUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const leaks = [...listUsedConnections(pool), ...(await listOpenWork(client))];
      if (leaks.length === 0 || Date.now() > deadline) return leaks;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await client.end();
  }
}

function listUsedConnections(pool: Pool): string[] {
  const used = pool.totalCount - pool.idleCount;
  return used === 0 ? [] : [`${used} of the pool's connections were not given back`];
}

async function listOpenWork(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ leak: string }>(
    `SELECT format('session %s is %s after: %s', pid, state, left(query, 200)) AS leak FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'
     UNION ALL
     SELECT format('session %s holds an advisory lock', l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
     WHERE d.datname = current_database() AND l.locktype = 'advisory'`,
  );
  return rows.map((row) => row.leak);
}
