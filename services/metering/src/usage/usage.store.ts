import type { UsageRequest } from '@plinth/contracts';
import { plainArray, textArray, timestampArray, type Transaction } from '@plinth/common';
import { compactUuid, type UsageEvent } from './usage-event.ts';
import { quantity } from './quantity-sql.ts';
import type { Group } from './series.ts';
import type { MatchedEvent, Sample, UniqueValue, WindowChange } from './usage-windows.ts';
import { addSum, changeParameters, changeRows, sumColumns } from './window-sql.ts';

/** An event that nothing counts yet. */
export interface UnmatchedEvent {
  readonly event: UsageEvent;
  readonly reason: string;
}

/** An event that nothing counts yet, as it is kept. */
export interface UnmatchedRecord {
  readonly hash: string;
  readonly reason: string;
  readonly event: Omit<UsageEvent, 'json'>;
  readonly receivedAt: Date;
}

/**
 * Claims the identities of events, in the tenant's generation; gives those that were claimed before. Input hashes are
 * distinct. The generation comes first: see `metering.join_generation`.
 */
export async function claimEvents(
  transaction: Transaction,
  hashes: readonly string[],
): Promise<{ duplicates: Set<string>; generation: number }> {
  const rows = await transaction.rows<{ event_hash: string | null; generation: number | null }>(
    `WITH joined AS MATERIALIZED (SELECT metering.join_generation($1) AS generation), fresh AS (
       INSERT INTO metering.event_keys (tenant_id, event_hash) SELECT $1, unnest($2::uuid[]) FROM joined ON CONFLICT DO NOTHING RETURNING event_hash
     )
     SELECT event_hash, NULL AS generation FROM unnest($2::uuid[]) AS asked (event_hash) WHERE NOT EXISTS (SELECT FROM fresh WHERE fresh.event_hash = asked.event_hash)
     UNION ALL SELECT NULL, generation FROM joined`,
    [transaction.tenantId, plainArray(hashes)],
  );
  const duplicates = new Set<string>();
  let generation = 0;
  for (const row of rows)
    if (row.event_hash === null) generation = row.generation ?? 0;
    else duplicates.add(compactUuid(row.event_hash));
  return { duplicates, generation };
}

/** The tenant's generation, which lasts until the transaction ends. The first statement of its transaction. */
export async function joinGeneration(transaction: Transaction): Promise<number> {
  const row = await transaction.findRow<{ generation: number }>(`SELECT metering.join_generation($1) AS generation`, [
    transaction.tenantId,
  ]);
  return row?.generation ?? 0;
}

export async function insertEvents(
  transaction: Transaction,
  events: readonly MatchedEvent[],
  generation: number,
): Promise<void> {
  if (events.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.events (tenant_id, event_hash, source, id, type, account_id, time, data, generation)
     SELECT $1, e.*, $9 FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[], string_to_array($8, E'\\n')::json[]) e`,
    [
      transaction.tenantId,
      plainArray(events.map(({ event }) => event.hash)),
      textArray(events.map(({ event }) => event.source)),
      textArray(events.map(({ event }) => event.id)),
      textArray(events.map(({ event }) => event.type)),
      plainArray(events.map(({ accountId }) => accountId)),
      timestampArray(events.map(({ event }) => event.time)),
      // JSON has no line break of its own, and one text is far cheaper to send than an array of escaped ones.
      events.map(({ event }) => event.json).join('\n'),
      generation,
    ],
  );
}

export async function insertUnmatched(transaction: Transaction, events: readonly UnmatchedEvent[]): Promise<void> {
  if (events.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.unmatched_events (tenant_id, event_hash, reason, event) SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::jsonb[])`,
    [
      transaction.tenantId,
      plainArray(events.map(({ event }) => event.hash)),
      textArray(events.map(({ reason }) => reason)),
      events.map(({ event: { json: _, ...event } }) => JSON.stringify(event)),
    ],
  );
}

export async function addToWindows(transaction: Transaction, windows: readonly WindowChange[]): Promise<void> {
  if (windows.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.usage_windows AS w (tenant_id, account_id, series_id, window_start, ${sumColumns})
     SELECT $1, * FROM ${changeRows}
     ON CONFLICT (tenant_id, account_id, series_id, window_start) DO UPDATE SET ${addSum('w')}`,
    [transaction.tenantId, ...changeParameters(windows)],
  );
}

export async function addUniqueValues(transaction: Transaction, values: readonly UniqueValue[]): Promise<void> {
  if (values.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.unique_values (tenant_id, account_id, series_id, window_start, value_hash)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::uuid[]) ON CONFLICT DO NOTHING`,
    [
      transaction.tenantId,
      plainArray(values.map((value) => value.accountId)),
      plainArray(values.map((value) => value.seriesId)),
      timestampArray(values.map((value) => value.windowStart)),
      plainArray(values.map((value) => value.valueHash)),
    ],
  );
}

export async function addSamples(transaction: Transaction, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.samples (tenant_id, account_id, series_id, time, event_hash, value)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::uuid[], $6::numeric[])`,
    [
      transaction.tenantId,
      plainArray(samples.map((sample) => sample.accountId)),
      plainArray(samples.map((sample) => sample.seriesId)),
      timestampArray(samples.map((sample) => sample.time)),
      plainArray(samples.map((sample) => sample.eventHash)),
      plainArray(samples.map((sample) => sample.value)),
    ],
  );
}

export async function addGroups(transaction: Transaction, groups: readonly Group[]): Promise<void> {
  if (groups.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.usage_groups (tenant_id, account_id, revision_id, series_id, values)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], string_to_array($5, E'\\n')::jsonb[]) ON CONFLICT DO NOTHING`,
    [
      transaction.tenantId,
      plainArray(groups.map((group) => group.accountId)),
      plainArray(groups.map((group) => group.revisionId)),
      plainArray(groups.map((group) => group.seriesId)),
      groups.map((group) => JSON.stringify(group.values)).join('\n'),
    ],
  );
}

export async function ensurePartition(transaction: Transaction, month: string): Promise<void> {
  await transaction.rows('SELECT metering.ensure_partition($1::date)', [month]);
}

/** Usage of all meters of an account in [from, to): parameters account, from, to, key of one meter or null, now. */
export const currentUsageSql = `
  SELECT m.key AS meter, r.aggregation, m.unit, trim_scale(one.quantity)::text AS quantity
  FROM metering.meters m JOIN metering.meter_revisions r ON r.id = m.revision_id
  CROSS JOIN LATERAL (${quantity({ account: '$1', from: '$2::timestamptz', to: '$3::timestamptz', now: '$5::timestamptz' })}) one
  WHERE $4::text IS NULL OR m.key = $4 ORDER BY m.key`;

const requested = { account: 'q.account_id', from: 'q.period_start', to: 'q.period_end', now: '$5::timestamptz' };

/** Quantities in the order of the requests. */
export async function listQuantities(
  transaction: Transaction,
  requests: readonly UsageRequest[],
  now: Date,
): Promise<string[]> {
  const rows = await transaction.rows<{ quantity: string }>(
    `SELECT coalesce(trim_scale(one.quantity), 0)::text AS quantity
     FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY AS q (account_id, meter, period_start, period_end, position)
     LEFT JOIN (metering.meters m JOIN metering.meter_revisions r ON r.id = m.revision_id) ON m.key = q.meter
     LEFT JOIN LATERAL (${quantity(requested)}) one ON true
     ORDER BY q.position`,
    [
      requests.map((request) => request.accountId),
      requests.map((request) => request.meter),
      requests.map((request) => request.from),
      requests.map((request) => request.to),
      now,
    ],
  );
  return rows.map((row) => row.quantity);
}

export async function listUnmatched(
  transaction: Transaction,
): Promise<{ reason: string; count: number; example: unknown }[]> {
  return transaction.rows(
    `SELECT reason, count(*)::int AS count, (array_agg(event ORDER BY received_at))[1] AS example FROM metering.unmatched_events GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 200`,
  );
}

/** Unmatched events after a position, in a fixed order; of one type where it is named. */
export async function readUnmatched(
  transaction: Transaction,
  { after, limit, type }: { readonly after: string; readonly limit: number; readonly type: string | undefined },
): Promise<UsageEvent[]> {
  const rows = await transaction.rows<{ event: Omit<UsageEvent, 'json'> }>(
    `SELECT event FROM metering.unmatched_events WHERE event_hash > $1 AND ($3::text IS NULL OR event ->> 'type' = $3) ORDER BY event_hash LIMIT $2`,
    [after, limit, type ?? null],
  );
  return rows.map(({ event }) => ({ ...event, hash: compactUuid(event.hash), json: JSON.stringify(event.data) }));
}

/** One page of unmatched events with their reasons, in a fixed order. */
export async function listUnmatchedEvents(
  transaction: Transaction,
  query: { readonly reason: string | undefined; readonly after: string | undefined; readonly limit: number },
): Promise<UnmatchedRecord[]> {
  return transaction.rows<UnmatchedRecord>(
    `SELECT event_hash AS hash, reason, event, received_at AS "receivedAt" FROM metering.unmatched_events
     WHERE ($1::text IS NULL OR reason = $1) AND ($2::uuid IS NULL OR event_hash > $2) ORDER BY event_hash LIMIT $3`,
    [query.reason ?? null, query.after ?? null, query.limit],
  );
}

/** Gives an unmatched event other content; undefined when there is none of its identity. Gives what it was. */
export async function replaceUnmatched(transaction: Transaction, { json: _, ...event }: UsageEvent): Promise<unknown> {
  const row = await transaction.findRow<{ before: unknown }>(
    `WITH before AS (SELECT event FROM metering.unmatched_events WHERE event_hash = $1 FOR UPDATE)
     UPDATE metering.unmatched_events u SET event = $2 FROM before WHERE u.event_hash = $1 RETURNING before.event AS before`,
    [event.hash, JSON.stringify(event)],
  );
  return row?.before;
}

/** Removes unmatched events; gives the hashes of those that were still there, which the caller may now count. */
export async function removeUnmatched(transaction: Transaction, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await transaction.rows<{ event_hash: string }>(
    `DELETE FROM metering.unmatched_events WHERE event_hash = ANY($1::uuid[]) RETURNING event_hash`,
    [plainArray(hashes)],
  );
  return new Set(rows.map((row) => compactUuid(row.event_hash)));
}
