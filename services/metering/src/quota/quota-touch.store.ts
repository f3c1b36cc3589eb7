import { plainArray, type Transaction } from '@plinth/common';

/** Usage of an account and meter that changed. */
export interface TouchedUsage {
  readonly accountId: string;
  readonly meterId: string;
}

/** An account and meter whose quotas are to be looked at. */
export interface QuotaTouch extends TouchedUsage {
  readonly tenantId: string;
  readonly touches: string;
}

const leaseSeconds = 10;

/**
 * Remembers whose usage changed, where it has quotas, in the transaction of the usage itself: quotas are looked at
 * afterwards, whatever crashes in between. Sorted, as windows are, so that two writers do not deadlock.
 */
export async function touchQuotas(transaction: Transaction, usages: readonly TouchedUsage[]): Promise<void> {
  if (usages.length === 0) return;
  const pairs = [...new Map(usages.map((usage) => [`${usage.accountId}${usage.meterId}`, usage])).values()];
  await transaction.execute(
    `INSERT INTO metering.quota_touches AS t (tenant_id, account_id, meter_id)
     SELECT DISTINCT q.tenant_id, u.account_id, u.meter_id
     FROM unnest($1::uuid[], $2::uuid[]) AS u (account_id, meter_id)
     JOIN metering.quotas q ON q.meter_id = u.meter_id AND (q.account_id IS NULL OR q.account_id = u.account_id)
     ORDER BY 2, 3
     ON CONFLICT (tenant_id, account_id, meter_id) DO UPDATE SET touches = t.touches + 1`,
    [plainArray(pairs.map(({ accountId }) => accountId)), plainArray(pairs.map(({ meterId }) => meterId))],
  );
}

/**
 * Has a new or changed quota looked at: for its account, or for all accounts with usage. A little later, because writers
 * learn of a meter's first quota within a second.
 */
export async function touchQuota(
  transaction: Transaction,
  quota: { readonly accountId: string | null; readonly meterId: string },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO metering.quota_touches AS t (tenant_id, account_id, meter_id, due_at)
     WITH RECURSIVE accounts AS (
       (SELECT account_id FROM metering.usage_windows WHERE $2::uuid IS NULL ORDER BY account_id LIMIT 1)
       UNION ALL
       SELECT (SELECT w.account_id FROM metering.usage_windows w WHERE w.account_id > accounts.account_id ORDER BY w.account_id LIMIT 1)
       FROM accounts WHERE account_id IS NOT NULL
     )
     SELECT $1, account_id, $3::uuid, now() + interval '3 seconds'
     FROM (SELECT account_id FROM accounts UNION SELECT $2::uuid) a WHERE account_id IS NOT NULL ORDER BY account_id
     ON CONFLICT (tenant_id, account_id, meter_id) DO UPDATE SET touches = t.touches + 1, due_at = excluded.due_at`,
    [transaction.tenantId, quota.accountId, quota.meterId],
  );
}

/** Takes what is due for a while; nobody else takes it before that is over. Needs a platform transaction. */
export async function claimTouches(transaction: Transaction, limit: number): Promise<QuotaTouch[]> {
  return transaction.rows<QuotaTouch>(
    `UPDATE metering.quota_touches t SET due_at = now() + make_interval(secs => ${leaseSeconds})
     FROM (SELECT tenant_id, account_id, meter_id FROM metering.quota_touches WHERE due_at <= now()
           ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED) due
     WHERE t.tenant_id = due.tenant_id AND t.account_id = due.account_id AND t.meter_id = due.meter_id
     RETURNING t.tenant_id AS "tenantId", t.account_id AS "accountId", t.meter_id AS "meterId", t.touches::text AS touches`,
    [limit],
  );
}

/** Forgets a touch that was dealt with, or has it looked at again at once when more usage came meanwhile. */
export async function settleTouch(transaction: Transaction, touch: QuotaTouch): Promise<void> {
  const key = [touch.accountId, touch.meterId, touch.touches];
  const deleted = await transaction.execute(
    `DELETE FROM metering.quota_touches WHERE account_id = $1 AND meter_id = $2 AND touches = $3::bigint`,
    key,
  );
  if (deleted === 0)
    await transaction.execute(
      `UPDATE metering.quota_touches SET due_at = now() WHERE account_id = $1 AND meter_id = $2`,
      key.slice(0, 2),
    );
}
