import { builtInRoles, rolePermissions, type BuiltInRole, type Permission } from '@plinth/contracts';

/** A role that a user has: in a tenant, or on the whole platform when there is none. */
export interface RoleGrant {
  readonly tenantId: string | null;
  readonly organizationId: string | null;
  readonly role: string;
}

/** A role of a user in one tenant, as its administrators see it. */
export interface RoleAssignment {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: BuiltInRole;
  readonly createdAt: Date;
}

/** Where a user acts and as what. */
export interface Membership {
  readonly tenant?: string;
  readonly organization?: string;
  readonly roles: readonly string[];
}

/**
 * Chooses the tenant that a user acts in: the requested one, else the one of the oldest grant. Undefined when a
 * tenant was requested that the user does not belong to. Platform-wide roles hold in every tenant of the user.
 */
export function resolveMembership(grants: readonly RoleGrant[], requestedTenant?: string): Membership | undefined {
  const tenant =
    requestedTenant?.toLowerCase() ?? grants.find((grant) => grant.tenantId !== null)?.tenantId ?? undefined;
  const inTenant = grants.filter((grant) => grant.tenantId === tenant);
  if (requestedTenant !== undefined && inTenant.length === 0) return undefined;
  const everywhere = grants.filter((grant) => grant.tenantId === null);
  const organization = inTenant.find((grant) => grant.organizationId !== null)?.organizationId;
  return {
    ...(tenant === undefined ? {} : { tenant }),
    ...(organization ? { organization } : {}),
    roles: [...new Set([...inTenant, ...everywhere].map((grant) => grant.role))],
  };
}

/** Every permission that the roles give together. A role that is not built in gives none. */
export function permissionsOf(roles: readonly string[]): ReadonlySet<Permission> {
  return new Set(roles.filter(isBuiltInRole).flatMap((role) => rolePermissions[role]));
}

function isBuiltInRole(role: string): role is BuiltInRole {
  return (builtInRoles as readonly string[]).includes(role);
}
