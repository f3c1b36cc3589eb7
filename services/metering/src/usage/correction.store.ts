import { plainArray, timestampArray, type Transaction } from '@plinth/common';
import { seriesColumns, type BuildingSeries } from './re-aggregation.store.ts';
import { compactUuid, type UsageEvent } from './usage-event.ts';
import type { Correction, Countable, EventRecord } from './correction.ts';
import { dayOf, daySums } from './usage-days.store.ts';
import { sumColumns } from './window-sql.ts';
import { addUniqueValues } from './usage.store.ts';
import { WINDOW_MS, type Sums, type WindowChange } from './usage-windows.ts';

const eventColumns = `e.event_hash AS hash, e.source, e.id, e.type, e.account_id AS "accountId", e.time, e.received_at AS "receivedAt", e.data, e.retracted`;

/** Where an event is looked for: events are found by account and time. */
interface EventPlace {
  readonly hash: string;
  readonly accountId: string;
  /** Undefined: at any time. */
  readonly time: Date | undefined;
}

/** The event, its row locked until the transaction ends. */
export async function lockEvent(
  transaction: Transaction,
  { hash, accountId, time }: EventPlace,
): Promise<Omit<EventRecord, 'corrections'> | undefined> {
  return transaction.findRow(
    `SELECT ${eventColumns} FROM metering.events e
     WHERE e.account_id = $1 AND e.time BETWEEN coalesce($3::timestamptz, '-infinity') AND coalesce($3::timestamptz, 'infinity') AND e.event_hash = $2
     FOR UPDATE`,
    [accountId, hash, time ?? null],
  );
}

/** What counts, or counted, events of a type; none of it becomes another until the transaction ends. */
export async function lockSeries(transaction: Transaction, type: string): Promise<BuildingSeries[]> {
  return transaction.rows<BuildingSeries>(
    `SELECT ${seriesColumns} FROM metering.meters m JOIN metering.meter_revisions r ON r.meter_id = m.id
     WHERE m.event_type = $1 AND r.status IN ('building', 'active') ORDER BY r.id FOR SHARE OF r`,
    [type],
  );
}

/** Events of a type that count, of an account in [from, to), with the meters that counted them. */
export async function readCountable(
  transaction: Transaction,
  range: { readonly accountId: string; readonly type: string; readonly from: Date; readonly to: Date },
): Promise<Countable[]> {
  const rows = await transaction.rows<{
    event_hash: string;
    time: string;
    data: string;
    generation: number;
    meter_ids: string[];
  }>(
    `SELECT e.event_hash, (extract(epoch FROM e.time) * 1000)::bigint AS time, e.data::text AS data, e.generation,
       ARRAY(SELECT m.id::text FROM metering.meters m WHERE m.event_type = e.type AND m.counted_generations @> e.generation) AS meter_ids
     FROM metering.events e
     WHERE e.account_id = $1 AND e.time >= $2 AND e.time < $3 AND e.type = $4 AND NOT e.retracted`,
    [range.accountId, range.from, range.to, range.type],
  );
  return rows.map((row) => ({
    event: {
      hash: compactUuid(row.event_hash),
      time: Number(row.time),
      data: JSON.parse(row.data) as UsageEvent['data'],
    },
    accountId: range.accountId,
    generation: row.generation,
    meterIds: row.meter_ids,
  }));
}

/** Takes the event back, or gives it other data. */
export async function updateEvent(
  transaction: Transaction,
  { accountId, time, hash }: EventRecord,
  data: UsageEvent['data'] | undefined,
): Promise<void> {
  await transaction.execute(
    `UPDATE metering.events SET retracted = $4::json IS NULL, data = coalesce($4::json, data)
     WHERE account_id = $1 AND time = $2 AND event_hash = $3`,
    [accountId, time, hash, data === undefined ? null : JSON.stringify(data)],
  );
}

export async function insertCorrection(
  transaction: Transaction,
  event: EventRecord,
  correction: Correction & { readonly recordId: string },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO metering.event_corrections (id, tenant_id, account_id, event_hash, kind, reason, previous_data, corrected_by, corrected_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      correction.recordId,
      transaction.tenantId,
      event.accountId,
      event.hash,
      correction.kind,
      correction.reason,
      JSON.stringify(correction.previousData),
      correction.correctedBy,
      correction.correctedAt,
    ],
  );
}

/** Removes the single values that an event has left in a window. */
export async function deleteSamples(transaction: Transaction, { samples }: Sums): Promise<void> {
  for (const { accountId, seriesId, time, eventHash } of samples)
    await transaction.execute(
      `DELETE FROM metering.samples WHERE account_id = $1 AND series_id = $2 AND time = $3 AND event_hash = $4`,
      [accountId, seriesId, new Date(time), eventHash],
    );
}

/**
 * Sets what cannot be taken away of a window, from its events: extremes, last values and distinct values. The windows'
 * rows are locked already.
 */
export async function remakeWindows(
  transaction: Transaction,
  touched: readonly WindowChange[],
  { windows, uniques }: Sums,
): Promise<void> {
  const bySeries = new Map(windows.map((window) => [window.seriesId, window]));
  const made = touched.map((window) => ({ ...window, made: bySeries.get(window.seriesId) }));
  const keys = [
    plainArray(touched.map(({ accountId }) => accountId)),
    plainArray(touched.map(({ seriesId }) => seriesId)),
    timestampArray(touched.map(({ windowStart }) => windowStart)),
  ];
  const touchedRows = `unnest($1::uuid[], $2::uuid[], $3::timestamptz[]`;
  await transaction.execute(
    `UPDATE metering.usage_windows w SET maximum = n.maximum, last_value = n.last_value, last_time = n.last_time
     FROM ${touchedRows}, $4::numeric[], $5::numeric[], $6::timestamptz[]) AS n (account_id, series_id, window_start, maximum, last_value, last_time)
     WHERE w.account_id = n.account_id AND w.series_id = n.series_id AND w.window_start = n.window_start`,
    [
      ...keys,
      plainArray(made.map((one) => one.made?.maximum ?? null)),
      plainArray(made.map((one) => one.made?.lastValue ?? null)),
      timestampArray(made.map((one) => one.made?.lastTime ?? null)),
    ],
  );
  await transaction.execute(
    `DELETE FROM metering.unique_values u USING ${touchedRows}) AS n (account_id, series_id, window_start)
     WHERE u.account_id = n.account_id AND u.series_id = n.series_id AND u.window_start = n.window_start`,
    keys,
  );
  const ids = new Set(touched.map(({ seriesId }) => seriesId));
  await addUniqueValues(
    transaction,
    uniques.filter(({ seriesId }) => ids.has(seriesId)),
  );
}

/** Makes the days of windows anew, where they are rolled up. The transaction has locked them by adding to them. */
export async function remakeDays(transaction: Transaction, windows: readonly WindowChange[]): Promise<void> {
  await transaction.execute(
    `UPDATE metering.usage_days d SET (${sumColumns}) = (
       SELECT ${daySums} FROM metering.usage_windows w
       WHERE w.account_id = d.account_id AND w.series_id = d.series_id AND w.window_start >= d.day_start AND w.window_start < d.day_start + interval '24 hours')
     FROM (SELECT DISTINCT account_id, series_id, ${dayOf('window_start')} AS day_start
       FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS n (account_id, series_id, window_start)) n
     WHERE d.account_id = n.account_id AND d.series_id = n.series_id AND d.day_start = n.day_start`,
    [
      plainArray(windows.map(({ accountId }) => accountId)),
      plainArray(windows.map(({ seriesId }) => seriesId)),
      timestampArray(windows.map(({ windowStart }) => windowStart)),
    ],
  );
}

/** The window of an event. */
export function windowOf(time: Date): { from: Date; to: Date } {
  const start = Math.floor(time.getTime() / WINDOW_MS) * WINDOW_MS;
  return { from: new Date(start), to: new Date(start + WINDOW_MS) };
}
