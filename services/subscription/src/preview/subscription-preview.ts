import { billingAt } from '../billing/billing.ts';
import type { InvoiceDraft } from '../invoice/invoice.ts';
import { spanOf, type Subscription } from '../subscription/subscription.ts';

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

/** Drafts by when they would be issued: together now what is due already, each of the others when it falls due. */
export function groupByTime(
  drafts: readonly InvoiceDraft[],
  now: Date,
): { readonly at: Date; readonly group: readonly InvoiceDraft[] }[] {
  const groups = Map.groupBy(drafts, ({ billedAt }) => Math.max(billedAt.getTime(), now.getTime()));
  return [...groups].sort(([one], [other]) => one - other).map(([at, group]) => ({ at: new Date(at), group }));
}
