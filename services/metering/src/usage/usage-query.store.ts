import type { Transaction } from '@plinth/common';
import type { Meter } from '../meter/meter.ts';
import { additive, heldHours, sumRows } from './quantity-sql.ts';
import type { UsageQuery, UsageRow, WindowSize } from './usage-query.ts';

/** The start of the window in which a time lies, and of the next one; `$6` is the zone. */
const windows: Record<WindowSize, { start(time: string): string; next(start: string): string }> = {
  quarter_hour: {
    start: (time) => `date_bin('15 minutes', ${time}, timestamptz '2000-01-01 00:00:00+00')`,
    next: (start) => `${start} + interval '15 minutes'`,
  },
  hour: {
    start: (time) => `date_trunc('hour', ${time}, $6)`,
    next: (start) => `date_trunc('hour', ${start}, $6) + interval '1 hour'`,
  },
  day: {
    start: (time) => `date_trunc('day', ${time}, $6)`,
    next: (start) => `(date_trunc('day', ${start} AT TIME ZONE $6) + interval '1 day') AT TIME ZONE $6`,
  },
  month: {
    start: (time) => `date_trunc('month', ${time}, $6)`,
    next: (start) => `(date_trunc('month', ${start} AT TIME ZONE $6) + interval '1 month') AT TIME ZONE $6`,
  },
};

/** Adds up what one series has in one window: a statement over `part`, the series' rows with the window's `start`. */
const sources = {
  windows: `SELECT w.window_start AS time, w.events, w.quantity, w.maximum, w.last_value, w.last_time FROM metering.usage_windows w
    WHERE w.account_id = leaf.account_id AND w.series_id = leaf.series_id AND w.window_start >= $4::timestamptz AND w.window_start < $5::timestamptz`,
  uniques: `SELECT u.window_start AS time, u.value_hash FROM metering.unique_values u
    WHERE u.account_id = leaf.account_id AND u.series_id = leaf.series_id AND u.window_start >= $4::timestamptz AND u.window_start < $5::timestamptz`,
  samples: `SELECT p.time, p.value FROM metering.samples p
    WHERE p.account_id = leaf.account_id AND p.series_id = leaf.series_id AND p.time >= $4::timestamptz AND p.time < $5::timestamptz`,
};

/** Reads one meter's usage; at most `limit` rows, in order of time and group. */
export async function queryUsage(
  transaction: Transaction,
  meter: Meter,
  query: UsageQuery & { readonly now: Date; readonly limit: number },
): Promise<UsageRow[]> {
  const size = query.windowSize === undefined ? undefined : windows[query.windowSize];
  const start = size === undefined ? '$4::timestamptz' : `greatest($4::timestamptz, ${size.start('part.time')})`;
  const end = size === undefined ? '$5::timestamptz' : `least($5::timestamptz, ${size.next('one.start')})`;
  return transaction.rows<UsageRow>(
    // Every parameter has its type, whichever of them the statement goes on to use.
    `WITH RECURSIVE asked AS (SELECT $1::uuid AS revision_id, $2::uuid[] AS accounts, $3::text[] AS dimensions, $6::text AS zone, $7::jsonb AS filter, $8::timestamptz AS now),
       leaves AS (${leaves(meter, query)}),
       ${size === undefined || meter.aggregation !== 'weighted_sum' ? '' : `starts AS (SELECT $4::timestamptz AS start UNION ALL SELECT ${size.next('start')} FROM starts WHERE ${size.next('start')} < $5::timestamptz),`}
       one AS (${rows(meter, start, size === undefined ? undefined : `least($5::timestamptz, ${size.next('starts.start')})`)})
     SELECT one.start AS "from", ${end} AS "to", one.values, trim_scale(one.quantity)::text AS quantity
     FROM one WHERE one.quantity IS NOT NULL ORDER BY one.start, one.values LIMIT $9`,
    [
      meter.revisionId,
      query.accountIds ?? null,
      query.groupBy ?? [],
      query.from,
      query.to,
      query.windowTimeZone ?? 'UTC',
      JSON.stringify(query.filter ?? {}),
      query.now,
      query.limit,
    ],
  );
}

/** The series that the query reads, with the values by which it groups. */
function leaves(meter: Meter, { accountIds, groupBy = [], filter = {} }: UsageQuery): string {
  const values = `(SELECT coalesce(jsonb_object_agg(name, CASE WHEN name = 'accountId' THEN leaf.account_id::text ELSE leaf.values ->> name END), '{}') FROM unnest($3::text[]) AS name)`;
  const isGrouped = groupBy.some((name) => name !== 'accountId') || Object.keys(filter).length > 0;
  // Of what is not added up, single values stand in the groups alone.
  const isInGroups =
    meter.dimensions.length > 0 && (isGrouped || ['percentile', 'weighted_sum'].includes(meter.aggregation));
  const from = isInGroups
    ? `SELECT account_id, series_id, values FROM metering.usage_groups
       WHERE revision_id = $1::uuid ${accountIds === undefined ? '' : 'AND account_id = ANY($2::uuid[])'}
         AND NOT EXISTS (SELECT FROM jsonb_each($7::jsonb) f WHERE NOT f.value ? (values ->> f.key))`
    : `SELECT account_id, $1::uuid AS series_id, '{}'::jsonb AS values FROM (
         ${
           accountIds === undefined
             ? 'SELECT DISTINCT account_id FROM metering.usage_windows WHERE series_id = $1::uuid AND window_start < $5::timestamptz'
             : 'SELECT DISTINCT account_id FROM unnest($2::uuid[]) AS account_id'
         }
       ) accounts`;
  return `SELECT leaf.account_id, leaf.series_id, ${values} AS values FROM (${from}) leaf`;
}

function rows(meter: Meter, start: string, weightedEnd: string | undefined): string {
  const grouped = (quantity: string, source: string): string =>
    `SELECT leaf.values, ${start} AS start, ${quantity} AS quantity FROM leaves leaf CROSS JOIN LATERAL (${source}) part GROUP BY 1, 2`;
  // Windows whose events were all retracted are there still.
  const having = 'HAVING sum(part.events) > 0';
  switch (meter.aggregation) {
    case 'unique_count':
      return grouped('count(DISTINCT part.value_hash)::numeric', sources.uniques);
    case 'percentile':
      return `SELECT ranked.values, ranked.start, ranked.value AS quantity FROM (
          SELECT leaf.values, ${start} AS start, part.value,
            row_number() OVER (PARTITION BY leaf.values, ${start} ORDER BY part.value) AS rank,
            count(*) OVER (PARTITION BY leaf.values, ${start}) AS total
          FROM leaves leaf CROSS JOIN LATERAL (${sources.samples}) part
        ) ranked CROSS JOIN (SELECT percentile FROM metering.meter_revisions WHERE id = $1::uuid) r
        WHERE ranked.rank = greatest(1, ceil(r.percentile * ranked.total / 100))`;
    case 'weighted_sum': {
      const range = {
        account: 'leaf.account_id',
        from: weightedEnd === undefined ? '$4::timestamptz' : 'starts.start',
        to: weightedEnd ?? '$5::timestamptz',
        now: '$8::timestamptz',
      };
      return `SELECT leaf.values, ${range.from} AS start, nullif(round(sum(${heldHours('leaf.series_id', range)}) / 3600, 12), 0) AS quantity
        FROM leaves leaf ${weightedEnd === undefined ? '' : 'CROSS JOIN starts'} GROUP BY 1, 2`;
    }
    default:
      return `${grouped(additive[meter.aggregation], start === '$4::timestamptz' ? wholeRange : sources.windows)} ${having}`;
  }
}

const wholeRange = sumRows('leaf.series_id', {
  account: 'leaf.account_id',
  from: '$4::timestamptz',
  to: '$5::timestamptz',
});
