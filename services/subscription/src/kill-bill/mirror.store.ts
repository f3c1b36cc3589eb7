import type { Transaction } from '@plinth/common';
import type { MirroredSubscription } from './kill-bill.ts';

const columns = `subscription_id AS "subscriptionId", track, account_id AS "accountId", kill_bill_id AS "killBillId", told,
  next_step_at AS "nextStepAt", seen_version AS "seenVersion", problem`;

/** Every plan version and currency that was sold. */
export async function listSoldVersions(
  transaction: Transaction,
): Promise<{ planId: string; planVersion: number; currency: string }[]> {
  return transaction.rows(
    `SELECT plan_id AS "planId", version AS "planVersion", currency FROM subscription.plan_versions
     ORDER BY plan_id, version, currency`,
  );
}

/** Subscriptions that changed since they were looked at, or of which there is more to tell by now. */
export async function listUntold(transaction: Transaction, now: Date, after: string, limit: number): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT s.id FROM subscription.subscriptions s
     WHERE s.id > $2 AND (
       NOT EXISTS (SELECT FROM subscription.kill_bill_subscriptions k WHERE k.subscription_id = s.id)
       OR EXISTS (SELECT FROM subscription.kill_bill_subscriptions k
         WHERE k.subscription_id = s.id AND (k.seen_version <> s.version OR k.next_step_at <= $1)))
     ORDER BY s.id LIMIT $3`,
    [now, after, limit],
  );
  return rows.map((row) => row.id);
}

export async function listMirrored(transaction: Transaction, subscriptionId: string): Promise<MirroredSubscription[]> {
  return transaction.rows(`SELECT ${columns} FROM subscription.kill_bill_subscriptions WHERE subscription_id = $1`, [
    subscriptionId,
  ]);
}

export async function saveMirrored(transaction: Transaction, mirrored: MirroredSubscription): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.kill_bill_subscriptions
       (tenant_id, subscription_id, track, account_id, kill_bill_id, told, next_step_at, seen_version, problem)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (tenant_id, subscription_id, track) DO UPDATE SET kill_bill_id = excluded.kill_bill_id, told = excluded.told,
       next_step_at = excluded.next_step_at, seen_version = excluded.seen_version, problem = excluded.problem`,
    [
      transaction.tenantId,
      mirrored.subscriptionId,
      mirrored.track,
      mirrored.accountId,
      mirrored.killBillId,
      JSON.stringify(mirrored.told),
      mirrored.nextStepAt,
      mirrored.seenVersion,
      mirrored.problem,
    ],
  );
}

/** A page of what is mirrored; with `problemsOnly`, of what is not. */
export async function listMirroredPage(
  transaction: Transaction,
  { problemsOnly, accountId }: { readonly problemsOnly: boolean; readonly accountId?: string | undefined },
  limit: number,
  [afterId, afterTrack]: readonly [string, string],
): Promise<MirroredSubscription[]> {
  return transaction.rows(
    `SELECT ${columns} FROM subscription.kill_bill_subscriptions
     WHERE (subscription_id, track) > ($1, $2) AND (NOT $3 OR problem IS NOT NULL) AND ($4::uuid IS NULL OR account_id = $4)
     ORDER BY kill_bill_subscriptions.subscription_id, track LIMIT $5`,
    [afterId, afterTrack, problemsOnly, accountId ?? null, limit],
  );
}

export async function findAccountId(transaction: Transaction, externalKey: string): Promise<string | undefined> {
  const row = await transaction.findRow<{ kill_bill_id: string }>(
    `SELECT kill_bill_id FROM subscription.kill_bill_accounts WHERE external_key = $1`,
    [externalKey],
  );
  return row?.kill_bill_id;
}

export async function insertAccount(
  transaction: Transaction,
  account: { readonly accountId: string; readonly externalKey: string; readonly killBillId: string },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.kill_bill_accounts (tenant_id, account_id, external_key, kill_bill_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [transaction.tenantId, account.accountId, account.externalKey, account.killBillId],
  );
}

/** Accounts whose invoices were not read since an instant. */
export async function listUnreadAccounts(
  transaction: Transaction,
  since: Date,
  after: string,
  limit: number,
): Promise<{ accountId: string; externalKey: string; killBillId: string }[]> {
  return transaction.rows(
    `SELECT account_id AS "accountId", external_key AS "externalKey", kill_bill_id AS "killBillId"
     FROM subscription.kill_bill_accounts WHERE external_key > $1 AND (read_at IS NULL OR read_at <= $2) ORDER BY external_key LIMIT $3`,
    [after, since, limit],
  );
}

export async function noteRead(transaction: Transaction, externalKey: string, at: Date): Promise<void> {
  await transaction.execute(`UPDATE subscription.kill_bill_accounts SET read_at = $2 WHERE external_key = $1`, [
    externalKey,
    at,
  ]);
}

/** Forgets all that was mirrored: another tenant of Kill Bill has none of it. */
export async function forgetMirror(transaction: Transaction): Promise<void> {
  for (const table of ['invoice_items', 'invoices', 'usages', 'subscriptions', 'accounts'])
    await transaction.execute(`DELETE FROM subscription.kill_bill_${table}`);
  await transaction.execute(
    `UPDATE subscription.kill_bill_connections SET catalogue_digest = NULL, catalogue_uploads = 0, mirrored_at = NULL, last_error = NULL`,
  );
}
