import type { Transaction } from '@plinth/common';
import type { Membership } from './membership.ts';

const columns = `organization_id AS "organizationId", user_id AS "userId", is_owner AS "isOwner", created_at AS "createdAt"`;

/** Makes a person a member of the tenant's organization; false when they are one, or when there is no such organization. */
export async function insertMembership(
  transaction: Transaction,
  member: { readonly organizationId: string; readonly userId: string; readonly now: Date },
): Promise<boolean> {
  const inserted = await transaction.execute(
    `INSERT INTO account.memberships (organization_id, user_id, tenant_id, is_owner, created_at)
     SELECT id, $2, tenant_id, false, $3 FROM account.organizations WHERE id = $1 ON CONFLICT DO NOTHING`,
    [member.organizationId, member.userId, member.now],
  );
  return inserted === 1;
}

/** A person's membership in the tenant's organization. */
export async function findMembership(transaction: Transaction, userId: string): Promise<Membership | undefined> {
  return transaction.findRow<Membership>(`SELECT ${columns} FROM account.memberships WHERE user_id = $1`, [userId]);
}

/** The tenant's organization, locked until the transaction ends: who owns it changes one at a time. */
export async function lockOrganization(transaction: Transaction, id: string): Promise<boolean> {
  return (
    (await transaction.findRow(`SELECT 1 FROM account.organizations WHERE id = $1 FOR UPDATE`, [id])) !== undefined
  );
}

export async function existsOrganization(transaction: Transaction, id: string): Promise<boolean> {
  return (await transaction.findRow(`SELECT 1 FROM account.organizations WHERE id = $1`, [id])) !== undefined;
}

export async function listMemberships(
  transaction: Transaction,
  query: { readonly organizationId: string; readonly after: string | undefined; readonly limit: number },
): Promise<Membership[]> {
  return transaction.rows<Membership>(
    `SELECT ${columns} FROM account.memberships
      WHERE organization_id = $1 AND ($2::text IS NULL OR user_id > $2) ORDER BY user_id LIMIT $3`,
    [query.organizationId, query.after ?? null, query.limit],
  );
}

/** Deletes a membership; the owner's stays. */
export async function deleteMembership(transaction: Transaction, userId: string): Promise<boolean> {
  return (
    (await transaction.execute(`DELETE FROM account.memberships WHERE user_id = $1 AND NOT is_owner`, [userId])) > 0
  );
}

export async function setOwner(transaction: Transaction, userId: string, isOwner: boolean): Promise<void> {
  await transaction.execute(`UPDATE account.memberships SET is_owner = $2 WHERE user_id = $1`, [userId, isOwner]);
}
