import { plainArray, type Transaction } from '@plinth/common';
import type { Series } from '../meter/meter.ts';
import { compactUuid, type UsageEvent } from './usage-event.ts';
import type { CountedEvent } from './usage-windows.ts';

/** A place in the order in which stored events are counted again: account, time, hash. */
export interface EventPosition {
  readonly accountId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** With or without hyphens. */
  readonly hash: string;
}

/** A revision that waits for work: to be made of stored events, or to have its windows deleted. */
export interface UnfinishedRevision {
  readonly tenantId: string;
  readonly id: string;
  readonly status: 'building' | 'superseded';
}

/** What a revision counts, with what is needed to tell which stored events it has counted. */
export interface BuildingSeries extends Series {
  readonly number: number;
  /** The last event that was looked at; null before the first. */
  readonly position: EventPosition | null;
}

/** A stored event with the account that it counts for. */
export type StoredEvent = Pick<CountedEvent, 'event' | 'accountId'>;

/** Revisions of all tenants; superseded ones only when they were that before an instant. Needs a platform transaction. */
export async function listUnfinished(transaction: Transaction, supersededBefore: Date): Promise<UnfinishedRevision[]> {
  return transaction.rows<UnfinishedRevision>(
    `SELECT tenant_id AS "tenantId", id, status FROM metering.meter_revisions
     WHERE status = 'building' OR (status = 'superseded' AND superseded_at < $1) ORDER BY created_at, id`,
    [supersededBefore],
  );
}

/** A `BuildingSeries` of a revision `r` and its meter `m`. */
export const seriesColumns = `r.id, r.number, m.id AS "meterId", m.key, m.event_type AS "eventType", r.status, r.generation, r.aggregation,
  r.value_property AS "valueProperty", trim_scale(r.percentile)::text AS percentile, r.filters, r.dimensions, EXISTS (SELECT FROM metering.quotas q WHERE q.meter_id = m.id) AS "hasQuotas",
  CASE WHEN r.position_account IS NOT NULL THEN json_build_object('accountId', r.position_account,
    'time', (extract(epoch FROM r.position_time) * 1000)::bigint, 'hash', r.position_hash) END AS position`;

/** The revision, if it is still being made; its row is locked until the transaction ends. */
export async function lockBuilding(transaction: Transaction, id: string): Promise<BuildingSeries | undefined> {
  return transaction.findRow<BuildingSeries>(
    `SELECT ${seriesColumns} FROM metering.meter_revisions r JOIN metering.meters m ON m.id = r.meter_id
     WHERE r.id = $1 AND r.status = 'building' FOR UPDATE OF r`,
    [id],
  );
}

/** Stored events of the revision's type, from before it was begun and counted by its meter, after its position. */
export async function readStoredEvents(
  transaction: Transaction,
  { meterId, eventType, generation, position }: BuildingSeries,
  limit: number,
): Promise<StoredEvent[]> {
  const rows = await transaction.rows<{ account_id: string; event_hash: string; time: string; data: string }>(
    `SELECT account_id, event_hash, (extract(epoch FROM time) * 1000)::bigint AS time, data::text AS data
     FROM metering.events
     WHERE (account_id, time, event_hash) > ($1, $2::timestamptz, $3) AND type = $4 AND generation < $5 AND NOT retracted
       AND (SELECT counted_generations FROM metering.meters WHERE id = $6) @> generation
     ORDER BY account_id, time, event_hash LIMIT $7`,
    [
      position?.accountId ?? '00000000-0000-0000-0000-000000000000',
      position === null ? '-infinity' : new Date(position.time),
      position?.hash ?? '00000000-0000-0000-0000-000000000000',
      eventType,
      generation,
      meterId,
      limit,
    ],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    event: {
      hash: compactUuid(row.event_hash),
      time: Number(row.time),
      data: JSON.parse(row.data) as UsageEvent['data'],
    },
  }));
}

export async function savePosition(
  transaction: Transaction,
  id: string,
  { position, counted, skipped }: { position: EventPosition; counted: number; skipped: number },
): Promise<void> {
  await transaction.execute(
    `UPDATE metering.meter_revisions SET position_account = $2, position_time = $3, position_hash = $4,
       counted_events = counted_events + $5, skipped_events = skipped_events + $6 WHERE id = $1`,
    [id, position.accountId, new Date(position.time), position.hash, counted, skipped],
  );
}

/** Lets a revision answer for its meter from now on. */
export async function activate(transaction: Transaction, { id, meterId }: Series, now: Date): Promise<void> {
  await transaction.execute(
    `UPDATE metering.meter_revisions SET status = 'superseded', superseded_at = $2, position_account = NULL WHERE meter_id = $1 AND status = 'active'`,
    [meterId, now],
  );
  await transaction.execute(
    `UPDATE metering.meter_revisions SET status = 'active', completed_at = $2, position_account = NULL, position_time = NULL, position_hash = NULL WHERE id = $1`,
    [id, now],
  );
  await transaction.execute(
    `UPDATE metering.meters SET revision_id = $2, version = version + 1, updated_at = $3 WHERE id = $1`,
    [meterId, id, now],
  );
}

/** Locks a superseded revision's row; undefined when somebody else has removed it. */
export async function lockSuperseded(transaction: Transaction, id: string): Promise<boolean> {
  const row = await transaction.findRow(
    `SELECT 1 FROM metering.meter_revisions WHERE id = $1 AND status = 'superseded' FOR UPDATE`,
    [id],
  );
  return row !== undefined;
}

/** Deletes what a revision has counted of the accounts. */
export async function deleteCounted(
  transaction: Transaction,
  revisionId: string,
  accountIds: readonly string[],
): Promise<void> {
  const parameters = [revisionId, plainArray(accountIds)];
  for (const table of ['usage_windows', 'usage_days', 'unique_values', 'samples'])
    await transaction.execute(
      `DELETE FROM metering.${table} t USING (
         SELECT account_id, $1::uuid AS series_id FROM unnest($2::uuid[]) AS account_id
         UNION ALL SELECT account_id, series_id FROM metering.usage_groups WHERE account_id = ANY($2::uuid[]) AND revision_id = $1
       ) s WHERE t.account_id = s.account_id AND t.series_id = s.series_id`,
      parameters,
    );
  await transaction.execute(
    `DELETE FROM metering.usage_groups WHERE account_id = ANY($2::uuid[]) AND revision_id = $1`,
    parameters,
  );
}

export async function markRemoved(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`UPDATE metering.meter_revisions SET status = 'removed' WHERE id = $1`, [id]);
}
