import type { BillingPeriod } from '@plinth/contracts';
import { exact } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';
import type { BillableSubscription, Billing } from './billing.ts';
import type { BilledLine } from './line.ts';
import { limitLine } from './bill-spend-limits.ts';

/** An amount that must be spent in each term; terms are whole periods, counted from `firstIndex`. */
export interface CommittedSpend {
  /** Major units. */
  readonly amount: string;
  readonly term: BillingPeriod;
  /** The period that opens the first term. */
  readonly firstIndex: number;
}

/** The periods of a term whose end a billing settles: [from, to]. */
export interface SettledTerm {
  readonly from: number;
  readonly to: number;
}

/** How many periods a term has; undefined when it is not a whole number of them. */
export function periodsOf(term: BillingPeriod, period: BillingPeriod): number | undefined {
  const [long, short] = [lengthOf(term), lengthOf(period)];
  return long.unit === short.unit && long.count % short.count === 0 ? long.count / short.count : undefined;
}

/**
 * The term that ends with the period that a billing closes, or with the subscription: a promise that is cut short by
 * a cancellation is kept all the same.
 */
export function settledTerm(
  { schedule, endsAt }: BillableSubscription,
  { closing }: Billing,
  { term, firstIndex }: CommittedSpend,
): SettledTerm | undefined {
  const periods = periodsOf(term, schedule.period);
  if (closing === undefined || periods === undefined || closing.period.index < firstIndex) return undefined;
  const { index, start, end } = closing.period;
  const position = (index - firstIndex) % periods;
  const isOver = endsAt !== null && endsAt <= end && endsAt > start;
  return position === periods - 1 || isOver ? { from: index - position, to: index } : undefined;
}

/** The line that makes up for what was not spent of a commitment; undefined when enough was. */
export function billCommitment(
  { currency }: BillableSubscription,
  { closing }: Billing,
  { amount, term }: CommittedSpend,
  spentMinor: bigint,
): BilledLine | undefined {
  const committedMinor = roundMoney(exact(amount), currency);
  const last = closing?.segments.at(-1);
  if (closing === undefined || last === undefined || spentMinor >= committedMinor) return undefined;
  return limitLine({
    kind: 'minimum',
    closing,
    last,
    key: 'commitment',
    description: 'Commitment',
    amountMinor: committedMinor - spentMinor,
    currency,
    detail: { term, committedMinor: committedMinor.toString(), spentMinor: spentMinor.toString() },
  });
}

function lengthOf({ unit, count }: BillingPeriod): { unit: 'day' | 'month'; count: number } {
  if (unit === 'day') return { unit, count };
  if (unit === 'week') return { unit: 'day', count: count * 7 };
  return { unit: 'month', count: unit === 'year' ? count * 12 : count };
}
