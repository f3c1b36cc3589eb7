import type { Transaction } from '@plinth/common';

/** Which subscriptions are to move to another version of a plan. */
export interface MigrationSelection {
  readonly planId: string;
  readonly toVersion: number;
  /** Only those that have one of these versions; null: all that are older. */
  readonly fromVersions: readonly number[] | null;
}

/** A plan or an add-on of a subscription that is to move. */
export interface MigrationCandidate {
  readonly subscriptionId: string;
  readonly track: string;
  readonly currency: string;
}

// The last phase of each track decides: who is to get the version later has it already.
const candidates = `FROM subscription.phases p JOIN subscription.subscriptions s ON s.id = p.subscription_id
  WHERE p.plan_id = $1 AND p.to_date IS NULL AND s.ends_on IS NULL
    AND (($3::int[] IS NULL AND p.plan_version < $2) OR (p.plan_version = ANY ($3::int[]) AND p.plan_version <> $2))`;

/** How many have which version and currency. */
export async function countCandidates(
  transaction: Transaction,
  { planId, toVersion, fromVersions }: MigrationSelection,
): Promise<{ planVersion: number; currency: string; subscriptions: number }[]> {
  return transaction.rows(
    `SELECT p.plan_version AS "planVersion", s.currency, count(DISTINCT s.id)::int AS subscriptions ${candidates}
     GROUP BY p.plan_version, s.currency ORDER BY p.plan_version, s.currency`,
    [planId, toVersion, fromVersions],
  );
}

/** The next ones behind an id, in order. A subscription is never divided between two answers. */
export async function listCandidates(
  transaction: Transaction,
  { planId, toVersion, fromVersions }: MigrationSelection,
  after: string,
  limit: number,
): Promise<MigrationCandidate[]> {
  return transaction.rows<MigrationCandidate>(
    `SELECT s.id AS "subscriptionId", p.track, s.currency ${candidates} AND s.id IN (
       SELECT DISTINCT s.id ${candidates} AND s.id > $4 ORDER BY s.id LIMIT $5
     ) ORDER BY s.id, p.track`,
    [planId, toVersion, fromVersions, after, limit],
  );
}
