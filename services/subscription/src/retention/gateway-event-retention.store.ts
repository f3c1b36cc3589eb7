import type { Transaction } from '@plinth/common';

/** Tenants with events whose payload came before an instant and is still there; for transactions of the platform. */
export async function listTenantsWithPayloads(transaction: Transaction, receivedBefore: Date): Promise<string[]> {
  const rows = await transaction.rows<{ tenantId: string }>(
    `SELECT DISTINCT tenant_id AS "tenantId" FROM subscription.gateway_events
      WHERE payload IS NOT NULL AND received_at < $1 ORDER BY 1`,
    [receivedBefore],
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Removes payloads that came before an instant, so many at once; tells how many. */
export async function purgePayloads(transaction: Transaction, receivedBefore: Date, limit: number): Promise<number> {
  return transaction.execute(
    `UPDATE subscription.gateway_events SET payload = NULL
      WHERE (gateway_account_id, event_id) IN (SELECT gateway_account_id, event_id FROM subscription.gateway_events
        WHERE payload IS NOT NULL AND received_at < $1 LIMIT $2 FOR UPDATE)`,
    [receivedBefore, limit],
  );
}
