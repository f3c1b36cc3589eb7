import type { Principal } from '@plinth/contracts';
import { PermissionDeniedError, TenantRequiredError, UnauthenticatedError, hasPermission } from '@plinth/common';
import type { FastifyRequest } from 'fastify';
import { CredentialRefusedError } from './scim.errors.ts';

/** The caller: a program of a tenant that may write its directory. A person's session never counts here. */
export function assertDirectory(request: FastifyRequest): Principal & { readonly tenant: string } {
  const caller = request.principal;
  if (caller === undefined) throw new UnauthenticatedError();
  if (caller.kind !== 'api-key' && caller.kind !== 'service-account') throw new CredentialRefusedError();
  if (caller.tenant === undefined) throw new TenantRequiredError();
  if (!hasPermission(caller, 'scim:write')) throw new PermissionDeniedError('scim:write');
  return { ...caller, tenant: caller.tenant };
}
