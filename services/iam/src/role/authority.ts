import { permissions, type Principal } from '@plinth/contracts';
import { can, hasPermission, type ProtectedObject } from '@plinth/common';
import { RoleTooPowerfulError } from './role.errors.ts';
import { allPermissionsOf, type Role } from './role.ts';

const platformPermissions: ReadonlySet<string> = new Set(permissions);

/**
 * Whether the caller may hand out a permission in a part of the tenant; without a part: in all of it. One of the
 * tenant's own applications is in the hands of whoever may write policies.
 */
export function mayGive(caller: Principal, permission: string, place?: ProtectedObject): boolean {
  if (can(withoutConditions(caller), permission, place)) return true;
  return !platformPermissions.has(permission) && hasPermission(caller, 'policy:write');
}

/** What somebody has under conditions is not theirs to give: a part of the tenant meets none and fails none. */
function withoutConditions(caller: Principal): Principal {
  if (!caller.grants?.some(({ conditions }) => conditions !== undefined)) return caller;
  return { ...caller, grants: caller.grants.filter(({ conditions }) => conditions === undefined) };
}

/** Nobody hands out or takes away more than they hold, conditions or not. */
export function assertMayGive(
  caller: Principal,
  role: Pick<Role, 'name' | 'permissions' | 'conditional'>,
  place?: ProtectedObject,
): void {
  const missing = allPermissionsOf(role).filter((permission) => !mayGive(caller, permission, place));
  if (missing.length > 0) throw new RoleTooPowerfulError(role.name, missing);
}
