import { idSchema, tenantStatusSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Tenant } from './tenant.ts';

export const tenantResponseSchema = z.object({
  id: idSchema,
  organizationId: idSchema,
  name: z.string(),
  region: z.string(),
  status: tenantStatusSchema,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const tenantParams = z.strictObject({ tenantId: idSchema });

export const listTenants = defineOperation({
  id: 'listTenants',
  method: 'GET',
  path: '/tenants',
  summary: 'List tenants: the own one, or all of them for the operator of the platform',
  permission: 'tenant:read',
  query: pageQuerySchema,
  response: pageSchema(tenantResponseSchema),
});

export const getTenant = defineOperation({
  id: 'getTenant',
  method: 'GET',
  path: '/tenants/:tenantId',
  summary: 'Get a tenant',
  permission: 'tenant:read',
  params: tenantParams,
  response: tenantResponseSchema,
  etag: 'returned',
});

export const updateTenant = defineOperation({
  id: 'updateTenant',
  method: 'PATCH',
  path: '/tenants/:tenantId',
  summary: 'Rename a tenant',
  permission: 'tenant:write',
  params: tenantParams,
  body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
  response: tenantResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
});

export const suspendTenant = defineOperation({
  id: 'suspendTenant',
  method: 'POST',
  path: '/tenants/:tenantId/suspend',
  summary: 'Suspend a tenant: every service refuses its requests within a second',
  permission: 'tenant:suspend',
  tenant: false,
  params: tenantParams,
  response: tenantResponseSchema,
  errors: ['tenant.status_not_allowed'],
});

export const activateTenant = defineOperation({
  id: 'activateTenant',
  method: 'POST',
  path: '/tenants/:tenantId/activate',
  summary: 'Activate a suspended tenant',
  permission: 'tenant:suspend',
  tenant: false,
  params: tenantParams,
  response: tenantResponseSchema,
  errors: ['tenant.status_not_allowed'],
});

export function toResponse(tenant: Tenant): z.output<typeof tenantResponseSchema> {
  return { ...tenant, createdAt: tenant.createdAt.toISOString(), updatedAt: tenant.updatedAt.toISOString() };
}
