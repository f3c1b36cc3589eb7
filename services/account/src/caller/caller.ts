import type { Permission, Principal } from '@plinth/contracts';
import { PermissionDeniedError } from '@plinth/common';

/**
 * For operations that every person may use on what is their own, with or without a role: scopes that were
 * narrowed without the permission refuse nevertheless.
 */
export function assertInScope(caller: Principal, permission: Permission): void {
  if (caller.scopes !== undefined && !caller.scopes.includes(permission)) throw new PermissionDeniedError(permission);
}
