import type { Transaction } from '@plinth/common';
import type { LateDay } from './late-usage.store.ts';

/** An ended subscription whose last period is to be compared with what was billed of it. */
export interface EndedUsage {
  readonly subscriptionId: string;
  /** Of that time nothing was known before: what was found came later. */
  readonly cameAfter: Date;
  readonly sequence: string;
}

/** The last period of a subscription that its last billing closes: [from, to). */
export interface LastPeriod {
  readonly subscriptionId: string;
  readonly accountId: string;
  readonly from: Date;
  readonly to: Date;
  /** When its usage is complete, where it was billed sooner. */
  readonly completeAt: Date | undefined;
}

const again = `ON CONFLICT (subscription_id) DO UPDATE
  SET due_at = greatest(e.due_at, excluded.due_at), came_after = least(e.came_after, excluded.came_after), sequence = DEFAULT`;

/** Notes the ended subscriptions of accounts with late days, of what was subscribed on those days. */
export async function noteLateDays(
  transaction: Transaction,
  days: readonly LateDay[],
  { now, cameAfter }: { readonly now: Date; readonly cameAfter: Date },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.ended_usage AS e (subscription_id, tenant_id, due_at, came_after)
     SELECT DISTINCT s.id, $1::uuid, $2::timestamptz, $3::timestamptz
     FROM unnest($4::uuid[], $5::timestamptz[]) AS day (account_id, from_at)
     JOIN subscription.subscriptions s ON s.account_id = day.account_id AND s.ends_at > day.from_at
     WHERE s.bill_next_at IS NULL ORDER BY s.id ${again}`,
    [
      transaction.tenantId,
      now,
      cameAfter,
      days.map(({ accountId }) => accountId),
      days.map(({ from }) => from.toISOString()),
    ],
  );
}

/**
 * Notes, with their last billings, the subscriptions whose last period was billed before its usage was complete, or has
 * late days: those may have been listed after its usage was read.
 */
export async function noteLastPeriods(
  transaction: Transaction,
  periods: readonly LastPeriod[],
  now: Date,
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.ended_usage AS e (subscription_id, tenant_id, due_at, came_after)
     SELECT p.id, $1, coalesce(p.complete_at, $2), '-infinity'
     FROM unnest($3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
       AS p (id, account_id, from_at, to_at, complete_at)
     WHERE p.complete_at IS NOT NULL OR EXISTS (
       SELECT FROM subscription.late_usage l WHERE l.account_id = p.account_id AND l.from_at < p.to_at AND l.to_at > p.from_at
     ) ORDER BY p.id ${again}`,
    [
      transaction.tenantId,
      now,
      periods.map(({ subscriptionId }) => subscriptionId),
      periods.map(({ accountId }) => accountId),
      periods.map(({ from }) => from.toISOString()),
      periods.map(({ to }) => to.toISOString()),
      periods.map(({ completeAt }) => completeAt?.toISOString() ?? null),
    ],
  );
}

/** Those that are to be looked at now, behind a position. */
export async function listDueEnded(
  transaction: Transaction,
  now: Date,
  after: string,
  limit: number,
): Promise<EndedUsage[]> {
  return transaction.rows<EndedUsage>(
    `SELECT subscription_id AS "subscriptionId", greatest(came_after, timestamptz '1970-01-01Z') AS "cameAfter", sequence::text AS sequence
     FROM subscription.ended_usage WHERE due_at <= $1 AND subscription_id > $2 ORDER BY subscription_id LIMIT $3`,
    [now, after, limit],
  );
}

/** Locks those for which nothing has come since they were listed. */
export async function lockEnded(transaction: Transaction, ended: readonly EndedUsage[]): Promise<Set<string>> {
  const rows = await transaction.rows<{ subscription_id: string }>(
    `SELECT e.subscription_id FROM unnest($1::uuid[], $2::bigint[]) AS seen (subscription_id, sequence)
     JOIN subscription.ended_usage e USING (subscription_id, sequence) FOR UPDATE OF e SKIP LOCKED`,
    [ended.map(({ subscriptionId }) => subscriptionId), ended.map(({ sequence }) => sequence)],
  );
  return new Set(rows.map((row) => row.subscription_id));
}

/** Forgets those that were dealt with; they are locked. */
export async function deleteEnded(transaction: Transaction, subscriptionIds: readonly string[]): Promise<void> {
  await transaction.execute(`DELETE FROM subscription.ended_usage WHERE subscription_id = ANY ($1::uuid[])`, [
    subscriptionIds,
  ]);
}
