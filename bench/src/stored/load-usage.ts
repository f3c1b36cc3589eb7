import { once } from 'node:events';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@plinth/common';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BinaryRows } from './binary-rows.ts';
import { UsageGenerator, type GeneratedUsage } from './generated-usage.ts';
import { measureStorage, type StoredBytes } from './storage.ts';

/**
 * For the load alone: rows of a table that was emptied in the same transaction, and indexes that are made, go to disk
 * once instead of twice.
 */
const loadSettings = {
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_replication_slots: '0',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
  maintenance_work_mem: '1GB',
  autovacuum: 'off',
};

const tables = {
  events: '(tenant_id, event_hash, source, id, type, account_id, time, data)',
  keys: '(tenant_id, event_hash)',
  windows: '(tenant_id, account_id, series_id, window_start, events, quantity)',
};

/** Rows of the roll-ups, and what all of it takes. */
export interface LoadedUsage {
  readonly windows: number;
  readonly days: number;
  readonly bytes: StoredBytes;
}

/**
 * Empties the tables of usage of a platform that is stopped, and fills them with what is generated: rows first, then
 * the indexes, as the migrations made them. Nothing is left to be vacuumed.
 */
export async function loadUsage(
  platformFolder: string,
  usage: GeneratedUsage,
  say: (line: string) => void,
): Promise<LoadedUsage> {
  const server = await startEmbeddedPostgres({
    dataDirectory: join(platformFolder, 'postgres'),
    settings: loadSettings,
  });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    const since = performance.now();
    const lap = (what: string): void => say(`${Math.round((performance.now() - since) / 1000)} s: ${what}`);
    const partitions = await emptyTables(client, usage);
    const restoreIndexes = await dropIndexes(client);
    const windows = await copyAll(server.url, partitions, usage);
    lap('rows are loaded');
    for (const statement of restoreIndexes) await client.query(statement);
    lap('indexes are made');
    const days = await rollUpDays(client, usage.tenantId);
    // What autovacuum does in life must not fall into the measurement.
    for (const table of ['events', 'event_keys', 'usage_windows', 'usage_days'])
      await client.query(`VACUUM ANALYZE metering.${table}`);
    await client.query('CHECKPOINT');
    lap('days are made, everything is vacuumed');
    return { windows, days, bytes: await measureStorage(server.url) };
  } finally {
    await client.end();
    await server.stop();
  }
}

interface Partition {
  readonly name: string;
  /** Where the next one begins, in microseconds since 2000. */
  readonly until: number;
}

async function emptyTables(client: pg.Client, { from, to }: GeneratedUsage): Promise<Partition[]> {
  await client.query('TRUNCATE metering.events, metering.event_keys, metering.usage_windows, metering.usage_days');
  const { rows } = await client.query<Partition>(
    `SELECT format('metering_partitions.events_%s', to_char(month, 'YYYY_MM')) AS name,
       (extract(epoch FROM month + interval '1 month' - timestamptz '2000-01-01 00:00:00+00') * 1000000)::float8 AS until,
       metering.ensure_partition(month::date)
     FROM generate_series(date_trunc('month', $1::timestamptz), $2::timestamptz, '1 month') AS month`,
    [from, to],
  );
  return rows;
}

/** Drops the indexes of the tables with many rows; gives the statements that make them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `SELECT CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', i.indexrelid::regclass) ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', i.indrelid::regclass, c.conname) END AS drop,
       CASE WHEN c.oid IS NULL THEN replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END AS make
     FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
     WHERE i.indrelid IN ('metering.events'::regclass, 'metering.event_keys'::regclass, 'metering.usage_windows'::regclass)
     ORDER BY i.indrelid::regclass::text`,
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ make }) => make);
}

/** One table that is being filled, on a connection of its own. */
class Lane {
  readonly rows = new BinaryRows();
  readonly #client: pg.Client;
  readonly #stream: ReturnType<typeof copyFrom>;
  #failure: Error | undefined;

  constructor(client: pg.Client, table: string, columns: string) {
    this.#client = client;
    this.#stream = client.query(copyFrom(`COPY ${table} ${columns} FROM STDIN (FORMAT binary, FREEZE)`));
    this.#stream.on('error', (error: Error) => (this.#failure = error));
  }

  static async open(url: string, table: string, columns: string): Promise<Lane> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // What FREEZE and the missing log need.
    await client.query(`BEGIN; TRUNCATE ${table}`);
    return new Lane(client, table, columns);
  }

  async flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#stream.write(this.rows.take())) await once(this.#stream, 'drain');
  }

  async end(): Promise<void> {
    const finished = once(this.#stream, 'finish');
    this.#stream.end(this.rows.end());
    await finished;
    await this.#client.query('COMMIT');
    await this.#client.end();
  }
}

async function copyAll(url: string, partitions: readonly Partition[], usage: GeneratedUsage): Promise<number> {
  const generator = new UsageGenerator(usage);
  const keys = await Lane.open(url, 'metering.event_keys', tables.keys);
  const windows = await Lane.open(url, 'metering.usage_windows', tables.windows);
  let next = 1;
  for (const [index, { name, until }] of partitions.entries()) {
    const events = await Lane.open(url, name, tables.events);
    const lanes = [events, keys, windows];
    const sinks = { events: events.rows, keys: keys.rows, windows: windows.rows };
    const isLast = index === partitions.length - 1;
    while (next <= usage.events && (isLast || generator.timeOf(next) < until)) {
      generator.write(next, sinks);
      next += 1;
      for (const lane of lanes) if (lane.rows.isFull) await lane.flush();
    }
    await events.end();
  }
  generator.closeWindow(windows.rows, generator.timeOf(usage.events));
  await Promise.all([keys.end(), windows.end()]);
  return generator.windows;
}

/** As the hourly roll-up leaves it behind: everything that ended more than 26 hours ago. */
async function rollUpDays(client: pg.Client, tenantId: string): Promise<number> {
  const day = (time: string): string => `date_bin('1 day', ${time}, timestamptz '2000-01-01 00:00:00+00')`;
  await client.query(
    `UPDATE metering.day_roll_ups SET rolled_until = ${day(`now() - interval '26 hours'`)} WHERE tenant_id = $1`,
    [tenantId],
  );
  const { rowCount } = await client.query(
    `INSERT INTO metering.usage_days (tenant_id, account_id, series_id, day_start, events, quantity)
     SELECT tenant_id, account_id, series_id, ${day('window_start')} AS day_start, sum(events), sum(quantity)
     FROM metering.usage_windows WHERE tenant_id = $1 AND window_start < (SELECT rolled_until FROM metering.day_roll_ups WHERE tenant_id = $1)
     GROUP BY 1, 2, 3, 4 ORDER BY 4`,
    [tenantId],
  );
  return rowCount ?? 0;
}
