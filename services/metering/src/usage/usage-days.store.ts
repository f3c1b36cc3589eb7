import { plainArray, type Transaction } from '@plinth/common';
import type { WindowChange } from './usage-windows.ts';
import { addSum, changeParameters, changeRows, sumColumns } from './window-sql.ts';

/** Days begin at midnight UTC; any midnight is an origin for `date_bin`. */
export const dayOf = (time: string): string => `date_bin('1 day', ${time}, timestamptz '2000-01-01 00:00:00+00')`;

/** The columns of a day, made of its windows. */
export const daySums = `sum(events), sum(quantity), max(maximum),
  (array_agg(last_value ORDER BY window_start DESC) FILTER (WHERE last_time IS NOT NULL))[1], max(last_time)`;

const lockKey = `hashtextextended('metering.usage_days/' || $1::text, 0)`;

/** Makes the tenant known to the roll-up. Nothing is older than the year 2000. */
export async function insertRollUp(transaction: Transaction): Promise<void> {
  await transaction.execute(
    `INSERT INTO metering.day_roll_ups (tenant_id, rolled_until) VALUES ($1, '2000-01-01T00:00:00Z') ON CONFLICT DO NOTHING`,
    [transaction.tenantId],
  );
}

/** Tenants whose days before `until` are not all rolled up. */
export async function listTenantsToRollUp(transaction: Transaction, until: Date): Promise<string[]> {
  const rows = await transaction.rows<{ tenant_id: string }>(
    `SELECT tenant_id FROM metering.day_roll_ups WHERE rolled_until < $1 ORDER BY tenant_id`,
    [until],
  );
  return rows.map((row) => row.tenant_id);
}

/** Keeps writers of past days out until the transaction ends. */
export async function lockDays(transaction: Transaction): Promise<void> {
  await transaction.rows(`SELECT pg_advisory_xact_lock(${lockKey})`, [transaction.tenantId]);
}

/** Keeps the roll-up out until the transaction ends. */
export async function shareDays(transaction: Transaction): Promise<void> {
  await transaction.rows(`SELECT pg_advisory_xact_lock_shared(${lockKey})`, [transaction.tenantId]);
}

/** Ids of accounts with usage, in order, after one. Jumps from account to account in the primary key. */
export async function listAccountsAfter(transaction: Transaction, after: string, limit: number): Promise<string[]> {
  const rows = await transaction.rows<{ account_id: string }>(
    `WITH RECURSIVE accounts AS (
       (SELECT account_id FROM metering.usage_windows WHERE account_id > $1 ORDER BY account_id LIMIT 1)
       UNION ALL
       SELECT (SELECT w.account_id FROM metering.usage_windows w WHERE w.account_id > accounts.account_id ORDER BY w.account_id LIMIT 1)
       FROM accounts WHERE account_id IS NOT NULL
     )
     SELECT account_id FROM accounts WHERE account_id IS NOT NULL LIMIT $2`,
    [after, limit],
  );
  return rows.map((row) => row.account_id);
}

/** Adds the accounts' windows up, from where the tenant's roll-up stands to `until`. */
export async function insertDays(transaction: Transaction, accountIds: readonly string[], until: Date): Promise<void> {
  await transaction.execute(
    `INSERT INTO metering.usage_days (tenant_id, account_id, series_id, day_start, ${sumColumns})
     SELECT r.tenant_id, s.account_id, s.series_id, day.*
     FROM metering.day_roll_ups r CROSS JOIN (
       SELECT a.account_id, v.id AS series_id FROM unnest($1::uuid[]) AS a (account_id) CROSS JOIN metering.meter_revisions v WHERE v.status <> 'removed'
       UNION ALL
       SELECT g.account_id, g.series_id FROM metering.usage_groups g WHERE g.account_id = ANY($1::uuid[])
     ) s CROSS JOIN LATERAL (
       SELECT ${dayOf('window_start')} AS day_start, ${daySums}
       FROM metering.usage_windows
       WHERE account_id = s.account_id AND series_id = s.series_id AND window_start >= r.rolled_until AND window_start < $2
       GROUP BY 1
     ) day`,
    [plainArray(accountIds), until],
  );
}

export async function setRolledUntil(transaction: Transaction, until: Date): Promise<void> {
  await transaction.execute(`UPDATE metering.day_roll_ups SET rolled_until = $1 WHERE rolled_until < $1`, [until]);
}

/**
 * Adds windows of the past to the days that are rolled up already. The roll-up waits until the transaction ends, or this
 * waits for it, so each window is added exactly once.
 */
export async function addToDays(transaction: Transaction, windows: readonly WindowChange[]): Promise<void> {
  if (windows.length === 0) return;
  await Promise.all([
    shareDays(transaction),
    transaction.execute(
      `INSERT INTO metering.usage_days AS d (tenant_id, account_id, series_id, day_start, ${sumColumns})
       SELECT $1, w.account_id, w.series_id, ${dayOf('w.window_start')} AS day_start, ${daySums}
       FROM ${changeRows} AS w (account_id, series_id, window_start, ${sumColumns})
       JOIN metering.day_roll_ups r ON w.window_start < r.rolled_until
       GROUP BY w.account_id, w.series_id, 4 ORDER BY w.account_id, w.series_id, 4
       ON CONFLICT (tenant_id, account_id, series_id, day_start) DO UPDATE SET ${addSum('d')}`,
      [transaction.tenantId, ...changeParameters(windows)],
    ),
  ]);
}
