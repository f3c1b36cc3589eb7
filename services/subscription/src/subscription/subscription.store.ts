import type { BillingPeriod } from '@plinth/contracts';
import { plainArray, timestampArray, type Transaction } from '@plinth/common';
import { insertPhases, listPhases } from './phase.store.ts';
import type { CommittedSpend } from '../billing/commitment.ts';
import type { Phase, Subscription, SubscriptionStatus } from './subscription.ts';
import { nextTermStep, type Term } from './term.ts';

interface SubscriptionRow {
  readonly id: string;
  readonly account_id: string;
  readonly currency: string;
  readonly time_zone: string;
  readonly starts_on: string;
  readonly anchor: string;
  readonly period_unit: BillingPeriod['unit'];
  readonly period_count: number;
  readonly status: SubscriptionStatus;
  readonly proration_basis: Subscription['prorationBasis'];
  readonly ends_on: string | null;
  readonly ends_at: Date | null;
  readonly trial_skipped: boolean;
  readonly commitment: CommittedSpend | null;
  readonly term: Term | null;
  readonly bill_next_index: number;
  readonly bill_next_at: Date | null;
  readonly changed_since_billing: boolean;
  readonly billed_early: boolean;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = `id, account_id, currency, time_zone, starts_on::text AS starts_on, anchor::text AS anchor, period_unit, period_count,
  proration_basis, status, ends_on::text AS ends_on, ends_at, trial_skipped, commitment, term, bill_next_index, bill_next_at, changed_since_billing, billed_early, version, created_at, updated_at`;

export async function insertSubscriptions(
  transaction: Transaction,
  subscriptions: readonly Subscription[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.subscriptions
       (tenant_id, id, account_id, currency, time_zone, starts_on, anchor, period_unit, period_count, proration_basis, status,
        ends_on, ends_at, trial_skipped, commitment, bill_next_index, bill_next_at, created_at, updated_at, term, term_next_at)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::date[], $8::text[], $9::int[], $10::text[],
       $11::text[], $12::date[], $13::timestamptz[], $14::boolean[], $15::jsonb[], $16::int[], $17::timestamptz[], $18::timestamptz[],
       $19::timestamptz[], $20::jsonb[], $21::timestamptz[])`,
    [
      transaction.tenantId,
      subscriptions.map((subscription) => subscription.id),
      subscriptions.map((subscription) => subscription.accountId),
      subscriptions.map((subscription) => subscription.currency),
      subscriptions.map((subscription) => subscription.timeZone),
      subscriptions.map((subscription) => subscription.startsOn),
      subscriptions.map((subscription) => subscription.anchor),
      subscriptions.map((subscription) => subscription.period.unit),
      subscriptions.map((subscription) => subscription.period.count),
      subscriptions.map((subscription) => subscription.prorationBasis),
      subscriptions.map((subscription) => subscription.status),
      subscriptions.map((subscription) => subscription.endsOn),
      subscriptions.map((subscription) => subscription.endsAt),
      subscriptions.map((subscription) => subscription.trialSkipped),
      subscriptions.map(({ commitment }) => (commitment === null ? null : JSON.stringify(commitment))),
      subscriptions.map((subscription) => subscription.billNextIndex),
      subscriptions.map((subscription) => subscription.billNextAt),
      subscriptions.map((subscription) => subscription.createdAt),
      subscriptions.map((subscription) => subscription.updatedAt),
      subscriptions.map(({ term }) => (term === null ? null : JSON.stringify(term))),
      subscriptions.map((subscription) => nextTermStep(subscription)?.at ?? null),
    ],
  );
  await insertPhases(transaction, subscriptions);
}

/** Writes what a change or a cancellation left of the subscriptions. */
export async function updateSubscriptions(
  transaction: Transaction,
  subscriptions: readonly Subscription[],
): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.subscriptions s SET status = n.status, ends_on = n.ends_on, ends_at = n.ends_at, commitment = n.commitment,
       bill_next_at = n.bill_next_at, changed_since_billing = n.changed_since_billing, version = n.version, updated_at = n.updated_at,
       term = n.term, term_next_at = n.term_next_at
     FROM unnest($1::uuid[], $2::text[], $3::date[], $4::timestamptz[], $5::jsonb[], $6::timestamptz[], $7::boolean[], $8::int[], $9::timestamptz[],
       $10::jsonb[], $11::timestamptz[])
       AS n (id, status, ends_on, ends_at, commitment, bill_next_at, changed_since_billing, version, updated_at, term, term_next_at) WHERE s.id = n.id`,
    [
      subscriptions.map((subscription) => subscription.id),
      subscriptions.map((subscription) => subscription.status),
      subscriptions.map((subscription) => subscription.endsOn),
      subscriptions.map((subscription) => subscription.endsAt),
      subscriptions.map(({ commitment }) => (commitment === null ? null : JSON.stringify(commitment))),
      subscriptions.map((subscription) => subscription.billNextAt),
      subscriptions.map((subscription) => subscription.changedSinceBilling),
      subscriptions.map((subscription) => subscription.version),
      subscriptions.map((subscription) => subscription.updatedAt),
      subscriptions.map(({ term }) => (term === null ? null : JSON.stringify(term))),
      subscriptions.map((subscription) => nextTermStep(subscription)?.at ?? null),
    ],
  );
  await transaction.execute(`DELETE FROM subscription.phases WHERE subscription_id = ANY ($1::uuid[])`, [
    subscriptions.map((subscription) => subscription.id),
  ]);
  await insertPhases(transaction, subscriptions);
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

/** When the next billing falls due after an instant; null when none is known to. */
export async function findNextDue(transaction: Transaction, after: Date): Promise<Date | null> {
  const row = await transaction.findRow<{ bill_next_at: Date | null }>(
    `SELECT min(bill_next_at) AS bill_next_at FROM subscription.subscriptions WHERE bill_next_at > $1`,
    [after],
  );
  return row?.bill_next_at ?? null;
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
      plainArray(subscriptions.map((subscription) => subscription.version)),
      plainArray(subscriptions.map((subscription) => subscription.billNextIndex)),
    ],
  );
  return new Set(rows.map((row) => row.id));
}

/** Subscriptions of whose terms something falls due, the longest due first; locked, without waiting for others. */
export async function listDueTerms(transaction: Transaction, until: Date, limit: number): Promise<Subscription[]> {
  const rows = await transaction.rows<SubscriptionRow>(
    `SELECT ${columns} FROM subscription.subscriptions WHERE term_next_at <= $1
     ORDER BY subscriptions.term_next_at, subscriptions.id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [until, limit],
  );
  return withPhases(transaction, rows);
}

/** When something of a term falls due next; null when nothing does. */
export async function findNextTerm(transaction: Transaction): Promise<Date | null> {
  const row = await transaction.findRow<{ term_next_at: Date | null }>(
    `SELECT min(term_next_at) AS term_next_at FROM subscription.subscriptions WHERE term_next_at IS NOT NULL`,
  );
  return row?.term_next_at ?? null;
}

/** Writes how far terms have come. The version stays: nobody changed anything. */
export async function updateTerms(transaction: Transaction, subscriptions: readonly Subscription[]): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.subscriptions s SET term = n.term, term_next_at = n.term_next_at
     FROM unnest($1::uuid[], $2::jsonb[], $3::timestamptz[]) AS n (id, term, term_next_at) WHERE s.id = n.id`,
    [
      subscriptions.map(({ id }) => id),
      subscriptions.map(({ term }) => JSON.stringify(term)),
      subscriptions.map((subscription) => nextTermStep(subscription)?.at ?? null),
    ],
  );
}

/** How far a subscription has been billed. */
export interface BillingProgress {
  readonly id: string;
  readonly billNextIndex: number;
  readonly billNextAt: Date | null;
  readonly billedEarly: boolean;
}

export async function updateBillingProgress(
  transaction: Transaction,
  progress: readonly BillingProgress[],
): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.subscriptions s SET bill_next_index = p.bill_next_index, bill_next_at = p.bill_next_at,
       billed_early = p.billed_early, changed_since_billing = false
     FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::boolean[]) AS p (id, bill_next_index, bill_next_at, billed_early) WHERE s.id = p.id`,
    [
      progress.map((entry) => entry.id),
      plainArray(progress.map((entry) => entry.billNextIndex)),
      timestampArray(progress.map((entry) => entry.billNextAt?.getTime() ?? null)),
      plainArray(progress.map((entry) => entry.billedEarly)),
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
    `SELECT s.id, s.account_id, p.plan_id, p.from_date::text AS from_date, least(p.to_date, s.ends_on)::text AS to_date
     FROM subscription.subscriptions s JOIN subscription.phases p ON p.subscription_id = s.id
     WHERE p.track = 'base' AND s.account_id = ANY ($1::uuid[]) AND p.plan_id = ANY ($2::uuid[])`,
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
  const phases = await listPhases(transaction, new Map(rows.map((row) => [row.id, row.time_zone])));
  return rows.map((row) => fromRow(row, phases.get(row.id) ?? []));
}

function fromRow(row: SubscriptionRow, phases: readonly Phase[]): Subscription {
  return {
    id: row.id,
    accountId: row.account_id,
    currency: row.currency,
    timeZone: row.time_zone,
    startsOn: row.starts_on,
    anchor: row.anchor,
    period: { unit: row.period_unit, count: row.period_count },
    prorationBasis: row.proration_basis,
    status: row.status,
    endsOn: row.ends_on,
    endsAt: row.ends_at,
    trialSkipped: row.trial_skipped,
    commitment: row.commitment,
    term: row.term,
    billNextIndex: row.bill_next_index,
    billNextAt: row.bill_next_at,
    changedSinceBilling: row.changed_since_billing,
    billedEarly: row.billed_early,
    phases,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
