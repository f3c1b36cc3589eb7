import type { BuiltInRole } from '@plinth/contracts';
import { newId, type Transaction } from '@plinth/common';
import type { RoleAssignment, RoleGrant } from './role.ts';

/** A user by id or by email address. */
export interface UserReference {
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
}

interface AssignmentRow {
  readonly id: string;
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly role: BuiltInRole;
  readonly created_at: Date;
}

const selectAssignments = `SELECT a.id, a.user_id, u.email, u.name, a.role, a.created_at
  FROM iam.role_assignments a JOIN auth."user" u ON u.id = a.user_id`;

/** The tenant's role assignments in the order in which they were made. */
export async function listAssignments(
  transaction: Transaction,
  query: { userId: string | undefined; after: string | undefined; limit: number },
): Promise<RoleAssignment[]> {
  const rows = await transaction.rows<AssignmentRow>(
    `${selectAssignments} WHERE ($1::uuid IS NULL OR a.user_id = $1) AND ($2::uuid IS NULL OR a.id > $2) ORDER BY a.id LIMIT $3`,
    [query.userId ?? null, query.after ?? null, query.limit],
  );
  return rows.map(fromRow);
}

export async function findAssignment(transaction: Transaction, id: string): Promise<RoleAssignment | undefined> {
  const row = await transaction.findRow<AssignmentRow>(`${selectAssignments} WHERE a.id = $1`, [id]);
  return row && fromRow(row);
}

export async function findAssignmentOf(
  transaction: Transaction,
  userId: string,
  role: string,
): Promise<RoleAssignment | undefined> {
  const row = await transaction.findRow<AssignmentRow>(`${selectAssignments} WHERE a.user_id = $1 AND a.role = $2`, [
    userId,
    role,
  ]);
  return row && fromRow(row);
}

/** Id of the new assignment; undefined when the user has the role already. */
export async function insertAssignment(
  transaction: Transaction,
  input: { tenantId: string | null; organizationId: string | null; userId: string; role: string },
  now: Date,
): Promise<string | undefined> {
  const row = await transaction.findRow<{ id: string }>(
    `INSERT INTO iam.role_assignments (id, tenant_id, organization_id, user_id, role, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT ON CONSTRAINT role_assignments_once DO NOTHING RETURNING id`,
    [newId(now.getTime()), input.tenantId, input.organizationId, input.userId, input.role, now],
  );
  return row?.id;
}

export async function deleteAssignment(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM iam.role_assignments WHERE id = $1`, [id]);
}

/** Locks the tenant's administrators until the transaction ends and tells how many they are. */
export async function lockAdministrators(transaction: Transaction): Promise<number> {
  const rows = await transaction.rows(
    `SELECT id FROM iam.role_assignments WHERE role = 'org_admin' ORDER BY id FOR UPDATE`,
  );
  return rows.length;
}

export async function findUserId(transaction: Transaction, user: UserReference): Promise<string | undefined> {
  const row = await transaction.findRow<{ id: string }>(
    `SELECT id FROM auth."user" WHERE id = $1::uuid OR email = lower($2)`,
    [user.userId ?? null, user.email ?? null],
  );
  return row?.id;
}

/** Everything that a user was granted, the oldest first. Needs a platform transaction. */
export async function listGrants(transaction: Transaction, userId: string): Promise<RoleGrant[]> {
  return transaction.rows<RoleGrant>(
    `SELECT tenant_id AS "tenantId", organization_id AS "organizationId", role
       FROM iam.role_assignments WHERE user_id = $1 ORDER BY created_at, id`,
    [userId],
  );
}

function fromRow(row: AssignmentRow): RoleAssignment {
  return {
    id: row.id,
    userId: row.user_id,
    email: row.email,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
  };
}
