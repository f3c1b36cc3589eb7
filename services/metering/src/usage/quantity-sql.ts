import { dayOf } from './usage-days.store.ts';

const columns = 'events, quantity, maximum, last_value, last_time';

/** SQL of what is read: expressions for the account, the revision's columns under `revision`, and the range. */
export interface QuantityRange {
  readonly account: string;
  readonly from: string;
  readonly to: string;
  /** Up to when weighted sums take the last value to be held. */
  readonly now: string;
}

/** Sums of a series in [from, to): whole days that are rolled up as days, the rest as windows. */
export function sumRows(series: string, { account, from, to }: Omit<QuantityRange, 'now'>): string {
  const windows = (start: string, end: string): string =>
    `SELECT window_start AS start, ${columns} FROM metering.usage_windows
     WHERE account_id = ${account} AND series_id = ${series} AND window_start >= ${start} AND window_start < ${end}`;
  return `SELECT part.* FROM (
      SELECT days.first, greatest(days.first, least(${dayOf(to)}, coalesce((SELECT rolled_until FROM metering.day_roll_ups), '-infinity'))) AS after
      FROM (SELECT ${dayOf(`${from} + interval '24 hours' - interval '1 microsecond'`)} AS first) days
      -- Kept apart: the row-level security of the tables lets bounds into an index that are values, not look-ups.
      OFFSET 0
    ) days CROSS JOIN LATERAL (
      ${windows(from, `least(days.first, ${to})`)}
      UNION ALL
      SELECT day_start, ${columns} FROM metering.usage_days
      WHERE account_id = ${account} AND series_id = ${series} AND day_start >= days.first AND day_start < days.after
      UNION ALL
      ${windows('days.after', to)}
    ) part`;
}

/** A quantity made of rows that have a sum's columns: what each additive aggregation takes of them. */
export const additive = {
  count: 'coalesce(sum(part.events), 0)::numeric',
  sum: 'coalesce(sum(part.quantity), 0)',
  max: 'coalesce(max(part.maximum), 0)',
  min: 'coalesce(-max(part.maximum), 0)',
  last: '(array_agg(part.last_value ORDER BY part.last_time DESC, part.last_value DESC) FILTER (WHERE part.last_time IS NOT NULL))[1]',
} as const;

/** The series of a revision `r` in which single values stand: its groups or, without dimensions, itself. */
function leaves(account: string): string {
  return `(SELECT r.id AS series_id UNION ALL SELECT g.series_id FROM metering.usage_groups g WHERE g.account_id = ${account} AND g.revision_id = r.id)`;
}

/** Distinct values. */
function uniques({ account, from, to }: QuantityRange): string {
  return `(SELECT count(DISTINCT u.value_hash) FROM metering.unique_values u
    WHERE u.account_id = ${account} AND u.series_id = r.id AND u.window_start >= ${from} AND u.window_start < ${to})::numeric`;
}

/**
 * The least value that at least so many percent of the values do not exceed: nearest rank, ⌈p ÷ 100 × n⌉, in decimals
 * (`percentile_disc` multiplies in floating point, and takes the eighth of 100 values for 7 %).
 */
function percentile({ account, from, to }: QuantityRange): string {
  return `(SELECT s.value FROM (
      SELECT value, row_number() OVER (ORDER BY value) AS rank, count(*) OVER () AS total
      FROM ${leaves(account)} leaf JOIN metering.samples p ON p.account_id = ${account} AND p.series_id = leaf.series_id
      WHERE p.time >= ${from} AND p.time < ${to}
    ) s WHERE s.rank = greatest(1, ceil(r.percentile * s.total / 100)))`;
}

/**
 * Unit-hours of one series in [from, to): each value times the time until the next one, where the value that came last
 * before the range holds at its start, and nothing is held after now. Exact seconds, divided and rounded to twelve
 * digits once. Each combination of dimension values is a gauge of its own.
 */
export function heldHours(series: string, { account, from, to, now }: QuantityRange): string {
  const end = `greatest(${from}, least(${to}, ${now}))`;
  const samples = `FROM metering.samples WHERE account_id = ${account} AND series_id = ${series}`;
  return `(SELECT coalesce(sum(held.value * extract(epoch FROM held.until - greatest(held.time, ${from}))), 0) FROM (
      SELECT value, time, lead(time, 1, ${end}) OVER (ORDER BY time, value, event_hash) AS until FROM (
        (SELECT time, value, event_hash ${samples} AND time < ${from} ORDER BY time DESC, value DESC, event_hash DESC LIMIT 1)
        UNION ALL
        SELECT time, value, event_hash ${samples} AND time >= ${from} AND time < ${end}
      ) s
    ) held)`;
}

function weightedSum(range: QuantityRange): string {
  return `(SELECT round(sum(${heldHours('leaf.series_id', range)}) / 3600, 12) FROM ${leaves(range.account)} leaf)`;
}

/** One quantity of a revision `r` and an account, as a column `quantity` of one row. */
export function quantity(range: QuantityRange): string {
  return `
    SELECT coalesce(CASE r.aggregation
      WHEN 'count' THEN total.count WHEN 'sum' THEN total.sum WHEN 'max' THEN total.max WHEN 'min' THEN total.min WHEN 'last' THEN total.last
      WHEN 'unique_count' THEN ${uniques(range)}
      WHEN 'percentile' THEN ${percentile(range)}
      WHEN 'weighted_sum' THEN ${weightedSum(range)}
    END, 0) AS quantity
    FROM (SELECT ${Object.entries(additive)
      .map(([name, sql]) => `${sql} AS ${name}`)
      .join(', ')} FROM (${sumRows('r.id', range)}) part) total`;
}
