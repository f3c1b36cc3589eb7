import type { Transaction } from '@plinth/common';

// Subscriptions of a currency that have the plan at an instant, or will have it, in any of its versions.
const touched = `
  FROM subscription.subscriptions s
  WHERE s.currency = $2
    AND (s.ends_on IS NULL OR coalesce(s.ends_at, s.ends_on::timestamp AT TIME ZONE s.time_zone) > $3)
    AND EXISTS (
      SELECT FROM subscription.phases p WHERE p.subscription_id = s.id AND p.plan_id = $1
        AND (p.to_date IS NULL OR coalesce(p.to_at, p.to_date::timestamp AT TIME ZONE s.time_zone) > $3))`;

export interface TouchedPlan {
  readonly planId: string;
  readonly currency: string;
  readonly now: Date;
}

export async function countTouched(
  transaction: Transaction,
  { planId, currency, now }: TouchedPlan,
): Promise<{ readonly subscriptions: number; readonly accounts: number }> {
  const row = await transaction.findRow<{ subscriptions: number; accounts: number }>(
    `SELECT count(*)::integer AS subscriptions, count(DISTINCT s.account_id)::integer AS accounts ${touched}`,
    [planId, currency, now],
  );
  return row ?? { subscriptions: 0, accounts: 0 };
}

/** Ids of the oldest ones. */
export async function listTouchedIds(
  transaction: Transaction,
  { planId, currency, now }: TouchedPlan,
  limit: number,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(`SELECT s.id ${touched} ORDER BY s.id LIMIT $4`, [
    planId,
    currency,
    now,
    limit,
  ]);
  return rows.map((row) => row.id);
}
