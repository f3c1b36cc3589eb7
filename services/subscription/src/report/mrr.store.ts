import type { Transaction } from '@plinth/common';
import type { SoldCombination } from './monthly-value.ts';

/** Months as dates of their first day, both included. */
export interface MonthRange {
  readonly from: string;
  readonly to: string;
}

export interface PricedCombination extends SoldCombination {
  readonly minor: bigint;
}

/** What changed at the end of a month; null: at any before the range. */
export interface MrrChange {
  readonly month: string | null;
  readonly kind: 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn';
  readonly customers: number;
  readonly amountMinor: bigint;
}

/** What changed of a cohort at the end of a month: customers who came back less those who left, and their revenue. */
export interface CohortChange {
  readonly cohort: string;
  readonly month: string;
  /** Everybody whose first paid phase began in the cohort's month. */
  readonly size: number;
  readonly customers: number;
  readonly amountMinor: bigint;
}

/** Every combination that phases in a currency name; far fewer than phases. */
export async function listCombinations(transaction: Transaction, currency: string): Promise<SoldCombination[]> {
  return transaction.rows<SoldCombination>(
    `SELECT DISTINCT plan_id AS "planId", plan_version AS "planVersion", phase_key AS "phaseKey", quantity
     FROM subscription.phases WHERE currency = $1 AND phase_kind <> 'trial' AND NOT paused`,
    [currency],
  );
}

// What each account brings changes in the months in which its phases begin and end: a phase counts at the end of a month
// if it has begun by then and ends later, so that one that begins and ends in the same month cancels out. Dates are of
// the subscription's own zone, and the end of the subscription cuts its phases off.
const changes = `
  value AS (SELECT * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::int[], $6::numeric[]) AS v (plan_id, plan_version, phase_key, quantity, minor)
    WHERE minor > 0),
  paying AS MATERIALIZED (
    SELECT s.account_id, p.from_date AS starts, least(p.to_date, s.ends_on) AS ends, v.minor
    FROM subscription.phases p
    JOIN subscription.subscriptions s ON s.id = p.subscription_id
    JOIN value v USING (plan_id, plan_version, phase_key, quantity)
    WHERE p.currency = $1 AND p.phase_kind <> 'trial' AND NOT p.paused AND p.from_date < coalesce(least(p.to_date, s.ends_on), 'infinity')
  ),
  change AS MATERIALIZED (
    SELECT account_id, month, sum(minor) AS moved
    FROM (
      SELECT account_id, date_trunc('month', starts)::date AS month, minor FROM paying
      UNION ALL SELECT account_id, date_trunc('month', ends)::date, -minor FROM paying WHERE ends IS NOT NULL
    ) edge GROUP BY account_id, month
  ),
  standing AS MATERIALIZED (
    SELECT month, moved, sum(moved) OVER past AS after, min(month) OVER (PARTITION BY account_id) AS first
    FROM change WINDOW past AS (PARTITION BY account_id ORDER BY month)
  )`;

/** How recurring revenue changed until the end of the range. A customer is an account with subscriptions. */
export async function listChanges(
  transaction: Transaction,
  currency: string,
  values: readonly PricedCombination[],
  { from, to }: MonthRange,
): Promise<MrrChange[]> {
  const rows = await transaction.rows<Omit<MrrChange, 'amountMinor'> & { readonly minor: string }>(
    `WITH ${changes}
     SELECT CASE WHEN month >= $7::date THEN to_char(month, 'YYYY-MM') END AS month, count(*)::int AS customers, sum(moved)::text AS minor,
       CASE WHEN after = moved AND month = first THEN 'new' WHEN after = moved THEN 'reactivation' WHEN after = 0 THEN 'churn'
         WHEN moved > 0 THEN 'expansion' ELSE 'contraction' END AS kind
     FROM standing WHERE moved <> 0 AND month <= $8::date GROUP BY 1, 4`,
    parametersOf(currency, values, from, to),
  );
  return rows.map(({ minor, ...row }) => ({ ...row, amountMinor: BigInt(minor) }));
}

/** How the cohorts whose month lies in the range changed until its end. */
export async function listCohortChanges(
  transaction: Transaction,
  currency: string,
  values: readonly PricedCombination[],
  { from, to }: MonthRange,
): Promise<CohortChange[]> {
  const rows = await transaction.rows<Omit<CohortChange, 'amountMinor'> & { readonly minor: string }>(
    `WITH ${changes}
     SELECT to_char(first, 'YYYY-MM') AS cohort, to_char(month, 'YYYY-MM') AS month, (count(*) FILTER (WHERE month = first))::int AS size,
       (count(*) FILTER (WHERE moved <> 0 AND after = moved) - count(*) FILTER (WHERE moved <> 0 AND after = 0))::int AS customers,
       sum(moved)::text AS minor
     FROM standing WHERE first >= $7::date AND month <= $8::date GROUP BY first, month ORDER BY first, month`,
    parametersOf(currency, values, from, to),
  );
  return rows.map(({ minor, ...row }) => ({ ...row, amountMinor: BigInt(minor) }));
}

function parametersOf(currency: string, values: readonly PricedCombination[], from: string, to: string): unknown[] {
  return [
    currency,
    values.map(({ planId }) => planId),
    values.map(({ planVersion }) => planVersion),
    values.map(({ phaseKey }) => phaseKey),
    values.map(({ quantity }) => quantity),
    values.map(({ minor }) => minor.toString()),
    from,
    to,
  ];
}
