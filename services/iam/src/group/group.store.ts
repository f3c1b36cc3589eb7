import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { ConditionalPermission } from '../membership/membership.ts';
import type { Group, GroupMember, GroupSource } from './group.ts';

const columns = `id, name, description, source, external_id AS "externalId", version,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

export interface GroupFilter {
  readonly after: string | undefined;
  readonly limit: number;
  readonly source?: GroupSource | undefined;
  readonly name?: string | undefined;
  readonly externalId?: string | undefined;
}

/** Groups of the transaction's tenant in the order in which they were made. */
export async function listGroups(transaction: Transaction, filter: GroupFilter): Promise<Group[]> {
  return transaction.rows<Group>(
    `SELECT ${columns} FROM iam.groups
      WHERE ($1::uuid IS NULL OR id > $1) AND ($2::text IS NULL OR source = $2)
        AND ($3::text IS NULL OR name = $3) AND ($4::text IS NULL OR external_id = $4)
      ORDER BY id LIMIT $5`,
    [filter.after ?? null, filter.source ?? null, filter.name ?? null, filter.externalId ?? null, filter.limit],
  );
}

export async function findGroup(transaction: Transaction, id: string): Promise<Group | undefined> {
  return transaction.findRow<Group>(`SELECT ${columns} FROM iam.groups WHERE id = $1`, [id]);
}

/** Locks the group until the transaction ends. */
export async function findGroupForUpdate(transaction: Transaction, id: string): Promise<Group | undefined> {
  return transaction.findRow<Group>(`SELECT ${columns} FROM iam.groups WHERE id = $1 FOR UPDATE`, [id]);
}

/** Throws `AlreadyExistsError` when the name is taken. */
export async function insertGroup(transaction: Transaction, group: Group): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO iam.groups (id, tenant_id, name, description, source, external_id, version, created_at, updated_at)
       VALUES ($1, plinth.current_tenant(), $2, $3, $4, $5, $6, $7, $7)`,
      [group.id, group.name, group.description, group.source, group.externalId, group.version, group.createdAt],
    ),
    'group',
    group.name,
  );
}

/** Throws `AlreadyExistsError` when the name is taken. */
export async function updateGroup(transaction: Transaction, group: Group): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `UPDATE iam.groups SET name = $2, description = $3, external_id = $4, version = $5, updated_at = $6 WHERE id = $1`,
      [group.id, group.name, group.description, group.externalId, group.version, group.updatedAt],
    ),
    'group',
    group.name,
  );
}

/** Deletes the group with its members and roles. */
export async function deleteGroup(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM iam.groups WHERE id = $1`, [id]);
}

export async function listMembers(
  transaction: Transaction,
  query: { groupId: string; after: string | undefined; limit: number },
): Promise<GroupMember[]> {
  return transaction.rows<GroupMember>(
    `SELECT m.user_id AS "userId", u.name, u.email, m.created_at AS "addedAt"
       FROM iam.group_members m JOIN auth.users u ON u.id = m.user_id
      WHERE m.group_id = $1 AND ($2::uuid IS NULL OR m.user_id > $2) ORDER BY m.user_id LIMIT $3`,
    [query.groupId, query.after ?? null, query.limit],
  );
}

/** Adds members; those who are in it stay. Returns who was added. */
export async function insertMembers(
  transaction: Transaction,
  groupId: string,
  userIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await transaction.rows<{ userId: string }>(
    `INSERT INTO iam.group_members (tenant_id, group_id, user_id, created_at)
     SELECT plinth.current_tenant(), $1, u.id, $3 FROM auth.users u WHERE u.id = ANY ($2::uuid[])
     ON CONFLICT DO NOTHING RETURNING user_id AS "userId"`,
    [groupId, userIds, now],
  );
  return rows.map(({ userId }) => userId);
}

/** Removes members. Returns who was in it. */
export async function deleteMembers(
  transaction: Transaction,
  groupId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const rows = await transaction.rows<{ userId: string }>(
    `DELETE FROM iam.group_members WHERE group_id = $1 AND user_id = ANY ($2::uuid[]) RETURNING user_id AS "userId"`,
    [groupId, userIds],
  );
  return rows.map(({ userId }) => userId);
}

export async function listMemberIds(transaction: Transaction, groupId: string): Promise<string[]> {
  const rows = await transaction.rows<{ userId: string }>(
    `SELECT user_id AS "userId" FROM iam.group_members WHERE group_id = $1`,
    [groupId],
  );
  return rows.map(({ userId }) => userId);
}

/** Those among the users who have a role in the transaction's tenant, directly or by a group. */
export async function listRoleHolders(transaction: Transaction, userIds: readonly string[]): Promise<string[]> {
  const rows = await transaction.rows<{ userId: string }>(
    `SELECT DISTINCT user_id AS "userId" FROM iam.effective_assignments
      WHERE user_id = ANY ($1::uuid[]) AND tenant_id = plinth.current_tenant()`,
    [userIds],
  );
  return rows.map(({ userId }) => userId);
}

/** The organization to which the roles of the group belong. */
export async function findOrganizationId(transaction: Transaction, groupId: string): Promise<string | null> {
  const row = await transaction.findRow<{ organizationId: string }>(
    `SELECT organization_id AS "organizationId" FROM iam.role_assignments
      WHERE group_id = $1 AND organization_id IS NOT NULL LIMIT 1`,
    [groupId],
  );
  return row?.organizationId ?? null;
}

/** Whether the user belongs to the transaction's tenant already, by a role or by a group. */
export async function belongsToTenant(transaction: Transaction, userId: string): Promise<boolean> {
  const row = await transaction.findRow(
    `SELECT 1 WHERE EXISTS (SELECT FROM iam.role_assignments WHERE user_id = $1 AND tenant_id = plinth.current_tenant())
        OR EXISTS (SELECT FROM iam.group_members WHERE user_id = $1 AND tenant_id = plinth.current_tenant())`,
    [userId],
  );
  return row !== undefined;
}

/** A role that a group has. */
export interface GroupRole {
  readonly name: string;
  /** Null for a built-in role. */
  readonly roleId: string | null;
  readonly permissions: readonly string[] | null;
  readonly conditional: readonly ConditionalPermission[] | null;
  readonly organizationId: string | null;
  readonly divisionId: string | null;
}

/** Keeps the roles of the group as they are until the transaction ends. */
export async function listGroupRoles(transaction: Transaction, groupId: string): Promise<GroupRole[]> {
  return transaction.rows<GroupRole>(
    `SELECT coalesce(a.role, r.name) AS name, a.role_id AS "roleId", r.permissions, r.conditional,
            a.scope_organization_id AS "organizationId", a.scope_division_id AS "divisionId"
       FROM iam.role_assignments a LEFT JOIN iam.roles r ON r.id = a.role_id
      WHERE a.group_id = $1 FOR SHARE OF a`,
    [groupId],
  );
}
