import type { BillingPeriod } from '@plinth/contracts';
import { exact } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';
import { periodAt } from '../period/period.ts';
import { prorate, prorationOf, type Proration } from '../period/prorate.ts';
import type { BillableSubscription, Billing } from './billing.ts';
import type { BilledLine } from './line.ts';
import { limitLine } from './bill-spend-limits.ts';

// Stands in a line's key where other lines have that of their price.
const commitmentKey = 'commitment';

/** An amount that must be spent in each term; terms are whole periods. */
export interface CommittedSpend {
  /** Major units. */
  readonly amount: string;
  readonly term: BillingPeriod;
  /** The first period that is committed. */
  readonly firstIndex: number;
  /** A period that opens a term, where that is not the first one: the first term is then served in part. */
  readonly alignedTo?: number;
}

/** A commitment, and what was billed so far for each period, in smallest units. */
export interface CommitmentProgress {
  readonly commitment: CommittedSpend;
  readonly spent: ReadonlyMap<number, bigint>;
}

/** The periods of a term whose end a billing settles, [from, to], and how much of the whole term was served. */
export interface SettledTerm {
  readonly from: number;
  readonly to: number;
  readonly served: Proration;
}

/** What is promised for a settled term: the committed amount, or that part of it which was served. */
export interface PromisedSpend {
  /** Major units, not rounded. */
  readonly amount: string;
  readonly term: BillingPeriod;
  /** How the part was measured, and the amount of a whole term; absent where that is what is promised. */
  readonly part?: { readonly periodAmount: string; readonly proration: Proration };
}

/** How many periods a term has; undefined when it is not a whole number of them. */
export function periodsOf(term: BillingPeriod, period: BillingPeriod): number | undefined {
  const [long, short] = [lengthOf(term), lengthOf(period)];
  return long.unit === short.unit && long.count % short.count === 0 ? long.count / short.count : undefined;
}

/**
 * The term that ends with the period that a billing closes, or with the subscription. Of one that is served in part,
 * because the subscription begins or ends within it, a part is promised (rules 9 and 10).
 */
export function settledTerm(
  { schedule, basis, startsAt, endsAt }: BillableSubscription,
  { closing }: Billing,
  { term, firstIndex, alignedTo }: CommittedSpend,
): SettledTerm | undefined {
  const periods = periodsOf(term, schedule.period);
  if (closing === undefined || periods === undefined || closing.period.index < firstIndex) return undefined;
  const { index, start, end } = closing.period;
  const distance = (index - (alignedTo ?? firstIndex)) % periods;
  const position = distance < 0 ? distance + periods : distance;
  // One that ended as the period began was settled with the period before.
  if (endsAt !== null && endsAt <= start) return undefined;
  const isOver = endsAt !== null && endsAt <= end;
  if (position !== periods - 1 && !isOver) return undefined;
  const opening = periodAt(schedule, index - position);
  const whole = { start: opening.start, end: periodAt(schedule, opening.index + periods - 1).end };
  const first = Math.max(opening.index, firstIndex);
  const begun = first === opening.index ? opening.start : periodAt(schedule, first).start;
  const from = startsAt > begun ? startsAt : begun;
  const rule = { period: whole, zone: schedule.zone, basis };
  const served = prorationOf(rule, { from, to: isOver ? endsAt : end, ending: 'change' });
  return { from: first, to: index, served };
}

/** What a commitment promises for a term that was served in whole or in part; not rounded. */
export function promisedIn({ amount, term }: CommittedSpend, { served }: SettledTerm): PromisedSpend {
  if (served.used === served.of) return { amount, term };
  return { amount: prorate(amount, served).toFixed(), term, part: { periodAmount: amount, proration: served } };
}

/** Whether a line makes up for a commitment, over one period or several. */
export function isCommitmentLine({ kind, priceKey }: Pick<BilledLine, 'kind' | 'priceKey'>): boolean {
  return kind === 'minimum' && priceKey === commitmentKey;
}

/** What was billed of a term so far, in smallest units. */
export function sumTerm({ from, to }: SettledTerm, spent: CommitmentProgress['spent']): bigint {
  let sum = 0n;
  for (let index = from; index <= to; index += 1) sum += spent.get(index) ?? 0n;
  return sum;
}

/** The line that makes up for what was not spent of what was promised; undefined when enough was. */
export function billCommitment(
  { currency, basis }: BillableSubscription,
  { closing }: Billing,
  { amount, term, part }: PromisedSpend,
  spentMinor: bigint,
): BilledLine | undefined {
  const committedMinor = roundMoney(exact(amount), currency);
  const last = closing?.segments.at(-1);
  if (closing === undefined || last === undefined || spentMinor >= committedMinor) return undefined;
  return limitLine({
    kind: 'minimum',
    closing,
    last,
    key: commitmentKey,
    description: 'Commitment',
    amountMinor: committedMinor - spentMinor,
    currency,
    detail: {
      term,
      committedMinor: committedMinor.toString(),
      spentMinor: spentMinor.toString(),
      ...(part === undefined ? {} : { periodAmount: part.periodAmount, proration: { basis, ...part.proration } }),
    },
  });
}

function lengthOf({ unit, count }: BillingPeriod): { unit: 'day' | 'month'; count: number } {
  if (unit === 'day') return { unit, count };
  if (unit === 'week') return { unit: 'day', count: count * 7 };
  return { unit: 'month', count: unit === 'year' ? count * 12 : count };
}
