import type { Transaction } from '@plinth/common';

/** A wish for an account's only trial of a plan family, or of a plan without one. */
export interface TrialClaim {
  readonly accountId: string;
  readonly subject: string;
  readonly subscriptionId: string;
}

/** The claims that hold: those that nobody had before, or that the subscription itself had. */
export async function claimTrials(
  transaction: Transaction,
  claims: readonly TrialClaim[],
  now: Date,
): Promise<Set<string>> {
  if (claims.length === 0) return new Set();
  // In one order, so that two batches wait for each other instead of deadlocking; the first of a batch wins.
  const ordered = claims.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const values = [
    transaction.tenantId,
    ordered.map(({ accountId }) => accountId),
    ordered.map(({ subject }) => subject),
    ordered.map(({ subscriptionId }) => subscriptionId),
  ];
  await transaction.execute(
    `INSERT INTO subscription.trials (tenant_id, claimed_at, account_id, subject, subscription_id)
     SELECT $1, $5, * FROM unnest($2::uuid[], $3::text[], $4::uuid[]) ON CONFLICT DO NOTHING`,
    [...values, now],
  );
  const rows = await transaction.rows<{ subscription_id: string }>(
    `SELECT t.subscription_id FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS c (account_id, subject, subscription_id)
     JOIN subscription.trials t USING (account_id, subject, subscription_id) WHERE t.tenant_id = $1`,
    values,
  );
  return new Set(rows.map((row) => row.subscription_id));
}

/** Whether the claim would hold. */
export async function mayClaimTrial(transaction: Transaction, claim: TrialClaim): Promise<boolean> {
  const row = await transaction.findRow<{ subscription_id: string }>(
    `SELECT subscription_id FROM subscription.trials WHERE account_id = $1 AND subject = $2`,
    [claim.accountId, claim.subject],
  );
  return row === undefined || row.subscription_id === claim.subscriptionId;
}

function keyOf({ accountId, subject }: TrialClaim): string {
  return `${accountId}/${subject}`;
}
