import {
  idSchema,
  tenantLimitNames,
  tenantLimitsSchema,
  tenantStatusSchema,
  type TenantLimitName,
} from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Tenant } from './tenant.ts';
import { changeSandboxExamples, changeTenantLimitsExamples, updateTenantExamples } from './tenant-examples.ts';

export const tenantResponseSchema = z.object({
  id: idSchema,
  organizationId: idSchema,
  name: z.string(),
  region: z.string(),
  status: tenantStatusSchema,
  limits: tenantLimitsSchema.describe('what the operator says; goes before what the plan allows'),
  planLimits: tenantLimitsSchema.describe('what the plan allows; a name that is absent in both is not limited'),
  sandbox: z.boolean().describe('whether it is there to try things out, and may stop its time'),
  testClock: z.iso.datetime().nullable().describe("where its time stands; null: it goes with everybody's"),
  deletesAt: z.iso.datetime().nullable().describe('when a closing tenant is deleted'),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const tenantParams = z.strictObject({ tenantId: idSchema });

export const listTenants = defineOperation({
  id: 'listTenants',
  method: 'GET',
  path: '/tenants',
  summary: 'List tenants: the own one, or all of them for the operator of the platform',
  permission: 'tenant:read',
  // Operators need not be members of any.
  tenant: false,
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
  examples: updateTenantExamples,
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

export const changeTenantLimits = defineOperation({
  id: 'changeTenantLimits',
  method: 'PUT',
  path: '/tenants/:tenantId/limits',
  summary: 'Say how much of what a tenant may have',
  description:
    'Where a name is left out, the limit of the plan holds, if it has one. What is there already stays when it is more.',
  permission: 'tenant:suspend',
  tenant: false,
  params: tenantParams,
  body: z.strictObject(
    Object.fromEntries(tenantLimitNames.map((name) => [name, z.int().min(0).optional()])) as Record<
      TenantLimitName,
      z.ZodOptional<z.ZodInt>
    >,
  ),
  response: tenantResponseSchema,
  examples: changeTenantLimitsExamples,
});

export const changeSandbox = defineOperation({
  id: 'changeSandbox',
  method: 'PUT',
  path: '/tenants/:tenantId/sandbox',
  summary: 'Make a tenant a sandbox, which may move its own time, or no longer',
  description: "A tenant that is no sandbox any more goes with everybody's time again.",
  permission: 'tenant:suspend',
  tenant: false,
  params: tenantParams,
  body: z.strictObject({ sandbox: z.boolean() }),
  response: tenantResponseSchema,
  examples: changeSandboxExamples,
});

export function toResponse(tenant: Tenant): z.output<typeof tenantResponseSchema> {
  return {
    ...tenant,
    testClock: tenant.testClock?.toISOString() ?? null,
    deletesAt: tenant.deletesAt?.toISOString() ?? null,
    createdAt: tenant.createdAt.toISOString(),
    updatedAt: tenant.updatedAt.toISOString(),
  };
}
