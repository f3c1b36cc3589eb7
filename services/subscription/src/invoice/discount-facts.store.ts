import type { Transaction } from '@plinth/common';
import type { DiscountableLine, LineDiscount } from '../coupon/discount.ts';
import type { InvoiceLine } from './invoice.ts';
import type { CapFact } from './period-cap.ts';

/** The keys of the lines' plans, by id. */
export async function listPlanKeys(
  transaction: Transaction,
  lines: readonly Pick<InvoiceLine, 'planId'>[],
): Promise<Map<string, string>> {
  const ids = [...new Set(lines.flatMap(({ planId }) => (planId === null ? [] : [planId])))];
  if (ids.length === 0) return new Map();
  const rows = await transaction.rows<{ plan_id: string; key: string }>(
    `SELECT DISTINCT ON (plan_id) plan_id, key FROM subscription.plan_versions WHERE plan_id = ANY($1) ORDER BY plan_id, version DESC`,
    [ids],
  );
  return new Map(rows.map((row) => [row.plan_id, row.key]));
}

/**
 * For what is given back on the invoices, by invoice and position: what was charged before and how it was discounted,
 * by an advance fee for its adjustment and by all earlier usage of a price for usage that turned out to be less.
 */
export async function listGivingLines(
  transaction: Transaction,
  invoiceIds: readonly string[],
): Promise<Map<string, DiscountableLine['gives']>> {
  const rows = await transaction.rows<{
    invoice_id: string;
    position: number;
    amount_minor: string;
    discounts: readonly LineDiscount[];
  }>(
    `SELECT line.invoice_id, line.position, charged.amount_minor, charged.discounts
     FROM subscription.invoice_lines line
     JOIN subscription.invoice_lines charged USING (subscription_id, period_index, phase_id, price_id)
     WHERE line.invoice_id = ANY($1) AND line.amount_minor < 0
       AND ((line.kind = 'adjustment' AND charged.kind = 'recurring' AND charged.sequence = 0 AND charged.discount_minor > 0)
         OR (line.kind = 'usage' AND charged.kind = 'usage' AND charged.sequence < line.sequence))
     ORDER BY charged.sequence`,
    [invoiceIds],
  );
  const giving = new Map<string, NonNullable<DiscountableLine['gives']>>();
  for (const row of rows) {
    const key = `${row.invoice_id}/${row.position}`;
    const before = giving.get(key) ?? { chargedMinor: 0n, discounts: [] };
    giving.set(key, {
      chargedMinor: before.chargedMinor + BigInt(row.amount_minor),
      discounts: addDiscounts(before.discounts, row.discounts),
    });
  }
  return giving;
}

function addDiscounts(before: readonly LineDiscount[], more: readonly LineDiscount[]): LineDiscount[] {
  const sums = new Map(before.map((discount) => [discount.couponId, discount]));
  for (const discount of more) {
    const sum = BigInt(sums.get(discount.couponId)?.amountMinor ?? '0') + BigInt(discount.amountMinor);
    sums.set(discount.couponId, { ...discount, amountMinor: sum.toString() });
  }
  return [...sums.values()];
}

/** A line that says something about a maximum spend, and where it stands. */
export interface PlacedCapFact extends CapFact {
  readonly invoiceId: string;
  readonly position: number;
  readonly billedAt: Date;
}

/** Discounted lines and those of maximum spends, of whole periods on all their invoices. */
export async function listCapFacts(
  transaction: Transaction,
  periods: readonly { readonly subscriptionId: string; readonly periodIndex: number }[],
): Promise<PlacedCapFact[]> {
  if (periods.length === 0) return [];
  const rows = await transaction.rows<Omit<PlacedCapFact, 'amountMinor'> & { readonly amountMinor: string }>(
    `SELECT l.invoice_id AS "invoiceId", l.position, i.billed_at AS "billedAt", l.subscription_id AS "subscriptionId",
       l.period_index AS "periodIndex", l.phase_id AS "phaseId", l.kind, l.sequence, l.amount_minor AS "amountMinor", l.discounts, l.detail
     FROM unnest($1::uuid[], $2::int[]) AS period (subscription_id, period_index)
     JOIN subscription.invoice_lines l USING (subscription_id, period_index)
     JOIN subscription.invoices i ON i.id = l.invoice_id
     WHERE l.kind = 'maximum' OR l.discount_minor <> 0`,
    [periods.map(({ subscriptionId }) => subscriptionId), periods.map(({ periodIndex }) => periodIndex)],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}
