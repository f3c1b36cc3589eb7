import type { BillableSubscription } from '../billing/billing.ts';
import type { BilledLine } from '../billing/line.ts';
import type { LineDiscount } from '../coupon/discount.ts';
import { composeInvoice, type IssuingRules } from '../invoice/compose-invoice.ts';
import type { InvoiceDraft } from '../invoice/invoice.ts';
import type { BilledBilling } from './invoice-run.ts';
import type { Payers } from './payers.ts';

/** What the billings of a batch become invoices by. */
export interface ComposeRules extends IssuingRules {
  readonly payers: Payers;
  /** Ids of the subscriptions and accounts for which coupons are redeemed, and of those for which they ever were. */
  readonly discounted: ReadonlySet<string>;
  readonly everDiscounted: ReadonlySet<string>;
  readonly now: Date;
  readonly finalize: boolean;
}

export interface ComposeBillingsInput {
  readonly subscription: BillableSubscription;
  readonly timeZone: string;
  readonly billed: readonly BilledBilling[];
  /** What was charged in advance before, with its discounts. */
  readonly charged: readonly { readonly discounts: readonly LineDiscount[] }[] | undefined;
  /** Usage that passed a threshold has an invoice by itself. */
  readonly reason?: 'period' | 'threshold';
}

/**
 * The invoices of a subscription's billings: one for each, or the part of a consolidated one, which the billings of all
 * that its payer pays go on that have date, currency, zone and legal entity in common.
 */
export function composeBillings(input: ComposeBillingsInput, rules: ComposeRules): InvoiceDraft[] {
  const { subscription, timeZone, billed, charged, reason = 'period' } = input;
  const { payers, discounted, everDiscounted, entities } = rules;
  const { accountId, currency } = subscription;
  const payerId = payers.payerIdOf(accountId);
  const payer = payers.find(payerId);
  const inclusive = inclusivePhases(subscription);
  const targets = [subscription.id, accountId, payerId];
  const mayBeDiscounted = targets.some((id) => discounted.has(id));
  const mayHaveBeen = targets.some((id) => everDiscounted.has(id));
  const hadDiscounts = charged?.some(({ discounts }) => discounts.length > 0) === true;
  const isConsolidated = reason === 'period' && payer?.billing.invoicing === 'consolidated';
  const issuer = entities.forKey(payer?.billing.legalEntity);
  return billed.map(({ billing, lines }) =>
    composeInvoice({
      ...rules,
      payer,
      payerId,
      subscriptionId: subscription.id,
      reason,
      billedAt: billing.billedAt,
      currency,
      timeZone,
      lines: lines.map((line) => ({
        ...line,
        accountId,
        subscriptionId: subscription.id,
        taxInclusive: inclusive !== undefined && line.phaseId !== null && inclusive.has(line.phaseId),
      })),
      groupKey: isConsolidated
        ? [payerId, billing.billedAt.toISOString(), currency, timeZone, issuer.id].join('/')
        : null,
      hasDiscounts:
        mayBeDiscounted || (hadDiscounts && lines.some(isAdjustment)) || (mayHaveBeen && lines.some(followsDiscounts)),
    }),
  );
}

function inclusivePhases({ phases }: BillableSubscription): ReadonlySet<string> | undefined {
  const ids = phases.filter(({ plan }) => plan.taxInclusive).map(({ id }) => id);
  return ids.length === 0 ? undefined : new Set(ids);
}

function isAdjustment({ kind }: BilledLine): boolean {
  return kind === 'adjustment';
}

/** Whether a line depends on how the lines of earlier invoices were discounted. */
function followsDiscounts({ kind, amountMinor }: BilledLine): boolean {
  return kind === 'maximum' || (kind === 'usage' && amountMinor < 0n);
}
