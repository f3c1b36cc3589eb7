import type { BillingPeriod, PlanVersion } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import { endsAt, type Phase, type Subscription, type SubscriptionStatus } from './subscription.ts';

interface SubscriptionRow {
  readonly id: string;
  readonly account_id: string;
  readonly currency: string;
  readonly time_zone: string;
  readonly anchor: string;
  readonly period_unit: BillingPeriod['unit'];
  readonly period_count: number;
  readonly status: SubscriptionStatus;
  readonly ends_on: string | null;
  readonly bill_next_index: number;
  readonly bill_next_at: Date | null;
  readonly changed_since_billing: boolean;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface PhaseRow {
  readonly id: string;
  readonly subscription_id: string;
  readonly plan_id: string;
  readonly plan_version: number;
  readonly quantity: number;
  readonly from_date: string;
  readonly to_date: string | null;
}

const columns = `id, account_id, currency, time_zone, anchor::text AS anchor, period_unit, period_count, status, ends_on::text AS ends_on,
  bill_next_index, bill_next_at, changed_since_billing, version, created_at, updated_at`;

/** Keeps the first copy of each plan version: a published version never changes. */
export async function insertPlanVersions(transaction: Transaction, plans: readonly PlanVersion[]): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.plan_versions (tenant_id, plan_id, version, key, name, currency, period_unit, period_count, prices)
     SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::jsonb[])
     ON CONFLICT DO NOTHING`,
    [
      transaction.tenantId,
      plans.map((plan) => plan.planId),
      plans.map((plan) => plan.version),
      plans.map((plan) => plan.planKey),
      plans.map((plan) => plan.planName),
      plans.map((plan) => plan.currency),
      plans.map((plan) => plan.period.unit),
      plans.map((plan) => plan.period.count),
      plans.map((plan) => JSON.stringify(plan.prices)),
    ],
  );
}

export async function listPlanVersions(
  transaction: Transaction,
  versions: readonly Pick<Phase, 'planId' | 'planVersion'>[],
): Promise<Pick<PlanVersion, 'planId' | 'version' | 'prices'>[]> {
  const rows = await transaction.rows<{ plan_id: string; version: number; prices: PlanVersion['prices'] }>(
    `SELECT plan_id, version, prices FROM subscription.plan_versions
     WHERE (plan_id, version) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))`,
    [versions.map((version) => version.planId), versions.map((version) => version.planVersion)],
  );
  return rows.map((row) => ({ planId: row.plan_id, version: row.version, prices: row.prices }));
}

export async function insertSubscriptions(
  transaction: Transaction,
  subscriptions: readonly Subscription[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.subscriptions
       (tenant_id, status, id, account_id, currency, time_zone, anchor, period_unit, period_count, bill_next_index, bill_next_at, created_at, updated_at)
     SELECT $1, 'active', * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::text[], $8::int[], $9::int[],
       $10::timestamptz[], $11::timestamptz[], $12::timestamptz[])`,
    [
      transaction.tenantId,
      subscriptions.map((subscription) => subscription.id),
      subscriptions.map((subscription) => subscription.accountId),
      subscriptions.map((subscription) => subscription.currency),
      subscriptions.map((subscription) => subscription.timeZone),
      subscriptions.map((subscription) => subscription.startsOn),
      subscriptions.map((subscription) => subscription.period.unit),
      subscriptions.map((subscription) => subscription.period.count),
      subscriptions.map((subscription) => subscription.billNextIndex),
      subscriptions.map((subscription) => subscription.billNextAt),
      subscriptions.map((subscription) => subscription.createdAt),
      subscriptions.map((subscription) => subscription.updatedAt),
    ],
  );
  await insertPhases(
    transaction,
    subscriptions.flatMap(({ id, phases }) => phases.map((phase) => ({ ...phase, subscriptionId: id }))),
  );
}

async function insertPhases(
  transaction: Transaction,
  phases: readonly (Phase & { subscriptionId: string })[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.phases (tenant_id, id, subscription_id, plan_id, plan_version, quantity, from_date, to_date)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::int[], $7::date[], $8::date[])`,
    [
      transaction.tenantId,
      phases.map((phase) => phase.id),
      phases.map((phase) => phase.subscriptionId),
      phases.map((phase) => phase.planId),
      phases.map((phase) => phase.planVersion),
      phases.map((phase) => phase.quantity),
      phases.map((phase) => phase.from),
      phases.map((phase) => phase.to),
    ],
  );
}

/** Writes what a change or a cancellation left of the subscription. */
export async function updateSubscription(transaction: Transaction, subscription: Subscription): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.subscriptions SET status = $2, ends_on = $3, ends_at = $4, bill_next_at = $5, changed_since_billing = $6,
       version = $7, updated_at = $8 WHERE id = $1`,
    [
      subscription.id,
      subscription.status,
      subscription.endsOn,
      endsAt(subscription),
      subscription.billNextAt,
      subscription.changedSinceBilling,
      subscription.version,
      subscription.updatedAt,
    ],
  );
  await transaction.execute(`DELETE FROM subscription.phases WHERE subscription_id = $1`, [subscription.id]);
  await insertPhases(
    transaction,
    subscription.phases.map((phase) => ({ ...phase, subscriptionId: subscription.id })),
  );
}

export async function findSubscription(transaction: Transaction, id: string): Promise<Subscription | undefined> {
  const rows = await transaction.rows<SubscriptionRow>(
    `SELECT ${columns} FROM subscription.subscriptions WHERE id = $1`,
    [id],
  );
  return (await withPhases(transaction, rows))[0];
}

/** Locks the subscription's row until the transaction ends. */
export async function findSubscriptionForUpdate(
  transaction: Transaction,
  id: string,
): Promise<Subscription | undefined> {
  const rows = await transaction.rows<SubscriptionRow>(
    `SELECT ${columns} FROM subscription.subscriptions WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return (await withPhases(transaction, rows))[0];
}

export interface SubscriptionFilter {
  readonly accountId?: string | undefined;
  readonly status?: SubscriptionStatus | undefined;
}

export async function listSubscriptions(
  transaction: Transaction,
  filter: SubscriptionFilter,
  limit: number,
  before: string | undefined,
): Promise<Subscription[]> {
  const rows = await transaction.rows<SubscriptionRow>(
    `SELECT ${columns} FROM subscription.subscriptions
     WHERE ($2::uuid IS NULL OR id < $2) AND ($3::uuid IS NULL OR account_id = $3) AND ($4::text IS NULL OR status = $4)
     ORDER BY id DESC LIMIT $1`,
    [limit, before ?? null, filter.accountId ?? null, filter.status ?? null],
  );
  return withPhases(transaction, rows);
}

/** Where a walk over due subscriptions stands. */
export interface DuePosition {
  readonly billNextAt: Date;
  readonly id: string;
}

/** Subscriptions that have something to bill at `until`, the longest due first. */
export async function listDueSubscriptions(
  transaction: Transaction,
  until: Date,
  after: DuePosition,
  limit: number,
): Promise<Subscription[]> {
  const rows = await transaction.rows<SubscriptionRow>(
    `SELECT ${columns} FROM subscription.subscriptions
     WHERE bill_next_at <= $1 AND (bill_next_at, id) > ($2, $3) ORDER BY subscriptions.bill_next_at, subscriptions.id LIMIT $4`,
    [until, after.billNextAt, after.id, limit],
  );
  return withPhases(transaction, rows);
}

/** Locks those that are still as they were read, without waiting for any that another transaction holds. */
export async function lockUnchanged(
  transaction: Transaction,
  subscriptions: readonly Subscription[],
): Promise<Set<string>> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT s.id FROM unnest($1::uuid[], $2::int[], $3::int[]) AS seen (id, version, bill_next_index)
     JOIN subscription.subscriptions s USING (id, version, bill_next_index)
     FOR UPDATE OF s SKIP LOCKED`,
    [
      subscriptions.map((subscription) => subscription.id),
      subscriptions.map((subscription) => subscription.version),
      subscriptions.map((subscription) => subscription.billNextIndex),
    ],
  );
  return new Set(rows.map((row) => row.id));
}

/** How far a subscription has been billed. */
export interface BillingProgress {
  readonly id: string;
  readonly billNextIndex: number;
  readonly billNextAt: Date | null;
}

export async function updateBillingProgress(
  transaction: Transaction,
  progress: readonly BillingProgress[],
): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.subscriptions s SET bill_next_index = p.bill_next_index, bill_next_at = p.bill_next_at, changed_since_billing = false
     FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS p (id, bill_next_index, bill_next_at) WHERE s.id = p.id`,
    [
      progress.map((entry) => entry.id),
      progress.map((entry) => entry.billNextIndex),
      progress.map((entry) => entry.billNextAt),
    ],
  );
}

export interface SubscribedPlan {
  readonly subscriptionId: string;
  readonly accountId: string;
  readonly planId: string;
  readonly from: string;
  readonly to: string | null;
}

/** Phases of the given plans in subscriptions of the given accounts. */
export async function listSubscribedPlans(
  transaction: Transaction,
  accountIds: readonly string[],
  planIds: readonly string[],
): Promise<SubscribedPlan[]> {
  const rows = await transaction.rows<{
    id: string;
    account_id: string;
    plan_id: string;
    from_date: string;
    to_date: string | null;
  }>(
    `SELECT s.id, s.account_id, p.plan_id, p.from_date::text AS from_date, p.to_date::text AS to_date
     FROM subscription.subscriptions s JOIN subscription.phases p ON p.subscription_id = s.id
     WHERE s.account_id = ANY ($1::uuid[]) AND p.plan_id = ANY ($2::uuid[])`,
    [accountIds, planIds],
  );
  return rows.map((row) => ({
    subscriptionId: row.id,
    accountId: row.account_id,
    planId: row.plan_id,
    from: row.from_date,
    to: row.to_date,
  }));
}

/** One import at a time decides who is subscribed already, so that two of them do not both create it. */
export async function lockImports(transaction: Transaction): Promise<void> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(hashtextextended('subscription.import' || $1::text, 0))`, [
    transaction.tenantId,
  ]);
}

async function withPhases(transaction: Transaction, rows: readonly SubscriptionRow[]): Promise<Subscription[]> {
  if (rows.length === 0) return [];
  const phaseRows = await transaction.rows<PhaseRow>(
    `SELECT id, subscription_id, plan_id, plan_version, quantity, from_date::text AS from_date, to_date::text AS to_date
     FROM subscription.phases WHERE subscription_id = ANY ($1::uuid[]) ORDER BY subscription_id, phases.from_date`,
    [rows.map((row) => row.id)],
  );
  const phases = new Map<string, Phase[]>(rows.map((row) => [row.id, []]));
  for (const row of phaseRows) phases.get(row.subscription_id)?.push(phaseFromRow(row));
  return rows.map((row) => fromRow(row, phases.get(row.id) ?? []));
}

function phaseFromRow(row: PhaseRow): Phase {
  return {
    id: row.id,
    planId: row.plan_id,
    planVersion: row.plan_version,
    quantity: row.quantity,
    from: row.from_date,
    to: row.to_date,
  };
}

function fromRow(row: SubscriptionRow, phases: readonly Phase[]): Subscription {
  return {
    id: row.id,
    accountId: row.account_id,
    currency: row.currency,
    timeZone: row.time_zone,
    startsOn: row.anchor,
    period: { unit: row.period_unit, count: row.period_count },
    status: row.status,
    endsOn: row.ends_on,
    billNextIndex: row.bill_next_index,
    billNextAt: row.bill_next_at,
    changedSinceBilling: row.changed_since_billing,
    phases,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
