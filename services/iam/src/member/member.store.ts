import type { Transaction } from '@plinth/common';

/** Whether a user has any role in the transaction's tenant, directly or by a group. */
export async function countAssignments(transaction: Transaction, userId: string): Promise<number> {
  const row = await transaction.findRow<{ count: number }>(
    `SELECT count(*)::int AS count FROM iam.effective_assignments
      WHERE user_id = $1 AND tenant_id = plinth.current_tenant()`,
    [userId],
  );
  return row?.count ?? 0;
}

/** How many people belong to the transaction's tenant. Whoever counts at the same time waits, and then sees these too. */
export async function countMembers(transaction: Transaction): Promise<number> {
  await transaction.execute(
    `SELECT pg_advisory_xact_lock(hashtextextended('iam.members ' || plinth.current_tenant(), 0))`,
  );
  const row = await transaction.findRow<{ count: number }>(
    `SELECT count(DISTINCT user_id)::int AS count FROM iam.effective_assignments
      WHERE user_id IS NOT NULL AND tenant_id = plinth.current_tenant()`,
  );
  return row?.count ?? 0;
}

/** Takes every role of a user in the transaction's tenant, and takes them out of its groups; false when they had none. */
export async function deleteAssignments(transaction: Transaction, userId: string): Promise<boolean> {
  const groups = await transaction.execute(
    `DELETE FROM iam.group_members WHERE user_id = $1 AND tenant_id = plinth.current_tenant()`,
    [userId],
  );
  const roles = await transaction.execute(
    `DELETE FROM iam.role_assignments WHERE user_id = $1 AND tenant_id = plinth.current_tenant()`,
    [userId],
  );
  return groups + roles > 0;
}

/** Revokes the API keys that a user made in the transaction's tenant; returns their ids. */
export async function revokeApiKeysOf(transaction: Transaction, userId: string, now: Date): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `UPDATE iam.api_keys SET revoked_at = $2
      WHERE created_by = $1 AND tenant_id = plinth.current_tenant() AND revoked_at IS NULL RETURNING id`,
    [userId, now],
  );
  return rows.map((row) => row.id);
}

/** Revokes the invitations that a user sent and nobody has accepted; returns their ids. */
export async function revokeInvitationsOf(transaction: Transaction, userId: string, now: Date): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `UPDATE iam.invitations SET revoked_at = $2
      WHERE invited_by = $1 AND tenant_id = plinth.current_tenant() AND revoked_at IS NULL AND accepted_at IS NULL
      RETURNING id`,
    [userId, now],
  );
  return rows.map((row) => row.id);
}
