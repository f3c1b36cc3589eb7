import type { Decimal } from 'decimal.js';
import { zero } from '../money/exact-decimal.ts';
import type { Proration, ProrationBasis } from '../period/prorate.ts';
import { rateRemainder } from '../rating/rate.ts';
import { ratingDetail } from '../rating/rating-detail.ts';
import type { GroupedQuantity } from '../rating/rating.ts';
import { addReadings, emptyReading, toReading, type Reading } from '../rating/reading.ts';
import type { MeteredItem } from './billable-plan.ts';
import type { PeriodPart, Segment } from './billing.ts';
import { precise, type BilledLine } from './line.ts';

/** A meter's window that a billing needs the quantity of. */
export interface UsageWindow {
  readonly meter: string;
  readonly from: Date;
  readonly to: Date;
  /** The dimensions by which a matrix needs the quantity; absent: the total. */
  readonly groupBy?: readonly string[] | undefined;
}

/** The quantity metered in a window, as exact text; by its dimensions where the window names some. */
export type FindQuantity = (window: UsageWindow) => string | readonly GroupedQuantity[];

// Metering counts by these, so no smaller part of time has a quantity.
const quarterHour = 900_000;

/** The windows whose quantities a period's lines are made of; those without length are left out. */
export function listUsageWindows(part: PeriodPart): UsageWindow[] {
  return part.segments.flatMap((segment) => {
    const { from, to } = meteredSpan(segment);
    if (from >= to) return [];
    return segment.phase.plan.usage.map(({ meter, groupBy }) => ({ meter, groupBy, from, to }));
  });
}

/**
 * The time whose usage belongs to a segment: a quarter of an hour in which something begins belongs to that, and what
 * ends in it gives it up, so that no quarter counts twice. Local midnights lie on quarters, so this moves only changes
 * that are measured in seconds.
 */
function meteredSpan({ start, end }: Segment): { readonly from: Date; readonly to: Date } {
  return { from: startOfQuarter(start), to: startOfQuarter(end) };
}

function startOfQuarter(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / quarterHour) * quarterHour);
}

interface Billed {
  readonly reading: Reading;
  /** As rated: converted, and zero where it was negative (rule 14). */
  readonly quantity: Decimal;
  readonly amount: Decimal;
  readonly minor: bigint;
}

/**
 * Usage lines of a period. Where one price applies in several phases, each line is what the quantity so far costs
 * less what the lines before it billed, so that a change of seats does not begin the tiers anew (rule 12).
 */
export function billUsage(part: PeriodPart, currency: string, findQuantity: FindQuantity): BilledLine[] {
  const billed = new Map<string, Billed>();
  const lines: BilledLine[] = [];
  for (const segment of part.segments) {
    for (const item of segment.phase.plan.usage) {
      const key = keyOf(segment, item);
      const before = billed.get(key) ?? nothingBilled;
      const { from, to } = meteredSpan(segment);
      const reading =
        from < to ? toReading(findQuantity({ meter: item.meter, groupBy: item.groupBy, from, to })) : emptyReading;
      const proration = item.isProrated ? partOf(part, segment, item) : undefined;
      const { line, total } = billReading(item, currency, { reading, before, proration });
      billed.set(key, total);
      lines.push({ ...lineOf(part, segment, item), ...line });
    }
  }
  return lines;
}

function keyOf({ phase }: Segment, { price }: MeteredItem): string {
  return `${phase.track}/${phase.plan.version}/${price.id}`;
}

/** How much of the period a price applied to, over all phases; undefined for the whole of it. */
function partOf({ basis, segments }: PeriodPart, segment: Segment, item: MeteredItem): PartOfPeriod | undefined {
  const key = keyOf(segment, item);
  const used = segments
    .filter((other) => other.phase.plan.usage.some((own) => keyOf(other, own) === key))
    .reduce((sum, other) => sum + other.used, 0);
  return used === segment.of ? undefined : { basis, used, of: segment.of };
}

interface PartOfPeriod extends Proration {
  readonly basis: ProrationBasis;
}

interface ReadingInput {
  readonly reading: Reading;
  readonly before: Billed;
  readonly proration: PartOfPeriod | undefined;
}

const nothingBilled: Billed = { reading: emptyReading, quantity: zero, amount: zero, minor: 0n };

/** What a reading adds to the lines before it, and where the period then stands. */
function billReading(item: MeteredItem, currency: string, { reading, before, proration }: ReadingInput) {
  const soFar = addReadings(before.reading, reading);
  const rating = item.rate(soFar, proration);
  const minor = rateRemainder(rating, currency, before.minor);
  const line = {
    quantityRaw: reading.total.toFixed(),
    quantityBilled: precise(rating.quantity.minus(before.quantity)),
    detail: {
      ...ratingDetail(item.price.model, rating),
      ...(proration === undefined ? {} : { proration }),
      ...(before.reading.total.isZero() && before.minor === 0n
        ? {}
        : { quantityBefore: before.reading.total.toFixed(), billedBeforeMinor: before.minor.toString() }),
    },
    amountPrecise: precise(rating.amount.minus(before.amount)),
    amountMinor: minor,
  };
  return {
    line,
    total: { reading: soFar, quantity: rating.quantity, amount: rating.amount, minor: before.minor + minor },
  };
}

function lineOf({ period }: PeriodPart, segment: Segment, { price, meter }: MeteredItem) {
  const { phase } = segment;
  const { from, to } = meteredSpan(segment);
  return {
    kind: 'usage' as const,
    periodIndex: period.index,
    phaseId: phase.id,
    planId: phase.plan.planId,
    planVersion: phase.plan.version,
    priceId: price.id,
    priceKey: price.key,
    taxCategory: price.taxCategory,
    meter,
    description: price.description === '' ? price.key : price.description,
    start: from,
    end: to,
  };
}
