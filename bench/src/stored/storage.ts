import { realpath, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** Bytes on disk, with indexes. */
export interface StoredBytes {
  readonly events: number;
  readonly keys: number;
  readonly rollUps: number;
}

/** What the tables of usage take on disk. */
export function measureStorage(databaseUrl: string): Promise<StoredBytes> {
  return queryOne<StoredBytes>(
    databaseUrl,
    `SELECT (SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('metering.events') WHERE isleaf)::float8 AS events,
       pg_total_relation_size('metering.event_keys')::float8 AS keys,
       (pg_total_relation_size('metering.usage_windows') + pg_total_relation_size('metering.usage_days'))::float8 AS "rollUps"`,
    [],
  );
}

/** Throws unless the roll-ups hold each event once: all of them, and those of one account as its rows tell. */
export async function assertConsistent(
  databaseUrl: string,
  tenantId: string,
  { events, accountId }: { readonly events: number; readonly accountId: string },
): Promise<void> {
  const { counted, ofAccount, rows } = await queryOne<{ counted: number; ofAccount: number; rows: number }>(
    databaseUrl,
    `SELECT (SELECT sum(events) FROM metering.usage_windows WHERE tenant_id = $1)::float8 AS counted,
       (SELECT sum(events) FROM metering.usage_windows WHERE tenant_id = $1 AND account_id = $2)::float8 AS "ofAccount",
       (SELECT count(*) FROM metering.events WHERE tenant_id = $1 AND account_id = $2)::float8 AS rows`,
    [tenantId, accountId],
  );
  if (counted !== events || ofAccount !== rows)
    throw new Error(`${events} events were made, ${counted} are counted; of one account ${rows}, counted ${ofAccount}`);
}

/** What a few generated events took. */
export interface Pilot {
  readonly bytes: StoredBytes;
  readonly events: number;
  /** Rows of the roll-ups. */
  readonly windows: number;
  readonly days: number;
  /** As many windows as there can be, however many events there are. */
  readonly mostWindows: number;
}

/** While the index of a partition is made, what is sorted for it lies on disk too. */
const sortBytesPerEvent = 60;
/** The log, and what is ingested after the load. */
const otherBytes = 3e9;

/** How many events can be generated where the platform keeps its database, and the reckoning in words. */
export async function howManyFit(
  platformFolder: string,
  { bytes, events, windows, days, mostWindows }: Pilot,
): Promise<{ events: number; reason: string }> {
  // The cluster of root lies elsewhere, behind a link.
  const { bavail, bsize } = await statfs(await realpath(join(platformFolder, 'postgres', 'cluster')));
  const free = bavail * bsize;
  const perEvent = (bytes.events + bytes.keys) / events + sortBytesPerEvent;
  const other = otherBytes + (bytes.rollUps / (windows + days)) * mostWindows;
  const gigabytes = (amount: number): string => `${(amount / 1e9).toFixed(1)} GB`;
  return {
    events: (free - other) / perEvent,
    reason: `the disk has ${gigabytes(free)}, ${gigabytes(other)} are for the roll-ups and the log, and an event takes ${Math.round(perEvent)} bytes while its index is made`,
  };
}

async function queryOne<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[]): Promise<Row> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(sql, values);
    return rows[0]!;
  } finally {
    await client.end();
  }
}
