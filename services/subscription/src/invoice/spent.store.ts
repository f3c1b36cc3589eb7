import type { Transaction } from '@plinth/common';

/**
 * What was billed for each period of the subscriptions before discounts, in smallest units, by subscription and index
 * of the period.
 */
export async function listSpentByPeriod(
  transaction: Transaction,
  subscriptionIds: readonly string[],
): Promise<Map<string, Map<number, bigint>>> {
  const spent = new Map<string, Map<number, bigint>>(subscriptionIds.map((id) => [id, new Map()]));
  if (subscriptionIds.length === 0) return spent;
  const rows = await transaction.rows<{ subscription_id: string; period_index: number; amount: string }>(
    `SELECT l.subscription_id, l.period_index, sum(coalesce((l.detail ->> 'beforeDiscountsMinor')::numeric, l.amount_minor))::text AS amount
     FROM subscription.invoice_lines l JOIN subscription.invoices i ON i.id = l.invoice_id
     WHERE l.subscription_id = ANY ($1::uuid[]) AND l.period_index IS NOT NULL AND i.status <> 'void'
     GROUP BY l.subscription_id, l.period_index`,
    [subscriptionIds],
  );
  for (const row of rows) spent.get(row.subscription_id)?.set(row.period_index, BigInt(row.amount));
  return spent;
}
