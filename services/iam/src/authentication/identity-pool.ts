import type { Logger } from '@plinth/common';
import pg from 'pg';

/** The identity provider's own role: it reaches the schema `auth` and nothing else. */
const identityRole = 'plinth_auth';

/**
 * A few connections of their own for the identity provider, which takes no role for each transaction as our own
 * code does. They are opened by its first request and closed when idle.
 */
export function createIdentityPool(like: pg.Pool, log: Logger): pg.Pool {
  const { connectionString, host, port, user, database, password, ssl } = like.options as pg.PoolConfig;
  const pool = new pg.Pool({
    ...(connectionString === undefined ? { host, port, user, database, password, ssl } : { connectionString }),
    options: `-c role=${identityRole} -c search_path=auth`,
    application_name: 'iam identity provider',
    max: 4,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 10_000,
    statement_timeout: 30_000,
  } as pg.PoolConfig);
  // Unheard, the loss of a connection in use would end the process; whoever uses it is told as well.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.debug({ err: error }, 'a database connection in use was lost')),
  );
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'));
  return pool;
}
