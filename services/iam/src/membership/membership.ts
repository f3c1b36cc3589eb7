import {
  builtInRoles,
  operatorPermissions,
  rolePermissions,
  type BuiltInRole,
  type Condition,
  type Grant,
  type Permission,
} from '@plinth/contracts';
import type { PolicyMethod } from '../sign-in-policy/sign-in-policy.ts';

/** A permission that counts only where all of the conditions hold. */
export interface ConditionalPermission {
  readonly permission: string;
  readonly conditions: readonly Condition[];
}

/** A role that somebody has, directly or by a group: in a tenant, or on the whole platform when there is none. */
export interface RoleGrant {
  readonly tenantId: string | null;
  readonly organizationId: string | null;
  /** Name of the role. */
  readonly role: string;
  /** Id and permissions of a role that is not built in. */
  readonly roleId?: string | null;
  readonly permissions?: readonly string[] | null;
  readonly conditional?: readonly ConditionalPermission[] | null;
  readonly scopeOrganizationId?: string | null;
  readonly scopeDivisionId?: string | null;
  readonly assignmentId?: string;
  /** The group by which it is had. */
  readonly groupId?: string | null;
  /** Whether the tenant asks its members for a second factor. */
  readonly secondFactorRequired?: boolean | null;
  /** Ways of signing in that the tenant accepts. */
  readonly signInMethods?: readonly PolicyMethod[] | null;
}

/** Where somebody acts and as what. */
export interface Membership {
  readonly tenant?: string;
  readonly organization?: string;
  readonly roles: string[];
  readonly grants?: Grant[];
  readonly secondFactorMissing?: true;
  readonly signInMethodRefused?: true;
}

/**
 * Chooses the tenant that somebody acts in: the requested one, else the one of the oldest grant. Undefined when a
 * tenant was requested that they do not belong to. Platform-wide roles hold in every tenant of theirs.
 */
export function resolveMembership(grants: readonly RoleGrant[], requestedTenant?: string): Membership | undefined {
  const tenant =
    requestedTenant?.toLowerCase() ?? grants.find((grant) => grant.tenantId !== null)?.tenantId ?? undefined;
  const inTenant = grants.filter((grant) => grant.tenantId === tenant);
  if (requestedTenant !== undefined && inTenant.length === 0) return undefined;
  const held = [...inTenant, ...grants.filter((grant) => grant.tenantId === null)];
  const organization = inTenant.find((grant) => grant.organizationId !== null)?.organizationId;
  const limited = mergeGrants(held.filter((grant) => !isBuiltInWhole(grant)).flatMap(toGrants));
  return {
    ...(tenant === undefined ? {} : { tenant }),
    ...(organization ? { organization } : {}),
    roles: [...new Set(held.filter(isBuiltInWhole).map((grant) => grant.role))],
    ...(limited.length === 0 ? {} : { grants: limited }),
  };
}

/** A built-in role without a scope: the principal carries its name instead of its permissions. */
export function isBuiltInWhole(grant: RoleGrant): boolean {
  return !grant.roleId && !grant.scopeOrganizationId && !grant.scopeDivisionId;
}

/** What a custom or scoped role lets its holder do, one grant for each set of conditions. */
export function toGrants(grant: RoleGrant): Grant[] {
  const scope = {
    ...(grant.scopeOrganizationId ? { organization: grant.scopeOrganizationId } : {}),
    ...(grant.scopeDivisionId ? { division: grant.scopeDivisionId } : {}),
  };
  // What reaches beyond a tenant is never a tenant's to give, whatever a role of it says.
  const mayGive = (permission: string) => grant.tenantId === null || !operatorPermissions.has(permission as Permission);
  const permissions = (grant.permissions ?? permissionsOfBuiltIn(grant.role)).filter(mayGive);
  const conditional = (grant.conditional ?? []).filter(({ permission }) => mayGive(permission));
  return [
    ...(permissions.length === 0 ? [] : [{ permissions: [...permissions], ...scope }]),
    ...conditional.map(({ permission, conditions }) => ({
      permissions: [permission],
      ...scope,
      conditions: [...conditions],
    })),
  ];
}

function permissionsOfBuiltIn(role: string): readonly Permission[] {
  return (builtInRoles as readonly string[]).includes(role) ? rolePermissions[role as BuiltInRole] : [];
}

/** One grant for each scope and set of conditions: a principal travels between processes in a header. */
function mergeGrants(grants: readonly Grant[]): Grant[] {
  const groups = Map.groupBy(grants, ({ organization, division, conditions }) =>
    JSON.stringify([organization, division, conditions]),
  );
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    permissions: [...new Set(group.flatMap(({ permissions }) => permissions))],
  }));
}
