import type { UsageRequest } from '@plinth/contracts';
import { plainArray, textArray, timestampArray, type Transaction } from '@plinth/common';
import { compactUuid, type UsageEvent } from './usage-event.ts';
import { dayOf } from './usage-days.store.ts';
import type { MatchedEvent, UniqueValue, WindowChange } from './usage-windows.ts';
import { addSum, changeParameters, changeRows, sumColumns } from './window-sql.ts';

/** An event that nothing counts yet. */
export interface UnmatchedEvent {
  readonly event: UsageEvent;
  readonly reason: string;
}

/** Claims the identities of events; gives those that were claimed before. Input hashes are distinct. */
export async function claimEvents(transaction: Transaction, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await transaction.rows<{ event_hash: string }>(
    `WITH fresh AS (
       INSERT INTO metering.event_keys (tenant_id, event_hash) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING RETURNING event_hash
     )
     SELECT event_hash FROM unnest($2::uuid[]) AS asked (event_hash) WHERE NOT EXISTS (SELECT FROM fresh WHERE fresh.event_hash = asked.event_hash)`,
    [transaction.tenantId, plainArray(hashes)],
  );
  return new Set(rows.map((row) => compactUuid(row.event_hash)));
}

export async function insertEvents(transaction: Transaction, events: readonly MatchedEvent[]): Promise<void> {
  if (events.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.events (tenant_id, event_hash, source, id, type, account_id, time, data)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[], string_to_array($8, E'\\n')::json[])`,
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
    `INSERT INTO metering.usage_windows AS w (tenant_id, account_id, meter_id, window_start, ${sumColumns})
     SELECT $1, * FROM ${changeRows}
     ON CONFLICT (tenant_id, account_id, meter_id, window_start) DO UPDATE SET ${addSum('w')}`,
    [transaction.tenantId, ...changeParameters(windows)],
  );
}

export async function addUniqueValues(transaction: Transaction, values: readonly UniqueValue[]): Promise<void> {
  if (values.length === 0) return;
  await transaction.execute(
    `INSERT INTO metering.unique_values (tenant_id, account_id, meter_id, window_start, value_hash)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::uuid[]) ON CONFLICT DO NOTHING`,
    [
      transaction.tenantId,
      plainArray(values.map((value) => value.accountId)),
      plainArray(values.map((value) => value.meterId)),
      timestampArray(values.map((value) => value.windowStart)),
      plainArray(values.map((value) => value.valueHash)),
    ],
  );
}

export async function ensurePartition(transaction: Transaction, month: string): Promise<void> {
  await transaction.rows('SELECT metering.ensure_partition($1::date)', [month]);
}

/**
 * One quantity of a meter `m` and an account in [from, to), all SQL: whole days that are rolled up as days, the rest
 * as windows.
 */
function quantity(account: string, from: string, to: string): string {
  const columns = 'events, quantity, maximum, last_value';
  const windows = (start: string, end: string): string =>
    `SELECT window_start AS start, ${columns} FROM metering.usage_windows
     WHERE account_id = ${account} AND meter_id = m.id AND window_start >= ${start} AND window_start < ${end}`;
  return `
    SELECT CASE m.aggregation
      WHEN 'count' THEN coalesce(sum(part.events), 0)::numeric
      WHEN 'sum' THEN coalesce(sum(part.quantity), 0)
      WHEN 'max' THEN coalesce(max(part.maximum), 0)
      WHEN 'last' THEN coalesce((array_agg(part.last_value ORDER BY part.start DESC))[1], 0)
    END AS quantity
    FROM (
      SELECT days.first, greatest(days.first, least(${dayOf(to)}, coalesce((SELECT rolled_until FROM metering.day_roll_ups), '-infinity'))) AS after
      FROM (SELECT ${dayOf(`${from} + interval '24 hours' - interval '1 microsecond'`)} AS first) days
      -- Kept apart: the row-level security of the tables lets bounds into an index that are values, not look-ups.
      OFFSET 0
    ) days CROSS JOIN LATERAL (
      ${windows(from, `least(days.first, ${to})`)}
      UNION ALL
      SELECT day_start, ${columns} FROM metering.usage_days
      WHERE account_id = ${account} AND meter_id = m.id AND day_start >= days.first AND day_start < days.after
      UNION ALL
      ${windows('days.after', to)}
    ) part`;
}

/** Distinct values of a unique-count meter; the arguments are SQL of account, start and end. */
function uniques(account: string, from: string, to: string): string {
  return `(SELECT count(DISTINCT u.value_hash) FROM metering.unique_values u
    WHERE u.account_id = ${account} AND u.meter_id = m.id AND u.window_start >= ${from} AND u.window_start < ${to})::numeric`;
}

/** Usage of all meters of an account in [from, to): parameters account, from, to, key of one meter or null. */
export const currentUsageSql = `
  SELECT m.key AS meter, m.aggregation, m.unit, trim_scale(CASE WHEN m.aggregation = 'unique_count' THEN ${uniques('$1', '$2', '$3')} ELSE total.quantity END)::text AS quantity
  FROM metering.meters m CROSS JOIN LATERAL (${quantity('$1', '$2::timestamptz', '$3::timestamptz')}) total
  WHERE $4::text IS NULL OR m.key = $4 ORDER BY m.key`;

/** Quantities in the order of the requests. */
export async function listQuantities(transaction: Transaction, requests: readonly UsageRequest[]): Promise<string[]> {
  const rows = await transaction.rows<{ quantity: string }>(
    `SELECT coalesce(trim_scale(CASE WHEN m.aggregation = 'unique_count' THEN ${uniques('r.account_id', 'r.period_start', 'r.period_end')} ELSE total.quantity END), 0)::text AS quantity
     FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY AS r (account_id, meter, period_start, period_end, position)
     LEFT JOIN metering.meters m ON m.key = r.meter
     LEFT JOIN LATERAL (${quantity('r.account_id', 'r.period_start', 'r.period_end')}) total ON true
     ORDER BY r.position`,
    [
      requests.map((request) => request.accountId),
      requests.map((request) => request.meter),
      requests.map((request) => request.from),
      requests.map((request) => request.to),
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

/** Unmatched events after a position, in a fixed order. */
export async function readUnmatched(transaction: Transaction, after: string, limit: number): Promise<UsageEvent[]> {
  const rows = await transaction.rows<{ event: Omit<UsageEvent, 'json'> }>(
    `SELECT event FROM metering.unmatched_events WHERE event_hash > $1 ORDER BY event_hash LIMIT $2`,
    [after, limit],
  );
  return rows.map(({ event }) => ({ ...event, hash: compactUuid(event.hash), json: JSON.stringify(event.data) }));
}

/** Removes unmatched events; gives the hashes of those that were still there, which the caller may now count. */
export async function removeUnmatched(transaction: Transaction, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await transaction.rows<{ event_hash: string }>(
    `DELETE FROM metering.unmatched_events WHERE event_hash = ANY($1::uuid[]) RETURNING event_hash`,
    [plainArray(hashes)],
  );
  return new Set(rows.map((row) => compactUuid(row.event_hash)));
}
