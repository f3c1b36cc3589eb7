import { newId, type Transaction } from '@plinth/common';
import type { BuiltInRole } from '@plinth/contracts';
import type { RoleGrant } from './role.ts';

export interface AssignmentRow {
  readonly id: string;
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly role: BuiltInRole;
  readonly created_at: Date;
}

const assignmentColumns = `a.id, a.user_id, u.email, u.name, a.role, a.created_at`;

/** A page of the tenant's role assignments in the order in which they were made. */
export function listAssignments(
  transaction: Transaction,
  query: { userId: string | undefined; after: string | undefined; limit: number },
): Promise<AssignmentRow[]> {
  return transaction.rows<AssignmentRow>(
    `SELECT ${assignmentColumns}
       FROM iam.role_assignments a JOIN auth."user" u ON u.id = a.user_id
      WHERE ($1::uuid IS NULL OR a.user_id = $1) AND ($2::uuid IS NULL OR a.id > $2)
      ORDER BY a.id LIMIT $3`,
    [query.userId ?? null, query.after ?? null, query.limit],
  );
}

export function findAssignment(transaction: Transaction, id: string): Promise<AssignmentRow | undefined> {
  return transaction.findRow<AssignmentRow>(
    `SELECT ${assignmentColumns} FROM iam.role_assignments a JOIN auth."user" u ON u.id = a.user_id WHERE a.id = $1`,
    [id],
  );
}

export function findAssignmentOf(
  transaction: Transaction,
  userId: string,
  role: string,
): Promise<AssignmentRow | undefined> {
  return transaction.findRow<AssignmentRow>(
    `SELECT ${assignmentColumns}
       FROM iam.role_assignments a JOIN auth."user" u ON u.id = a.user_id
      WHERE a.user_id = $1 AND a.role = $2`,
    [userId, role],
  );
}

/** Id of the new assignment; undefined when the user has the role already. */
export async function insertAssignment(
  transaction: Transaction,
  input: { tenantId: string; organizationId: string | null; userId: string; role: string },
): Promise<string | undefined> {
  const row = await transaction.findRow<{ id: string }>(
    `INSERT INTO iam.role_assignments (id, tenant_id, organization_id, user_id, role)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT ON CONSTRAINT role_assignments_once DO NOTHING
     RETURNING id`,
    [newId(), input.tenantId, input.organizationId, input.userId, input.role],
  );
  return row?.id;
}

export async function deleteAssignment(transaction: Transaction, id: string): Promise<boolean> {
  return (await transaction.execute(`DELETE FROM iam.role_assignments WHERE id = $1`, [id])) > 0;
}

/** Locks the tenant's administrators until the transaction ends and tells how many they are. */
export async function lockAdministrators(transaction: Transaction): Promise<number> {
  const rows = await transaction.rows(
    `SELECT id FROM iam.role_assignments WHERE role = 'org_admin' ORDER BY id FOR UPDATE`,
  );
  return rows.length;
}

export function findUserByIdOrEmail(
  transaction: Transaction,
  user: { userId?: string | undefined; email?: string | undefined },
): Promise<{ id: string } | undefined> {
  return transaction.findRow<{ id: string }>(`SELECT id FROM auth."user" WHERE id = $1::uuid OR email = lower($2)`, [
    user.userId ?? null,
    user.email ?? null,
  ]);
}

/** Every grant of a user over all tenants, the oldest first. Needs a platform transaction. */
export async function listGrants(transaction: Transaction, userId: string): Promise<RoleGrant[]> {
  return transaction.rows<RoleGrant>(
    `SELECT tenant_id AS "tenantId", organization_id AS "organizationId", role
       FROM iam.role_assignments WHERE user_id = $1 ORDER BY created_at, id`,
    [userId],
  );
}
