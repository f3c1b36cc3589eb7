import type { BillingPeriod } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import type { GrantedWindow, Quota } from './quota.ts';
import type { QuotaReset } from './quota-window.ts';

const columns = `q.id, q.account_id AS "accountId", q.meter_id AS "meterId", m.key AS meter, q.feature,
  trim_scale(q.quota_limit)::text AS "limit", q.reset, q.anchor::text AS anchor, q.period_unit AS unit,
  q.period_count AS count, trim_scale(q.roll_over)::text AS "rollOver", q.overage, q.alerts_at AS "alertsAt", q.source,
  q.version, q.created_at AS "createdAt", q.updated_at AS "updatedAt"`;
const tables = 'metering.quotas q JOIN metering.meters m ON m.id = q.meter_id';

type QuotaRow = Omit<Quota, 'reset'> & {
  readonly reset: QuotaReset['reset'];
  readonly anchor: string | null;
  readonly unit: BillingPeriod['unit'] | null;
  readonly count: number | null;
};

function fromRow({ reset, anchor, unit, count, ...row }: QuotaRow): Quota {
  return {
    ...row,
    reset: reset === 'period' ? { reset, anchor: anchor!, period: { unit: unit!, count: count! } } : { reset },
  };
}

export async function insertQuota(transaction: Transaction, quota: Quota): Promise<void> {
  await transaction.execute(
    `INSERT INTO metering.quotas (tenant_id, source, created_at, account_id, feature, id, meter_id, quota_limit, reset, anchor,
       period_unit, period_count, roll_over, overage, alerts_at, updated_at, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [transaction.tenantId, quota.source, quota.createdAt, quota.accountId, quota.feature, ...changeable(quota)],
  );
}

export async function updateQuota(transaction: Transaction, quota: Quota): Promise<void> {
  await transaction.execute(
    `UPDATE metering.quotas SET meter_id = $2, quota_limit = $3, reset = $4, anchor = $5, period_unit = $6, period_count = $7,
       roll_over = $8, overage = $9, alerts_at = $10, updated_at = $11, version = $12 WHERE id = $1`,
    changeable(quota),
  );
}

function changeable(quota: Quota): unknown[] {
  const { reset } = quota;
  const [anchor, unit, count] =
    reset.reset === 'period' ? [reset.anchor, reset.period.unit, reset.period.count] : [null, null, null];
  return [
    quota.id,
    quota.meterId,
    quota.limit,
    reset.reset,
    anchor,
    unit,
    count,
    quota.rollOver,
    quota.overage,
    quota.alertsAt,
    quota.updatedAt,
    quota.version,
  ];
}

export async function deleteQuota(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute('DELETE FROM metering.quotas WHERE id = $1', [id]);
}

export async function findQuota(transaction: Transaction, id: string, lock = false): Promise<Quota | undefined> {
  const row = await transaction.findRow<QuotaRow>(
    `SELECT ${columns} FROM ${tables} WHERE q.id = $1 ${lock ? 'FOR UPDATE OF q' : ''}`,
    [id],
  );
  return row === undefined ? undefined : fromRow(row);
}

/** Quotas in the order of their ids; of an account and of all accounts where one is named. */
export async function listQuotas(
  transaction: Transaction,
  query: { readonly accountId: string | undefined; readonly after: string | undefined; readonly limit: number },
): Promise<Quota[]> {
  const rows = await transaction.rows<QuotaRow>(
    `SELECT ${columns} FROM ${tables}
     WHERE ($1::uuid IS NULL OR q.account_id = $1 OR q.account_id IS NULL) AND ($2::uuid IS NULL OR q.id > $2)
     ORDER BY q.id LIMIT $3`,
    [query.accountId ?? null, query.after ?? null, query.limit],
  );
  return rows.map(fromRow);
}

/** All quotas that may hold for an account. */
export async function listQuotasOf(transaction: Transaction, accountId: string): Promise<Quota[]> {
  const rows = await transaction.rows<QuotaRow>(
    `SELECT ${columns} FROM ${tables} WHERE q.account_id = $1 OR q.account_id IS NULL ORDER BY q.id`,
    [accountId],
  );
  return rows.map(fromRow);
}

/** The quotas that the account's plans set, kept from others who set them until the transaction ends. */
export async function lockEntitlementQuotas(transaction: Transaction, accountId: string): Promise<Quota[]> {
  await transaction.rows(`SELECT pg_advisory_xact_lock(hashtextextended('metering.quotas/' || $1::text, 0))`, [
    accountId,
  ]);
  const rows = await transaction.rows<QuotaRow>(
    `SELECT ${columns} FROM ${tables} WHERE q.account_id = $1 AND q.source = 'entitlement'`,
    [accountId],
  );
  return rows.map(fromRow);
}

/** Ids of meters by key. */
export async function findMeterIds(
  transaction: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.rows<{ key: string; id: string }>(
    'SELECT key, id FROM metering.meters WHERE key = ANY($1)',
    [keys],
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** A window for which it is known what was rolled over into it. */
export interface KnownWindow extends GrantedWindow {
  readonly start: Date;
}

/** The last window of a quota and account before an instant that is known. */
export async function findWindowBefore(
  transaction: Transaction,
  quotaId: string,
  accountId: string,
  before: Date,
): Promise<KnownWindow | undefined> {
  return transaction.findRow<KnownWindow>(
    `SELECT window_start AS start, carried::text AS carried, quota_limit::text AS "limit" FROM metering.quota_windows
     WHERE quota_id = $1 AND account_id = $2 AND window_start < $3 ORDER BY window_start DESC LIMIT 1`,
    [quotaId, accountId, before],
  );
}

export async function saveWindow(
  transaction: Transaction,
  quotaId: string,
  accountId: string,
  window: KnownWindow,
): Promise<void> {
  await transaction.execute(
    `INSERT INTO metering.quota_windows (tenant_id, quota_id, account_id, window_start, carried, quota_limit)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, quota_id, account_id, window_start)
     DO UPDATE SET carried = excluded.carried, quota_limit = excluded.quota_limit`,
    [transaction.tenantId, quotaId, accountId, window.start, window.carried, window.limit],
  );
}
