import type { QuotaGrant } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';

/** What the plans of an account grant, some of it of meters that do not exist. */
export interface AwaitedQuotas {
  readonly accountId: string;
  readonly grants: readonly QuotaGrant[];
}

/** Keeps what an account waits for; without missing meters it waits for nothing. */
export async function saveAwaited(
  transaction: Transaction,
  { accountId, grants }: AwaitedQuotas,
  missing: readonly string[],
): Promise<void> {
  if (missing.length === 0) {
    await transaction.execute('DELETE FROM metering.awaited_quotas WHERE account_id = $1', [accountId]);
    return;
  }
  await transaction.execute(
    `INSERT INTO metering.awaited_quotas (tenant_id, account_id, grants, meters) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, account_id) DO UPDATE SET grants = excluded.grants, meters = excluded.meters`,
    [transaction.tenantId, accountId, JSON.stringify(grants), missing],
  );
}

/** Accounts of which a missing meter exists by now; locked until the transaction ends. */
export async function lockFulfillable(transaction: Transaction, limit: number): Promise<AwaitedQuotas[]> {
  return transaction.rows<AwaitedQuotas>(
    `SELECT a.account_id AS "accountId", a.grants FROM metering.awaited_quotas a
     WHERE EXISTS (SELECT FROM metering.meters m WHERE m.key = ANY (a.meters))
     ORDER BY a.account_id LIMIT $1 FOR UPDATE OF a`,
    [limit],
  );
}

/** Tenants with accounts that wait. Needs a platform transaction. */
export async function listWaitingTenants(transaction: Transaction): Promise<string[]> {
  const rows = await transaction.rows<{ tenant_id: string }>(
    'SELECT DISTINCT tenant_id FROM metering.awaited_quotas ORDER BY tenant_id',
  );
  return rows.map((row) => row.tenant_id);
}
