import type { Transaction } from '@plinth/common';
import type { RoleGrant } from './membership.ts';

/**
 * The columns of a `RoleGrant`. `e`: iam.effective_assignments, `r`: iam.roles, `p`: iam.sign_in_policies.
 */
export const grantColumns = `e.tenant_id AS "tenantId", e.organization_id AS "organizationId", coalesce(e.role, r.name) AS role,
    r.id AS "roleId", r.permissions, r.conditional, e.scope_organization_id AS "scopeOrganizationId",
    e.scope_division_id AS "scopeDivisionId", e.id AS "assignmentId", e.group_id AS "groupId",
    p.second_factor_required AS "secondFactorRequired",
    p.methods AS "signInMethods"`;
export const grantTables = `iam.effective_assignments e
    LEFT JOIN iam.roles r ON r.id = e.role_id
    LEFT JOIN iam.sign_in_policies p ON p.tenant_id = e.tenant_id`;

const selectOfUser = `SELECT ${grantColumns} FROM ${grantTables} WHERE e.user_id = $1 ORDER BY e.created_at, e.id`;
const selectOfServiceAccount = `SELECT ${grantColumns} FROM ${grantTables}
  WHERE e.service_account_id = $1 ORDER BY e.created_at, e.id`;

/** Everything that a user was granted, directly or by a group, the oldest first. Needs a platform transaction. */
export async function listGrants(transaction: Transaction, userId: string): Promise<RoleGrant[]> {
  return transaction.rows<RoleGrant>(selectOfUser, [userId]);
}

/** The same for a service account. */
export async function listGrantsOfServiceAccount(transaction: Transaction, id: string): Promise<RoleGrant[]> {
  return transaction.rows<RoleGrant>(selectOfServiceAccount, [id]);
}
