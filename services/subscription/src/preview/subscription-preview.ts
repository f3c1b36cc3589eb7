import { billingAt } from '../billing/billing.ts';
import { periodsLeft, type CouponRedemption } from '../coupon/coupon-redemption.ts';
import { calculateInvoice } from '../invoice/calculate-invoice.ts';
import type { IssuingRules } from '../invoice/compose-invoice.ts';
import type { InvoiceDraft } from '../invoice/invoice.ts';
import { localDateAt } from '../period/local-date.ts';
import { spanOf, type Subscription } from '../subscription/subscription.ts';

/** A line that was charged before, with what a coupon took off it. */
export type ChargedBefore = Pick<
  InvoiceDraft['lines'][number],
  'phaseId' | 'priceId' | 'periodIndex' | 'amountMinor' | 'discounts'
>;

/** What discounts and taxes of previewed invoices are worked out by. */
export interface CalculationRules extends IssuingRules {
  readonly redemptions: readonly CouponRedemption[];
  readonly charged: readonly ChargedBefore[];
  /** Key of a plan by its id. */
  readonly planKeys: ReadonlyMap<string, string>;
}

/** Until when a preview bills: what is due already, and the next billing after it. */
export function previewUntil(subscription: Subscription, now: Date): Date {
  const span = spanOf(subscription);
  let last = now;
  for (let index = subscription.billNextIndex; ; index += 1) {
    const at = billingAt(span, index);
    if (at === null) return last;
    if (at > now) return at;
    last = at > last ? at : last;
  }
}

/**
 * Drafts with the discounts and taxes that they will have, each coupon counted down from one to the next. Taxes of an
 * external service are left out: it is asked when an invoice is written.
 */
export function calculateDrafts(drafts: readonly InvoiceDraft[], rules: CalculationRules): InvoiceDraft[] {
  const left = new Map(rules.redemptions.map((redemption) => [redemption.id, periodsLeft(redemption)]));
  return drafts.map((draft) => {
    const issuer = rules.entities.get(draft.legalEntityId);
    const { used, ...calculated } = calculateInvoice({
      issuer,
      payerId: draft.accountId,
      customer: draft.customer,
      currency: draft.currency,
      date: localDateAt(draft.timeZone, draft.billedAt),
      lines: draft.lines.map((line) => ({
        ...line,
        planKey: line.planId === null ? null : (rules.planKeys.get(line.planId) ?? null),
        gives: line.kind === 'adjustment' && line.amountMinor < 0n ? findGiven(line, rules.charged) : undefined,
      })),
      redemptions: rules.redemptions.filter(({ id }) => left.get(id) !== 0),
      taxes: issuer.taxProvider === 'external' ? undefined : rules.rates,
    });
    for (const id of used) {
      const periods = left.get(id) ?? null;
      if (periods !== null) left.set(id, periods - 1);
    }
    return { ...draft, ...calculated, calculation: issuer.taxProvider === 'external' ? 'untaxed' : 'done' };
  });
}

function findGiven(line: InvoiceDraft['lines'][number], charged: readonly ChargedBefore[]) {
  const before = charged.find(({ phaseId, priceId }) => phaseId === line.phaseId && priceId === line.priceId);
  return before && { chargedMinor: before.amountMinor, discounts: before.discounts };
}
