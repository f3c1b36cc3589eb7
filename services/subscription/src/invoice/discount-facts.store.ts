import type { Transaction } from '@plinth/common';
import type { DiscountableLine, LineDiscount } from '../coupon/discount.ts';
import type { InvoiceLine } from './invoice.ts';

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

/** For adjustments on the invoices: what was charged before and how it was discounted, by invoice and position. */
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
     WHERE line.invoice_id = ANY($1) AND line.kind = 'adjustment' AND line.amount_minor < 0
       AND charged.kind = 'recurring' AND charged.sequence = 0 AND charged.discount_minor > 0`,
    [invoiceIds],
  );
  return new Map(
    rows.map((row) => [
      `${row.invoice_id}/${row.position}`,
      { chargedMinor: BigInt(row.amount_minor), discounts: row.discounts },
    ]),
  );
}
