import type { Permission, Principal } from '@plinth/contracts';
import {
  CallerNotAUserError,
  ImpersonationRefusedError,
  PermissionDeniedError,
  ScopeMissingError,
  SecondFactorRequiredError,
  SignInMethodRefusedError,
  TenantRequiredError,
  UnauthenticatedError,
} from '../errors/common.errors.ts';
import type { OperationDefinition } from '../http/operation.ts';
import { abilityFor, holdsEverywhere, splitPermission } from './ability.ts';
import type { ProtectedObject } from './reach.ts';

const anonymous: Principal = { kind: 'user', subject: 'anonymous', roles: [] };

/** Whether the caller's roles and grants, narrowed by their scopes, hold the permission in the whole tenant. */
export function hasPermission(principal: Principal, permission: Permission | string): boolean {
  return holdsEverywhere(principal, permission);
}

/** Whether the caller holds the permission at all: in the whole tenant, in a part of it, or under conditions. */
export function hasPermissionSomewhere(principal: Principal, permission: Permission | string): boolean {
  if (holdsEverywhere(principal, permission)) return true;
  if (principal.grants === undefined) return false;
  const { resource, action } = splitPermission(permission);
  return abilityFor(principal, permission).can(action, resource);
}

/** Whether the caller may do this to the object; without one: in the whole tenant. */
export function can(principal: Principal, permission: Permission | string, object?: ProtectedObject): boolean {
  if (holdsEverywhere(principal, permission)) return true;
  if (object === undefined || principal.grants === undefined) return false;
  const { resource, action } = splitPermission(permission);
  return abilityFor(principal, permission).can(action, { type: resource, object });
}

/** Throws unless the caller may do this to the object. */
export function assertCan(principal: Principal, permission: Permission, object?: ProtectedObject): void {
  if (!can(principal, permission, object)) throw new PermissionDeniedError(permission);
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
  if (definition.sensitive && principal.actor !== undefined) throw new ImpersonationRefusedError();
  if (definition.tenant !== false && principal.tenant === undefined) throw missingTenant(principal);
  if (definition.permission === 'authenticated') {
    // An application that may read usage must not add a passkey to its user's account.
    if (principal.kind === 'user' && principal.scopes !== undefined) throw new ScopeMissingError();
    return principal;
  }
  // What holds in a part of the tenant only counts where the operation looks at each object.
  const holds = definition.scoped === true ? hasPermissionSomewhere : hasPermission;
  if (!holds(principal, definition.permission)) throw new PermissionDeniedError(definition.permission);
  return principal;
}

function missingTenant(principal: Principal): Error {
  if (principal.signInMethodRefused) return new SignInMethodRefusedError();
  return principal.secondFactorMissing ? new SecondFactorRequiredError() : new TenantRequiredError();
}
