import { plainArray, type Transaction } from '@plinth/common';
import type { Meter } from '../meter/meter.ts';
import { fitsFilters } from './event-list.store.ts';

/** What events of one service add up to. */
export interface ServiceSum {
  readonly service: string;
  readonly events: number;
  /** Exact decimal; null where none of them has a value. */
  readonly quantity: string | null;
}

export interface ServiceUsageRange {
  readonly accountIds: readonly string[];
  readonly from: Date;
  readonly to: Date;
  /** Most events that are read. */
  readonly limit: number;
}

const service = `CASE WHEN json_typeof(e.data -> 'service') = 'string' AND e.data ->> 'service' <> '' THEN e.data ->> 'service'
  ELSE regexp_replace(e.source, '^/services/', '') END`;

// As `parseQuantity`: of a number that has lost digits nothing is known.
const value = `CASE WHEN $7::text IS NULL THEN 1
  WHEN json_typeof(e.data -> $7) IN ('string', 'number') AND e.data ->> $7 ~ '^-?[0-9]{1,18}([.][0-9]{1,12})?$'
    AND (json_typeof(e.data -> $7) = 'string' OR e.data ->> $7 ~ '[.]' OR abs((e.data ->> $7)::numeric) <= 9007199254740991)
  THEN (e.data ->> $7)::numeric END`;

/**
 * Adds up the stored events that a meter which counts or sums has counted, by service. Together their number is above
 * the limit where there are more than may be read; what they add up to is of no use then.
 */
export async function sumByService(
  transaction: Transaction,
  meter: Meter,
  { accountIds, from, to, limit }: ServiceUsageRange,
): Promise<ServiceSum[]> {
  return transaction.rows<ServiceSum>(
    `SELECT service, count(*)::int AS events, trim_scale(sum(value))::text AS quantity
     FROM (
       SELECT ${service} AS service, ${value} AS value
       FROM metering.events e
       WHERE e.account_id = ANY($1::uuid[]) AND e.time >= $2 AND e.time < $3 AND e.type = $4 AND NOT e.retracted
         AND (SELECT counted_generations FROM metering.meters WHERE id = $5) @> e.generation AND ${fitsFilters('$6')}
       LIMIT $8
     ) one GROUP BY service ORDER BY service`,
    [
      plainArray(accountIds),
      from,
      to,
      meter.eventType,
      meter.id,
      JSON.stringify(meter.filters),
      meter.valueProperty,
      limit + 1,
    ],
  );
}
