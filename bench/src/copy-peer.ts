import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { keyOf, makeBatch } from './usage-events.ts';

/** What anybody would load usage with who has nothing but PostgreSQL: COPY beside, then insert what is new. */
const setUpSql = `
  CREATE SCHEMA bench_peer;
  CREATE TABLE bench_peer.event_keys (LIKE metering.event_keys INCLUDING ALL);
  CREATE TABLE bench_peer.events (LIKE metering.events INCLUDING ALL);`;

const stagingSql = `
  CREATE TEMP TABLE staging (tenant_id uuid, event_hash uuid, source text, id text, type text, account_id uuid, time timestamptz, data jsonb) ON COMMIT DELETE ROWS`;

// In the order of the hashes, so that two connections wait for each other instead of deadlocking.
const mergeSql = `
  WITH fresh AS (
    INSERT INTO bench_peer.event_keys (tenant_id, event_hash) SELECT DISTINCT tenant_id, event_hash FROM staging ORDER BY event_hash
    ON CONFLICT DO NOTHING RETURNING event_hash
  )
  INSERT INTO bench_peer.events (tenant_id, event_hash, source, id, type, account_id, time, data)
  SELECT DISTINCT ON (event_hash) tenant_id, event_hash, source, id, type, account_id, time, data FROM staging JOIN fresh USING (event_hash)`;

export interface CopyLoad {
  readonly tenantId: string;
  readonly run: string;
  readonly batches: number;
  /** Batches of a hundred events that go into one COPY and one transaction. */
  readonly batchesPerCopy: number;
  readonly connections: number;
  readonly accounts: readonly { readonly key: string; readonly id: string }[];
  readonly time: Date;
}

/** Loads events by COPY with deduplication into tables like the platform's, without HTTP, checks and roll-ups. */
export class CopyPeer {
  readonly #pool: pg.Pool;

  constructor(databaseUrl: string) {
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 8 });
  }

  async setUp(): Promise<void> {
    await this.#pool.query(setUpSql);
  }

  /** Seconds that the load took; the data is made before. */
  async load(load: CopyLoad): Promise<number> {
    const share = Math.ceil(load.batches / load.connections);
    const lanes = await Promise.all(
      Array.from({ length: load.connections }, async (_, lane) => {
        const client = await this.#pool.connect();
        await client.query(stagingSql);
        const end = Math.min(load.batches, (lane + 1) * share);
        const copies: Buffer[] = [];
        for (let first = lane * share; first < end; first += load.batchesPerCopy)
          copies.push(makeCopy(load, first, Math.min(end, first + load.batchesPerCopy)));
        return { client, copies };
      }),
    );
    const startedAt = performance.now();
    await Promise.all(lanes.map(({ client, copies }) => loadLane(client, copies)));
    const seconds = (performance.now() - startedAt) / 1000;
    for (const { client } of lanes) {
      await client.query('DROP TABLE staging');
      client.release();
    }
    return seconds;
  }

  async countEvents(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>('SELECT count(*)::int AS count FROM bench_peer.events');
    return rows[0]?.count ?? 0;
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }
}

async function loadLane(client: pg.PoolClient, copies: readonly Buffer[]): Promise<void> {
  for (const copy of copies) {
    await client.query('BEGIN');
    await pipeline(Readable.from([copy]), client.query(copyFrom('COPY staging FROM STDIN')));
    await client.query(mergeSql);
    await client.query('COMMIT');
  }
}

/** Rows of some batches in COPY's text format. */
function makeCopy({ tenantId, run, accounts, time }: CopyLoad, first: number, end: number): Buffer {
  const ids = new Map(accounts.map(({ key, id }) => [key, id]));
  const keys = [...ids.keys()];
  const lines: string[] = [];
  for (let index = first; index < end; index += 1) {
    for (const event of makeBatch({ run, accounts: keys, time }, index)) {
      const eventHash = keyOf(event.source, event.id);
      lines.push(
        [
          tenantId,
          eventHash,
          event.source,
          event.id,
          event.type,
          ids.get(event.subject),
          event.time,
          JSON.stringify(event.data),
        ].join('\t'),
      );
    }
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
