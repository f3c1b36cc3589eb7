import type { Transaction } from '@plinth/common';
import type { MeterFilter } from '../meter/meter.ts';
import type { EventRecord } from './correction.ts';

/** Which stored events are listed. */
export interface EventListQuery {
  readonly accountId: string;
  readonly from: Date;
  readonly to: Date;
  readonly type?: string | undefined;
  /** Of a meter; all must hold. */
  readonly filters?: readonly MeterFilter[] | undefined;
  /** One event by its identity. */
  readonly hash?: string | undefined;
  readonly oldestFirst?: boolean | undefined;
  /** The last event of the page before: milliseconds since 1970, and hash. */
  readonly after?: readonly [number, string] | undefined;
  readonly limit?: number | undefined;
}

const corrections = `coalesce((SELECT json_agg(json_build_object('kind', c.kind, 'reason', c.reason, 'previousData', c.previous_data,
    'correctedBy', c.corrected_by, 'correctedAt', c.corrected_at) ORDER BY c.id)
  FROM metering.event_corrections c WHERE c.event_hash = e.event_hash), '[]')`;

/**
 * Whether an event `e` fits the filters of a parameter, as `holds` in `series.ts`: texts, numbers and booleans are
 * compared as text, anything else is as if absent.
 */
export const fitsFilters = (
  parameter: string,
): string => `NOT EXISTS (SELECT FROM jsonb_array_elements(${parameter}::jsonb) f WHERE
  coalesce(json_typeof(e.data -> (f ->> 'property')) IN ('string', 'number', 'boolean') AND (f -> 'values') ? (e.data ->> (f ->> 'property')), false)
  = (f ->> 'operator' = 'not_equals'))`;

/** Stored events of an account in [from, to), newest first unless asked otherwise. */
export async function listEvents(transaction: Transaction, query: EventListQuery): Promise<EventRecord[]> {
  const [order, beyond] = query.oldestFirst === true ? ['', '>'] : ['DESC', '<'];
  const rows = await transaction.rows<EventRecord>(
    `SELECT e.event_hash AS hash, e.source, e.id, e.type, e.account_id AS "accountId", e.time, e.received_at AS "receivedAt",
       e.data, e.retracted, ${corrections} AS corrections
     FROM metering.events e
     WHERE e.account_id = $1 AND e.time >= $2 AND e.time < $3 AND ($4::text IS NULL OR e.type = $4) AND ($5::uuid IS NULL OR e.event_hash = $5)
       AND ${fitsFilters('$6')} AND ($7::timestamptz IS NULL OR (e.time, e.event_hash) ${beyond} ($7, $8::uuid))
     ORDER BY e.time ${order}, e.event_hash ${order} LIMIT $9`,
    [
      query.accountId,
      query.from,
      query.to,
      query.type ?? null,
      query.hash ?? null,
      JSON.stringify(query.filters ?? []),
      query.after === undefined ? null : new Date(query.after[0]),
      query.after?.[1] ?? null,
      query.limit ?? 1,
    ],
  );
  return rows.map((row) => ({
    ...row,
    corrections: row.corrections.map((one) => ({ ...one, correctedAt: new Date(one.correctedAt) })),
  }));
}
