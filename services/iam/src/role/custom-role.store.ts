import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { Role } from './role.ts';

/** A role that is kept in the database. */
export interface CustomRole extends Role {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = `id, name, title, description, permissions, conditional, version,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

// Platform transactions see the roles of all tenants, tenant ones those of their own: both say which they mean.
const inTenant = 'tenant_id IS NOT DISTINCT FROM $1::uuid';

/** Roles of a tenant, or of the platform for null, in the order in which they were made. */
export async function listRoles(
  transaction: Transaction,
  query: { tenantId: string | null; after: string | undefined; limit: number },
): Promise<CustomRole[]> {
  return transaction.rows<CustomRole>(
    `SELECT ${columns} FROM iam.roles WHERE ${inTenant} AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [query.tenantId, query.after ?? null, query.limit],
  );
}

export async function findRole(
  transaction: Transaction,
  tenantId: string | null,
  id: string,
): Promise<CustomRole | undefined> {
  return transaction.findRow<CustomRole>(`SELECT ${columns} FROM iam.roles WHERE ${inTenant} AND id = $2`, [
    tenantId,
    id,
  ]);
}

/** Locks the role until the transaction ends. */
export async function findRoleForUpdate(
  transaction: Transaction,
  tenantId: string | null,
  id: string,
): Promise<CustomRole | undefined> {
  return transaction.findRow<CustomRole>(`SELECT ${columns} FROM iam.roles WHERE ${inTenant} AND id = $2 FOR UPDATE`, [
    tenantId,
    id,
  ]);
}

/** Keeps the role as it is until the transaction ends. */
export async function findRoleByName(
  transaction: Transaction,
  tenantId: string | null,
  name: string,
): Promise<CustomRole | undefined> {
  return transaction.findRow<CustomRole>(`SELECT ${columns} FROM iam.roles WHERE ${inTenant} AND name = $2 FOR SHARE`, [
    tenantId,
    name,
  ]);
}

/** Throws `AlreadyExistsError` when the name is taken. */
export async function insertRole(transaction: Transaction, tenantId: string | null, role: CustomRole): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO iam.roles (id, tenant_id, name, title, description, permissions, conditional, version, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
      [
        role.id,
        tenantId,
        role.name,
        role.title,
        role.description,
        role.permissions,
        JSON.stringify(role.conditional),
        role.version,
        role.createdAt,
      ],
    ),
    'role',
    role.name,
  );
}

export async function updateRole(transaction: Transaction, role: CustomRole): Promise<void> {
  await transaction.execute(
    `UPDATE iam.roles SET title = $2, description = $3, permissions = $4, conditional = $5, version = $6, updated_at = $7
      WHERE id = $1`,
    [
      role.id,
      role.title,
      role.description,
      role.permissions,
      JSON.stringify(role.conditional),
      role.version,
      role.updatedAt,
    ],
  );
}

export async function deleteRole(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM iam.roles WHERE id = $1`, [id]);
}

export async function countAssignments(transaction: Transaction, roleId: string): Promise<number> {
  const row = await transaction.findRow<{ count: number }>(
    `SELECT count(*)::int AS count FROM iam.role_assignments WHERE role_id = $1`,
    [roleId],
  );
  return row?.count ?? 0;
}
