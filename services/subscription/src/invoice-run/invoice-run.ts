import { billPeriod, type ChargedLine } from '../billing/bill-period.ts';
import type { FindQuantity } from '../billing/bill-usage.ts';
import { billingAt, planBilling, type BillableSubscription, type Billing } from '../billing/billing.ts';
import type { BilledLine } from '../billing/line.ts';

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
  readonly lines: readonly BilledLine[];
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
  let nextAt = billingAt(subscription.schedule, subscription.endsOn, nextIndex);
  while (nextAt !== null && nextAt <= until && billings.length < limit) {
    const billing = planBilling(subscription, nextIndex);
    if (billing !== undefined) billings.push(billing);
    nextIndex += 1;
    nextAt = billingAt(subscription.schedule, subscription.endsOn, nextIndex);
  }
  return { subscription, billings, nextIndex, nextAt };
}

/** Rates all of them. `charged` concerns the first one only: later advance fees are charged in this very batch. */
export function rateBillings(
  { subscription, billings }: DueBillings,
  findQuantity: FindQuantity,
  charged: readonly ChargedLine[] | undefined,
): BilledBilling[] {
  return billings
    .map((billing, position) => ({
      billing,
      lines: billPeriod({ subscription, billing, findQuantity, charged: position === 0 ? charged : undefined }),
    }))
    .filter(({ lines }) => lines.length > 0);
}
