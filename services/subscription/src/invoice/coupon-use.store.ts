import type { Transaction } from '@plinth/common';

/** An invoice that a redeemed coupon lowers. */
export interface CouponUse {
  readonly redemptionId: string;
  readonly invoiceId: string;
}

export async function insertUses(transaction: Transaction, uses: readonly CouponUse[]): Promise<void> {
  if (uses.length === 0) return;
  await transaction.execute(
    `INSERT INTO subscription.coupon_uses (tenant_id, redemption_id, invoice_id) SELECT $1, * FROM unnest($2::uuid[], $3::uuid[])`,
    [transaction.tenantId, uses.map(({ redemptionId }) => redemptionId), uses.map(({ invoiceId }) => invoiceId)],
  );
}

/** Gives back the periods that invoices had used up: they are worked out anew, or void. */
export async function releaseUses(transaction: Transaction, invoiceIds: readonly string[]): Promise<void> {
  await transaction.execute(`DELETE FROM subscription.coupon_uses WHERE invoice_id = ANY($1)`, [invoiceIds]);
}
