import type { BillingPeriod, Entitlement } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import type { AccountEntitlements } from './entitlement.ts';

/** A phase of an account's subscription, and what its plan version grants. */
export interface GrantingPhase {
  readonly accountId: string;
  readonly isAddOn: boolean;
  readonly quantity: number;
  readonly entitlements: readonly Entitlement[];
  readonly anchor: string;
  readonly period: BillingPeriod;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/**
 * The phases of accounts that are in force at an instant or begin later, the oldest subscription first. Paused phases
 * grant nothing. Dates begin at local midnight.
 */
export async function listGrantingPhases(
  transaction: Transaction,
  accountIds: readonly string[],
  at: Date,
): Promise<GrantingPhase[]> {
  return transaction.rows<GrantingPhase>(
    `SELECT * FROM (
       SELECT s.id, s.account_id AS "accountId", p.track <> 'base' AS "isAddOn", p.quantity,
         coalesce(v.terms -> 'entitlements', '[]') AS entitlements, s.anchor::text AS anchor,
         jsonb_build_object('unit', s.period_unit, 'count', s.period_count) AS period,
         coalesce(p.from_at, p.from_date::timestamp AT TIME ZONE s.time_zone) AS "startsAt",
         least(coalesce(p.to_at, p.to_date::timestamp AT TIME ZONE s.time_zone), s.ends_at) AS "endsAt"
       FROM subscription.subscriptions s
       JOIN subscription.phases p ON p.subscription_id = s.id
       JOIN subscription.plan_versions v ON v.plan_id = p.plan_id AND v.version = p.plan_version AND v.currency = p.currency
       WHERE s.account_id = ANY ($1::uuid[]) AND NOT p.paused
     ) phase
     WHERE ("endsAt" IS NULL OR "endsAt" > greatest("startsAt", $2::timestamptz)) ORDER BY id, "isAddOn", "startsAt"`,
    [accountIds, at],
  );
}

export interface KnownEntitlements extends AccountEntitlements {
  readonly changesAt: Date | null;
}

const columns = `account_id AS "accountId", entitlements, anchor::text AS anchor, period, changes_at AS "changesAt"`;

/** What was last told of accounts; locked until the transaction ends. */
export async function listKnownForUpdate(
  transaction: Transaction,
  accountIds: readonly string[],
): Promise<KnownEntitlements[]> {
  return transaction.rows<KnownEntitlements>(
    `SELECT ${columns} FROM subscription.account_entitlements WHERE account_id = ANY ($1::uuid[]) ORDER BY account_id FOR UPDATE`,
    [accountIds],
  );
}

/** Accounts whose entitlements change by themselves at or before an instant. */
export async function listDueAccountIds(transaction: Transaction, until: Date, limit: number): Promise<string[]> {
  const rows = await transaction.rows<{ account_id: string }>(
    `SELECT account_id FROM subscription.account_entitlements WHERE changes_at <= $1 ORDER BY changes_at LIMIT $2`,
    [until, limit],
  );
  return rows.map((row) => row.account_id);
}

/** The next instant after which a tenant's entitlements change by themselves. */
export async function findNextChange(transaction: Transaction): Promise<Date | null> {
  const row = await transaction.findRow<{ next: Date | null }>(
    `SELECT min(changes_at) AS next FROM subscription.account_entitlements`,
  );
  return row?.next ?? null;
}

/** Tenants with accounts whose entitlements change at or before an instant. Needs a platform transaction. */
export async function listDueTenants(transaction: Transaction, until: Date): Promise<string[]> {
  const rows = await transaction.rows<{ tenant_id: string }>(
    `SELECT DISTINCT tenant_id FROM subscription.account_entitlements WHERE changes_at <= $1 ORDER BY tenant_id`,
    [until],
  );
  return rows.map((row) => row.tenant_id);
}

export async function saveEntitlements(
  transaction: Transaction,
  accounts: readonly KnownEntitlements[],
  now: Date,
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.account_entitlements (tenant_id, account_id, entitlements, anchor, period, changes_at, updated_at)
     SELECT $1, input.*, $7 FROM unnest($2::uuid[], $3::jsonb[], $4::date[], $5::jsonb[], $6::timestamptz[]) AS input
     ON CONFLICT (tenant_id, account_id) DO UPDATE SET entitlements = excluded.entitlements, anchor = excluded.anchor,
       period = excluded.period, changes_at = excluded.changes_at, updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      accounts.map((account) => account.accountId),
      accounts.map((account) => JSON.stringify(account.entitlements)),
      accounts.map((account) => account.anchor),
      accounts.map((account) => (account.period === null ? null : JSON.stringify(account.period))),
      accounts.map((account) => account.changesAt),
      now,
    ],
  );
}
