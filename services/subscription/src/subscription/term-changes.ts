import type { BillingPeriod } from '@plinth/contracts';
import { localDateAt } from '@plinth/common/local-date';
import { periodsOf } from '../billing/commitment.ts';
import { periodOfDate } from '../period/period.ts';
import { assertWholePeriods } from './change-checks.ts';
import type { CommitmentWish } from './change-request.ts';
import { bind } from './life-cycle.ts';
import { NoTermError, TermLengthError } from './subscription.errors.ts';
import { scheduleOf, spanOf, type Subscription } from './subscription.ts';
import { openTerms, type TermWish } from './term.ts';

/** The subscription bound to a term that begins with the running period, or to none. */
export function changeTerm(before: Subscription, wish: TermWish | null, now: Date): Subscription {
  if (wish === null) return before.term === null ? before : bind(before, null, now);
  const firstIndex = runningIndex(before, now);
  assertTerm(before.period, wish, before.commitment);
  const { commitment } = before;
  // Committed amounts begin anew with each term, so their own terms must end with it.
  if (commitment !== null && (firstIndex - (commitment.alignedTo ?? commitment.firstIndex)) % shareOf(before) !== 0)
    throw new TermLengthError('The commitment has a term of its own, which runs when this one would begin.');
  return bind(before, openTerms(wish, firstIndex), now);
}

/** The subscription that renews when its term ends, or ends with it. */
export function changeRenewal(before: Subscription, renews: boolean, now: Date): Subscription {
  const { term } = before;
  if (term === null) throw new NoTermError();
  return term.renews === renews ? before : bind(before, { ...term, renews }, now);
}

/** The first term of the commitment begins with the running period, or with the anchor after a trial. */
export function commit(before: Subscription, wish: CommitmentWish | null, now: Date): Subscription {
  if (wish === null) return before.commitment === null ? before : { ...before, commitment: null };
  assertWholePeriods(wish, before.period);
  const { term } = before;
  if (term !== null) assertTerm(before.period, term, wish);
  const commitment = { ...wish, firstIndex: runningIndex(before, now) };
  return { ...before, commitment: term === null ? commitment : { ...commitment, alignedTo: term.firstIndex } };
}

/** What speaks against a term: it is not a whole number of billing periods, or not of the commitment's terms. */
export function findTermFault(
  period: BillingPeriod,
  term: Pick<TermWish, 'length'>,
  commitment: CommitmentWish | null,
): TermLengthError | undefined {
  const whole = periodsOf(term.length, period);
  if (whole === undefined)
    return new TermLengthError(`A term must be whole billing periods, which are of ${period.count} ${period.unit}.`);
  const part = commitment === null ? 1 : (periodsOf(commitment.term, period) ?? 1);
  if (whole % part === 0) return undefined;
  return new TermLengthError(
    'The term of the commitment must fit into that of the subscription a whole number of times.',
  );
}

function assertTerm(period: BillingPeriod, term: Pick<TermWish, 'length'>, commitment: CommitmentWish | null): void {
  const fault = findTermFault(period, term, commitment);
  if (fault !== undefined) throw fault;
}

function shareOf({ commitment, period }: Subscription): number {
  return commitment === null ? 1 : (periodsOf(commitment.term, period) ?? 1);
}

function runningIndex(subscription: Subscription, now: Date): number {
  const { firstIndex, startsAt } = spanOf(subscription);
  const today = localDateAt(subscription.timeZone, now > startsAt ? now : startsAt);
  return Math.max(periodOfDate(scheduleOf(subscription), today).index, firstIndex, 0);
}
