import type { Transaction } from '@plinth/common';

/** An alert about a quota that fired. */
export interface QuotaAlert {
  readonly id: string;
  readonly quotaId: string;
  readonly accountId: string;
  /** Percent; null: used up, and more is denied. */
  readonly threshold: number | null;
  readonly windowStart: Date;
  readonly windowEnd: Date | null;
  readonly used: string;
  readonly limit: string;
  readonly percent: string;
  readonly firedAt: Date;
}

/** Keeps an alert; false when it has fired in its window already. */
export async function insertAlert(transaction: Transaction, alert: QuotaAlert): Promise<boolean> {
  const inserted = await transaction.execute(
    `INSERT INTO metering.quota_alerts
       (id, tenant_id, quota_id, account_id, threshold, window_start, window_end, used, quota_limit, percent, fired_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    [
      alert.id,
      transaction.tenantId,
      alert.quotaId,
      alert.accountId,
      alert.threshold,
      alert.windowStart,
      alert.windowEnd,
      alert.used,
      alert.limit,
      alert.percent,
      alert.firedAt,
    ],
  );
  return inserted > 0;
}

/** Alerts of a quota, the newest first. */
export async function listAlerts(
  transaction: Transaction,
  query: {
    readonly quotaId: string;
    readonly accountId: string | undefined;
    readonly before: string | undefined;
    readonly limit: number;
  },
): Promise<QuotaAlert[]> {
  return transaction.rows<QuotaAlert>(
    `SELECT id, quota_id AS "quotaId", account_id AS "accountId", threshold, window_start AS "windowStart",
       window_end AS "windowEnd", trim_scale(used)::text AS used, trim_scale(quota_limit)::text AS "limit",
       percent::text AS percent, fired_at AS "firedAt"
     FROM metering.quota_alerts
     WHERE quota_id = $1 AND ($2::uuid IS NULL OR account_id = $2) AND ($3::uuid IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [query.quotaId, query.accountId ?? null, query.before ?? null, query.limit],
  );
}
