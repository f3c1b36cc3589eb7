import { rolePermissions, type BuiltInRole, type Permission, type Principal } from '@plinth/contracts';
import {
  CallerNotAUserError,
  PermissionDeniedError,
  TenantRequiredError,
  UnauthenticatedError,
} from '../errors/common.errors.ts';
import type { OperationDefinition } from '../http/operation.ts';

const permissionsOfRole = new Map<string, ReadonlySet<string>>(
  Object.entries(rolePermissions).map(([role, list]) => [role, new Set<string>(list)]),
);
const anonymous: Principal = { kind: 'user', subject: 'anonymous', roles: [] };

/** Whether the caller's roles, narrowed by their scopes, hold the permission. */
export function hasPermission(principal: Principal, permission: Permission): boolean {
  if (principal.scopes !== undefined && !principal.scopes.includes(permission)) return false;
  // An API key carries its permissions as scopes and has no roles; a service acts for the platform itself.
  if (principal.kind !== 'user') return principal.scopes !== undefined || principal.kind === 'service';
  return principal.roles.some((role) => permissionsOfRole.get(role as BuiltInRole)?.has(permission) ?? false);
}

/** Id of the person who calls; API keys and services are nobody. */
export function userIdOf(caller: Principal): string {
  if (caller.kind !== 'user') throw new CallerNotAUserError();
  return caller.subject;
}

/** The caller of an operation, or the error that refuses them. */
export function checkCaller(definition: OperationDefinition, principal: Principal | undefined): Principal {
  if (definition.permission === 'public') return principal ?? anonymous;
  if (principal === undefined) throw new UnauthenticatedError();
  if (definition.tenant !== false && principal.tenant === undefined) throw new TenantRequiredError();
  if (definition.permission !== 'authenticated' && !hasPermission(principal, definition.permission)) {
    throw new PermissionDeniedError(definition.permission);
  }
  return principal;
}
