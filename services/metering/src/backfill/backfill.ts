import { Decimal } from 'decimal.js';

const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP });
const DAY_MS = 86_400_000;
const LARGEST = new Exact('1e18');

/** A counter of Prometheus that becomes usage of a meter. */
export interface BackfillSource {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** Key of the meter. */
  readonly meter: string;
  /** An instant vector selector such as `http_requests_total{job="api"}`. */
  readonly selector: string;
  /** The label that names the account. */
  readonly accountLabel: string;
  /** Fraction digits to which increases are rounded, half away from zero. */
  readonly digits: number;
  /** Properties of the events, for the meter's filters and dimensions. */
  readonly properties: Readonly<Record<string, string>>;
  /** The next day (UTC) to fill, `YYYY-MM-DD`. */
  readonly nextDay: string;
  readonly lastError: string | null;
  readonly createdAt: Date;
}

/** What Prometheus counted for an account. */
export interface MeasuredUsage {
  readonly account: string;
  /** As Prometheus wrote it. */
  readonly value: string;
}

/** The query of a day, evaluated at its end (requirement 03, flow item 4). */
export function renderQuery(source: Pick<BackfillSource, 'selector' | 'accountLabel'>): string {
  return `sum by (${source.accountLabel}) (increase(${source.selector}[24h]))`;
}

/** A day's usage as a decimal with so many digits; undefined for what is no quantity. */
export function roundMeasured(value: string, digits: number): string | undefined {
  try {
    const rounded = new Exact(value).toDecimalPlaces(digits);
    return rounded.isFinite() && rounded.gte(0) && rounded.lt(LARGEST) ? rounded.toFixed() : undefined;
  } catch {
    return undefined;
  }
}

/** What was measured and not metered; undefined when that is nothing. */
export function findDifference(measured: string, metered: string): string | undefined {
  const difference = new Exact(measured).minus(metered);
  return difference.gt(0) ? difference.toFixed() : undefined;
}

export function addUp(quantities: readonly string[]): string {
  return quantities.reduce((sum, quantity) => sum.plus(quantity), new Exact(0)).toFixed();
}

/** The event that fills an account's day. Its identity is made of source, day and account: it counts once. */
export function toEvent(
  source: BackfillSource,
  day: string,
  usage: { readonly account: string; readonly quantity: string },
  meter: { readonly eventType: string; readonly valueProperty: string },
): object {
  return {
    specversion: '1.0',
    id: `${source.id}/${day}/${usage.account}`,
    source: 'urn:plinth:backfill',
    type: meter.eventType,
    subject: usage.account,
    time: new Date(endOf(day).getTime() - 1).toISOString(),
    data: { ...source.properties, backfill: source.name, [meter.valueProperty]: usage.quantity },
  };
}

/** The end of a day (UTC). */
export function endOf(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
}

/** The day (UTC) in which an instant lies. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The day after. */
export function nextDayOf(day: string): string {
  return dayOf(endOf(day));
}
