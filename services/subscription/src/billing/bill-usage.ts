import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import { rateRemainder } from '../rating/rate.ts';
import type { BillableItem } from './billable-plan.ts';
import type { PeriodPart, Segment } from './billing.ts';
import { precise, ratingDetail, type BilledLine } from './line.ts';

/** A meter's window that a billing needs the quantity of. */
export interface UsageWindow {
  readonly meter: string;
  readonly from: Date;
  readonly to: Date;
}

/** The quantity metered in a window, as exact text. */
export type FindQuantity = (window: UsageWindow) => string;

/** The windows whose quantities a period's lines are made of: usage is split between phases at local midnight. */
export function listUsageWindows(part: PeriodPart): UsageWindow[] {
  return part.segments.flatMap(({ phase, start, end }) =>
    phase.plan.usage.map(({ meter }) => ({ meter, from: start, to: end })),
  );
}

interface Billed {
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
      const key = `${segment.phase.plan.version}/${item.price.id}`;
      const before = billed.get(key) ?? { quantity: zero, amount: zero, minor: 0n };
      const raw = exact(findQuantity({ meter: item.meter, from: segment.start, to: segment.end }));
      const quantity = before.quantity.plus(raw);
      const rating = item.rate(quantity);
      const minor = rateRemainder(rating, currency, before.minor);
      billed.set(key, { quantity, amount: rating.amount, minor: before.minor + minor });
      lines.push({
        ...lineOf(part, segment, item),
        quantityRaw: raw.toFixed(),
        quantityBilled: floorAtZero(quantity).minus(floorAtZero(before.quantity)).toFixed(),
        detail: {
          ...ratingDetail(item.price.model, rating),
          ...(before.quantity.isZero()
            ? {}
            : { quantityBefore: before.quantity.toFixed(), billedBeforeMinor: before.minor.toString() }),
        },
        amountPrecise: precise(rating.amount.minus(before.amount)),
        amountMinor: minor,
      });
    }
  }
  return lines;
}

/** Negative usage keeps its true quantity and costs nothing (rule 14). */
function floorAtZero(quantity: Decimal): Decimal {
  return quantity.isNegative() ? zero : quantity;
}

function lineOf({ period }: PeriodPart, { phase, start, end }: Segment, { price, meter }: BillableItem) {
  return {
    kind: 'usage' as const,
    periodIndex: period.index,
    phaseId: phase.id,
    planId: phase.plan.planId,
    planVersion: phase.plan.version,
    priceId: price.id,
    priceKey: price.key,
    meter: meter ?? null,
    description: price.description === '' ? price.key : price.description,
    start,
    end,
  };
}
