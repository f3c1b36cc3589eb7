import { billPeriod, type BillPeriodInput, type ChargedLine } from '../billing/bill-period.ts';
import type { FindQuantity } from '../billing/bill-usage.ts';
import { billingAt, planBilling, type BillableSubscription, type Billing } from '../billing/billing.ts';
import {
  billCommitment,
  isCommitmentLine,
  promisedIn,
  settledTerm,
  sumTerm,
  type CommitmentProgress,
} from '../billing/commitment.ts';
import type { BilledLine } from '../billing/line.ts';
import { billLate, type ClosedBilling } from '../late-usage/bill-late.ts';
import { settleMeasured, type EarlierLine, type SequencedLine } from '../late-usage/settle-measured.ts';

/** The billings of one subscription that a batch does, and where they leave it. */
export interface DueBillings {
  readonly subscription: BillableSubscription;
  readonly billings: readonly Billing[];
  readonly nextIndex: number;
  readonly nextAt: Date | null;
}

/** What one billing came to. A billing that has nothing to charge for has no lines and makes no invoice. */
export interface BilledBilling {
  readonly billing: Billing;
  readonly lines: readonly SequencedLine[];
}

/** The billings from `index` on that are due at `until`, at most `limit` of them. */
export function listDueBillings(
  subscription: BillableSubscription,
  index: number,
  until: Date,
  limit: number,
): DueBillings {
  const billings: Billing[] = [];
  let nextIndex = index;
  let nextAt = billingAt(subscription, nextIndex);
  while (nextAt !== null && nextAt <= until && billings.length < limit) {
    const billing = planBilling(subscription, nextIndex);
    if (billing !== undefined) billings.push(billing);
    nextIndex += 1;
    nextAt = billingAt(subscription, nextIndex);
  }
  return { subscription, billings, nextIndex, nextAt };
}

/** What was billed before of what these billings concern. */
export interface BilledBefore {
  /** What was charged in advance for the period that the first of them closes, if a change came after it. */
  readonly charged: readonly ChargedLine[] | undefined;
  /** What was billed by quantities of the period that the first of them closes. */
  readonly measured: readonly EarlierLine[];
  /** The billing before them, if usage of the period which that one closed came late, and what it billed. */
  readonly late: ClosedBilling | undefined;
  /** Absent without a commitment. */
  readonly progress: CommitmentProgress | undefined;
}

/** Rates all of them. Later ones follow what is billed in this very batch: nothing of it was changed or billed before. */
export function rateBillings(
  { subscription, billings }: DueBillings,
  findQuantity: FindQuantity,
  before: BilledBefore,
): BilledBilling[] {
  const { progress } = before;
  const spent = new Map(progress?.spent);
  return billings
    .map((billing, position) => {
      const lines = rateBilling({ subscription, billing, findQuantity }, position === 0 ? before : undefined);
      if (progress === undefined) return { billing, lines };
      for (const { periodIndex, amountMinor } of lines)
        if (periodIndex !== null) spent.set(periodIndex, (spent.get(periodIndex) ?? 0n) + amountMinor);
      const missing = billMissing(subscription, billing, { commitment: progress.commitment, spent });
      return { billing, lines: missing === undefined ? lines : [...lines, missing] };
    })
    .filter(({ lines }) => lines.length > 0);
}

function rateBilling(input: Omit<BillPeriodInput, 'charged'>, before: BilledBefore | undefined): SequencedLine[] {
  if (before === undefined) return billPeriod(input);
  const { charged, late, progress } = before;
  const measured = before.measured.filter((line) => !isCommitmentLine(line));
  const lines = settleMeasured(billPeriod({ ...input, charged }), measured);
  return late === undefined ? lines : [...lines, ...billLate(input, late, progress)];
}

/** What makes up for a commitment whose term ends with this billing. */
function billMissing(
  subscription: BillableSubscription,
  billing: Billing,
  { commitment, spent }: CommitmentProgress,
): BilledLine | undefined {
  const term = settledTerm(subscription, billing, commitment);
  return term && billCommitment(subscription, billing, promisedIn(commitment, term), sumTerm(term, spent));
}
