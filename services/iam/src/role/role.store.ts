import { newId, type Transaction } from '@plinth/common';
import type { RoleAssignment, RoleHolder, RoleScope } from './role.ts';

/** A user by id or by email address. */
export interface UserReference {
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
}

/** An assignment to make: of a built-in role by name, or of another one by id. */
export interface NewAssignment {
  readonly tenantId: string | null;
  /** Where the holder belongs. */
  readonly organizationId: string | null;
  readonly holder: Partial<RoleHolder>;
  readonly role: { readonly name: string } | { readonly id: string };
  readonly scope: RoleScope;
}

interface AssignmentRow extends RoleHolder {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: string;
  readonly roleId: string | null;
  readonly scopeOrganizationId: string | null;
  readonly scopeDivisionId: string | null;
  readonly createdAt: Date;
}

const selectAssignments = `SELECT a.id, a.user_id AS "userId", a.group_id AS "groupId",
    a.service_account_id AS "serviceAccountId", u.email, coalesce(u.name, g.name, s.name) AS name, coalesce(a.role, r.name) AS role,
    a.role_id AS "roleId", a.scope_organization_id AS "scopeOrganizationId", a.scope_division_id AS "scopeDivisionId",
    a.created_at AS "createdAt"
  FROM iam.role_assignments a
  LEFT JOIN auth.users u ON u.id = a.user_id
  LEFT JOIN iam.groups g ON g.id = a.group_id
  LEFT JOIN iam.service_accounts s ON s.id = a.service_account_id
  LEFT JOIN iam.roles r ON r.id = a.role_id`;

export interface AssignmentFilter {
  readonly tenantId: string | null;
  readonly userId: string | undefined;
  readonly groupId: string | undefined;
  readonly role: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** Assignments of a tenant, or of the platform for null, in the order in which they were made. */
export async function listAssignments(transaction: Transaction, filter: AssignmentFilter): Promise<RoleAssignment[]> {
  const rows = await transaction.rows<AssignmentRow>(
    `${selectAssignments}
      WHERE a.tenant_id IS NOT DISTINCT FROM $1::uuid AND ($2::uuid IS NULL OR a.user_id = $2)
        AND ($3::uuid IS NULL OR a.group_id = $3) AND ($4::text IS NULL OR coalesce(a.role, r.name) = $4)
        AND ($5::uuid IS NULL OR a.id > $5)
      ORDER BY a.id LIMIT $6`,
    [
      filter.tenantId,
      filter.userId ?? null,
      filter.groupId ?? null,
      filter.role ?? null,
      filter.after ?? null,
      filter.limit,
    ],
  );
  return rows.map(fromRow);
}

export async function findAssignment(
  transaction: Transaction,
  tenantId: string | null,
  id: string,
): Promise<RoleAssignment | undefined> {
  const row = await transaction.findRow<AssignmentRow>(
    `${selectAssignments} WHERE a.tenant_id IS NOT DISTINCT FROM $1::uuid AND a.id = $2`,
    [tenantId, id],
  );
  return row && fromRow(row);
}

/** Id of the new assignment; undefined when the holder has it already. */
export async function insertAssignment(
  transaction: Transaction,
  assignment: NewAssignment,
  now: Date,
): Promise<string | undefined> {
  const row = await transaction.findRow<{ id: string }>(
    `INSERT INTO iam.role_assignments (id, tenant_id, organization_id, user_id, group_id, service_account_id, role,
                                       role_id, scope_organization_id, scope_division_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT ON CONSTRAINT role_assignments_once DO NOTHING RETURNING id`,
    [newId(now.getTime()), assignment.tenantId, assignment.organizationId, ...keyOf(assignment), now],
  );
  return row?.id;
}

/** The assignment that is the same in everything that counts. */
export async function findSameAssignment(
  transaction: Transaction,
  assignment: NewAssignment,
): Promise<RoleAssignment | undefined> {
  const row = await transaction.findRow<AssignmentRow>(
    `${selectAssignments}
      WHERE a.tenant_id IS NOT DISTINCT FROM $1::uuid AND a.user_id IS NOT DISTINCT FROM $2::uuid
        AND a.group_id IS NOT DISTINCT FROM $3::uuid AND a.service_account_id IS NOT DISTINCT FROM $4::uuid
        AND a.role IS NOT DISTINCT FROM $5 AND a.role_id IS NOT DISTINCT FROM $6::uuid
        AND a.scope_organization_id IS NOT DISTINCT FROM $7::uuid AND a.scope_division_id IS NOT DISTINCT FROM $8::uuid`,
    [assignment.tenantId, ...keyOf(assignment)],
  );
  return row && fromRow(row);
}

export async function deleteAssignment(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM iam.role_assignments WHERE id = $1`, [id]);
}

/** One change of the administrators at a time, until the transaction ends: two that are fine alone can leave none. */
export async function lockAdministrators(transaction: Transaction): Promise<void> {
  await transaction.execute(
    `SELECT pg_advisory_xact_lock(hashtextextended('iam.administrators ' || coalesce(plinth.current_tenant()::text, ''), 0))`,
  );
}

/** Whether somebody who can sign in administers the whole tenant, directly or by a group; for null: the platform. */
export async function hasAdministrator(transaction: Transaction, tenantId: string | null): Promise<boolean> {
  const row = await transaction.findRow(
    `SELECT 1 FROM iam.effective_assignments e JOIN auth.users u ON u.id = e.user_id AND u.disabled_at IS NULL
      WHERE e.tenant_id IS NOT DISTINCT FROM $1::uuid AND e.role = $2
        AND e.scope_organization_id IS NULL AND e.scope_division_id IS NULL LIMIT 1`,
    [tenantId, tenantId === null ? 'platform_admin' : 'org_admin'],
  );
  return row !== undefined;
}

export async function findUserId(transaction: Transaction, user: UserReference): Promise<string | undefined> {
  const row = await transaction.findRow<{ id: string }>(
    `SELECT id FROM auth.users WHERE id = $1::uuid OR email = lower($2)`,
    [user.userId ?? null, user.email ?? null],
  );
  return row?.id;
}

/**
 * The user, if they belong to the transaction's tenant. One statement for people who do not exist and people of other
 * tenants, so that neither the answer nor its time tells them apart.
 */
export async function findMemberId(transaction: Transaction, user: UserReference): Promise<string | undefined> {
  const row = await transaction.findRow<{ id: string }>(
    `SELECT u.id FROM auth.users u
      WHERE (u.id = $1::uuid OR u.email = lower($2))
        AND (EXISTS (SELECT FROM iam.role_assignments WHERE user_id = u.id AND tenant_id = plinth.current_tenant())
          OR EXISTS (SELECT FROM iam.group_members WHERE user_id = u.id AND tenant_id = plinth.current_tenant()))`,
    [user.userId ?? null, user.email ?? null],
  );
  return row?.id;
}

function keyOf({ holder, role, scope }: NewAssignment): (string | null)[] {
  return [
    holder.userId ?? null,
    holder.groupId ?? null,
    holder.serviceAccountId ?? null,
    'name' in role ? role.name : null,
    'id' in role ? role.id : null,
    scope !== null && 'organizationId' in scope ? scope.organizationId : null,
    scope !== null && 'divisionId' in scope ? scope.divisionId : null,
  ];
}

function fromRow({ scopeOrganizationId, scopeDivisionId, ...row }: AssignmentRow): RoleAssignment {
  return {
    ...row,
    scope:
      scopeOrganizationId !== null
        ? { organizationId: scopeOrganizationId }
        : scopeDivisionId !== null
          ? { divisionId: scopeDivisionId }
          : null,
  };
}
