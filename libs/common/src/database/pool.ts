import pg from 'pg';
import type { Logger } from '../logging/logger.ts';

export interface PoolOptions {
  readonly url: string;
  readonly max?: number;
  readonly applicationName: string;
  readonly log: Logger;
  readonly statementTimeoutMs?: number;
}

// int8 and numeric stay text so that nothing is rounded; timestamps stay Date.
const INT8 = 20;

/**
 * A pool whose connections pipeline: statements that are issued together share one round trip.
 * Errors of idle connections are logged; the pool replaces the connection.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    keepAlive: true,
    pipeline: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? (text: string) => text : pg.types.getTypeParser(oid, format as 'text'),
    },
  } as pg.PoolConfig);
  // A connection that is lost while a request holds it tells the request, and says so here too: unheard, it would end
  // the process.
  pool.on('connect', (client) =>
    client.on('error', (error) => options.log.debug({ err: error }, 'a database connection in use was lost')),
  );
  pool.on('error', (error) => {
    // While the pool ends, its connections are meant to go.
    if (!pool.ending) options.log.warn({ err: error }, 'an idle database connection was lost');
  });
  return pool;
}
