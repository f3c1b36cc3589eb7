import type { Transaction } from '@plinth/common';

/** The amount of usage at which a subscription's running period is billed, in major units of its currency. */
export interface Threshold {
  readonly subscriptionId: string;
  readonly amount: string;
}

const columns = `subscription_id AS "subscriptionId", trim_scale(amount)::text AS amount`;

export async function saveThreshold(
  transaction: Transaction,
  { subscriptionId, amount }: Threshold,
  now: Date,
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.billing_thresholds (tenant_id, subscription_id, amount, updated_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (subscription_id) DO UPDATE SET amount = excluded.amount, updated_at = excluded.updated_at`,
    [transaction.tenantId, subscriptionId, amount, now],
  );
}

export async function findThreshold(transaction: Transaction, subscriptionId: string): Promise<Threshold | undefined> {
  return transaction.findRow<Threshold>(
    `SELECT ${columns} FROM subscription.billing_thresholds WHERE subscription_id = $1`,
    [subscriptionId],
  );
}

export async function deleteThreshold(transaction: Transaction, subscriptionId: string): Promise<boolean> {
  return (
    (await transaction.execute(`DELETE FROM subscription.billing_thresholds WHERE subscription_id = $1`, [
      subscriptionId,
    ])) > 0
  );
}

/** Thresholds of subscriptions that are still billed, behind a position. */
export async function listThresholds(transaction: Transaction, after: string, limit: number): Promise<Threshold[]> {
  return transaction.rows<Threshold>(
    `SELECT ${columns} FROM subscription.billing_thresholds t JOIN subscription.subscriptions s ON s.id = t.subscription_id
     WHERE s.bill_next_at IS NOT NULL AND subscription_id > $1 ORDER BY subscription_id LIMIT $2`,
    [after, limit],
  );
}
