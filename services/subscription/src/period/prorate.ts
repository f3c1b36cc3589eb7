import type { Decimal } from 'decimal.js';
import { addDays } from '@plinth/common/calendar';
import { countDays, localDateAt, startOfDay } from '@plinth/common/local-date';
import { exact, zero } from '../money/exact-decimal.ts';
import { splitAmount } from '../money/split-amount.ts';

/** Calendar days of the customer's zone, the default, or seconds (rule 9). */
export type ProrationBasis = 'day' | 'second';

/** The real full period that a price is for, and how parts of it are measured. */
export interface ProrationRule {
  readonly period: { readonly start: Date; readonly end: Date };
  readonly zone: string;
  readonly basis: ProrationBasis;
}

/** The part used, [from, to); what lies outside the full period does not count. */
export interface UsedSpan {
  readonly from: Date;
  readonly to: Date;
  /** What happens at `to`: a change's day belongs to the new plan, a termination consumes its day (rule 10). */
  readonly ending: 'change' | 'termination';
}

/** A ratio kept as two whole numbers, so that the invoice line can show and recompute it. */
export interface Proration {
  readonly used: number;
  readonly of: number;
}

/** Used days (or seconds) over those of the real full period. */
export function prorationOf(rule: ProrationRule, span: UsedSpan): Proration {
  const { period } = rule;
  const to = span.ending === 'termination' && rule.basis === 'day' ? endOfDay(rule.zone, span.to) : span.to;
  const from = clamp(span.from, period);
  return { used: Math.max(0, measure(rule, from, clamp(to, period))), of: measure(rule, period.start, period.end) };
}

/** amount × used ÷ of, not rounded; a period of no length costs nothing. */
export function prorate(amount: Decimal | string, proration: Proration): Decimal {
  if (proration.of === 0) return zero;
  return exact(amount).times(proration.used).dividedBy(proration.of);
}

/**
 * Splits an amount of the full period over the parts between successive changes, one more than there are changes, by
 * largest remainder: the parts always add up to the amount (rule 4).
 */
export function prorateParts(amount: bigint, rule: ProrationRule, changes: readonly Date[]): bigint[] {
  const { period } = rule;
  const cuts = [period.start, ...changes.map((change) => clamp(change, period)), period.end];
  const weights = cuts.slice(1).map((to, index) => {
    const units = measure(rule, cuts[index]!, to);
    if (units < 0) throw new RangeError('changes must be in order of time');
    return BigInt(units);
  });
  return splitAmount(amount, weights);
}

/** An instant counts from the start of its day or second, so parts that meet never share one. */
function measure({ zone, basis }: ProrationRule, from: Date, to: Date): number {
  if (basis === 'second') return wholeSeconds(to) - wholeSeconds(from);
  return countDays(zone, localDateAt(zone, from), localDateAt(zone, to));
}

function endOfDay(zone: string, instant: Date): Date {
  return startOfDay(zone, addDays(localDateAt(zone, instant), 1));
}

function wholeSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}

function clamp(instant: Date, { start, end }: ProrationRule['period']): Date {
  if (instant < start) return start;
  return instant > end ? end : instant;
}
