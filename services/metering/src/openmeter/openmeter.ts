import type { Meter } from '../meter/meter.ts';
import type { QuotaState } from '../quota/quota.ts';
import type { UsageQuery, UsageRow } from '../usage/usage-query.ts';

/** Aggregations of the OpenMeter API; the others of ours have no counterpart there. */
const aggregations = {
  count: 'COUNT',
  sum: 'SUM',
  max: 'MAX',
  min: 'MIN',
  last: 'LATEST',
  unique_count: 'UNIQUE_COUNT',
} as const;

export type OpenMeterAggregation = (typeof aggregations)[keyof typeof aggregations];

/** A meter as the OpenMeter API shows it. */
export interface OpenMeterMeter {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly aggregation: OpenMeterAggregation;
  readonly eventType: string;
  readonly valueProperty?: string;
  readonly groupBy: Record<string, string>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Undefined for a meter whose aggregation has no counterpart. */
export function toOpenMeterMeter(meter: Meter): OpenMeterMeter | undefined {
  const aggregation = (aggregations as Partial<Record<string, OpenMeterAggregation>>)[meter.aggregation];
  if (aggregation === undefined) return undefined;
  return {
    id: meter.id,
    slug: meter.key,
    name: meter.name,
    aggregation,
    eventType: meter.eventType,
    ...(meter.valueProperty === null ? {} : { valueProperty: `$.${meter.valueProperty}` }),
    groupBy: Object.fromEntries(meter.dimensions.map((name) => [name, `$.${name}`])),
    createdAt: meter.createdAt.toISOString(),
    updatedAt: meter.updatedAt.toISOString(),
  };
}

export const windowSizes = { HOUR: 'hour', DAY: 'day', MONTH: 'month' } as const satisfies Record<
  string,
  UsageQuery['windowSize']
>;

/** One quantity of a query as the OpenMeter API shows it: its numbers are doubles. */
export interface OpenMeterRow {
  readonly value: number;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly subject: string | null;
  readonly customerId?: string;
  readonly groupBy: Record<string, string | null>;
}

/** `keys`: accounts' keys by id, where the query groups by them. */
export function toOpenMeterRow(row: UsageRow, keys: ReadonlyMap<string, string>): OpenMeterRow {
  const { accountId, ...values } = row.values;
  return {
    value: Number(row.quantity),
    windowStart: row.from.toISOString(),
    windowEnd: row.to.toISOString(),
    subject: accountId === undefined ? null : (keys.get(accountId) ?? accountId),
    ...(accountId === undefined ? {} : { customerId: accountId }),
    groupBy: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? null : value])),
  };
}

/** What an account may still use, as the OpenMeter API shows a metered entitlement. */
export interface OpenMeterEntitlementValue {
  readonly hasAccess: boolean;
  readonly balance: number;
  readonly usage: number;
  readonly overage: number;
  readonly totalAvailableGrantAmount: number;
}

export function toEntitlementValue(state: QuotaState): OpenMeterEntitlementValue {
  return {
    hasAccess: state.quota.overage === 'allow' || Number(state.remaining) > 0,
    balance: Number(state.remaining),
    usage: Number(state.used),
    overage: Number(state.overage),
    totalAvailableGrantAmount: Number(state.limit),
  };
}
