import { refuseDuplicate, type Transaction } from '@plinth/common';

/** A permission of a tenant's own application. */
export interface OwnPermission {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly createdAt: Date;
}

/** The names of the tenant's own permissions. */
export async function listPermissionNames(transaction: Transaction): Promise<string[]> {
  return (await listOwnPermissions(transaction)).map(({ name }) => name);
}

export async function listOwnPermissions(transaction: Transaction): Promise<OwnPermission[]> {
  return transaction.rows<OwnPermission>(
    `SELECT id, name, description, created_at AS "createdAt" FROM iam.permissions ORDER BY name`,
  );
}

/** Throws `AlreadyExistsError` when the tenant has it. */
export async function insertPermission(transaction: Transaction, permission: OwnPermission): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO iam.permissions (id, tenant_id, name, description, created_at) VALUES ($1, plinth.current_tenant(), $2, $3, $4)`,
      [permission.id, permission.name, permission.description, permission.createdAt],
    ),
    'permission',
    permission.name,
  );
}

export async function deletePermission(transaction: Transaction, name: string): Promise<boolean> {
  return (await transaction.execute(`DELETE FROM iam.permissions WHERE name = $1`, [name])) > 0;
}

/** Names of the tenant's roles that have the permission, under conditions or not. */
export async function listRolesWith(transaction: Transaction, permission: string): Promise<string[]> {
  const rows = await transaction.rows<{ name: string }>(
    `SELECT name FROM iam.roles
      WHERE $1 = ANY (permissions) OR conditional @> jsonb_build_array(jsonb_build_object('permission', $1::text))
      ORDER BY name LIMIT 20`,
    [permission],
  );
  return rows.map(({ name }) => name);
}
