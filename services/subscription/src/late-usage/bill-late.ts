import { billPeriod, type BillPeriodInput } from '../billing/bill-period.ts';
import { planBilling, type BillableSubscription, type Billing } from '../billing/billing.ts';
import {
  billCommitment,
  isCommitmentLine,
  promisedIn,
  settledTerm,
  sumTerm,
  type CommitmentProgress,
  type CommittedSpend,
  type PromisedSpend,
} from '../billing/commitment.ts';
import { exact } from '../money/exact-decimal.ts';
import { roundMoney, toMajorUnits } from '../money/round-money.ts';
import { periodAt } from '../period/period.ts';
import { isMeasured, settleMeasured, workedOut, type EarlierLine, type SequencedLine } from './settle-measured.ts';

/** A billing that was done, and what it and later ones have billed by quantities of the period that it closed. */
export interface ClosedBilling {
  readonly billing: Billing;
  readonly measured: readonly EarlierLine[];
}

/**
 * What usage that came late changes of a period that was closed before (rule 18), and of the commitment whose term was
 * settled with that period. Nothing where the period had no usage lines.
 */
export function billLate(
  { subscription, findQuantity }: Pick<BillPeriodInput, 'subscription' | 'findQuantity'>,
  closed: ClosedBilling,
  progress: CommitmentProgress | undefined,
): SequencedLine[] {
  const { billing } = closed;
  const settled = closed.measured.filter(isCommitmentLine);
  const measured = closed.measured.filter((line) => !isCommitmentLine(line));
  if (measured.length === 0) return [];
  const lines = billPeriod({ subscription, billing, findQuantity });
  const own = lines.filter((line) => isMeasured(line) && line.periodIndex === billing.index - 1);
  const late = settleMeasured(own, measured);
  if (late.length === 0) return [];
  const before = findSettlement(subscription, billing, settled, progress);
  if (before === undefined) return late;
  const spentMinor = late.reduce((sum, { amountMinor }) => sum + amountMinor, before.spentMinor);
  const missing = billCommitment(subscription, billing, before.commitment, spentMinor);
  return [...late, ...settleMeasured(missing === undefined ? [] : [missing], settled)];
}

interface Settlement {
  readonly commitment: PromisedSpend;
  readonly spentMinor: bigint;
}

/**
 * How a term was settled with a billing; undefined where none was. Where something had to be made up for, the line says
 * it, whatever has become of the commitment and of the term's invoices since; otherwise enough was spent.
 */
function findSettlement(
  subscription: BillableSubscription,
  billing: Billing,
  settled: readonly EarlierLine[],
  progress: CommitmentProgress | undefined,
): Settlement | undefined {
  const last = settled.at(-1);
  const billedMinor = settled.reduce((sum, line) => sum + workedOut(line), 0n);
  if (last !== undefined && billedMinor > 0n) {
    const { committedMinor, term } = last.detail as { committedMinor: string; term: CommittedSpend['term'] };
    const amount = toMajorUnits(BigInt(committedMinor), subscription.currency).toFixed();
    return { commitment: { amount, term }, spentMinor: BigInt(committedMinor) - billedMinor };
  }
  const term = progress && settledTerm(subscription, billing, progress.commitment);
  if (term === undefined || progress === undefined) return undefined;
  const commitment = promisedIn(progress.commitment, term);
  const committedMinor = roundMoney(exact(commitment.amount), subscription.currency);
  const sum = sumTerm(term, progress.spent);
  return { commitment, spentMinor: sum > committedMinor ? sum : committedMinor };
}

/** The billing that closed the last period in which an ended subscription had any time. */
export function findLastBilling(subscription: BillableSubscription, nextIndex: number): Billing | undefined {
  // One that ends as a period begins has a billing for that period too, which has nothing in it.
  return [nextIndex - 1, nextIndex - 2]
    .filter((index) => index > subscription.firstIndex)
    .map((index) => planBilling(subscription, index))
    .find((billing) => (billing?.closing?.segments.length ?? 0) > 0);
}

/** Until when usage of an ended subscription's last period is billed: the next period, had there been one, would end then. */
export function acceptedUntil({ schedule }: BillableSubscription, { closing }: Billing): Date | undefined {
  return closing && periodAt(schedule, closing.period.index + 1).end;
}
