import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

export const tenantStatusSchema = z.enum(['active', 'suspended', 'closing', 'deleted']);
export type TenantStatus = z.infer<typeof tenantStatusSchema>;

const tenantSummarySchema = z.object({
  id: idSchema,
  organizationId: idSchema,
  name: z.string(),
  status: tenantStatusSchema,
});

/** What the operator may limit in a tenant. A limit that is absent does not hold. */
export const tenantLimitNames = ['members', 'apiKeys', 'emailDomains', 'divisions', 'accounts'] as const;
export type TenantLimitName = (typeof tenantLimitNames)[number];

export const tenantLimitsSchema = z.partialRecord(z.enum(tenantLimitNames), z.int().min(0));
export type TenantLimits = z.infer<typeof tenantLimitsSchema>;

/** What other services may ask of the tenant service. */
export const tenantContract = defineContract('tenant', {
  ...tenantDataProcedures,
  /** Creates the tenant unless it exists; running it again changes nothing. */
  ensureTenant: {
    input: z.object({ tenantId: idSchema, organizationId: idSchema, name: z.string() }),
    output: tenantSummarySchema,
  },
  findTenant: { input: z.object({ tenantId: idSchema }), output: tenantSummarySchema.nullable() },
  /** How much of what the tenant may have; empty when nothing is limited. */
  getLimits: { input: z.object({ tenantId: idSchema }), output: tenantLimitsSchema },
  /** Ids of all active tenants, for work that goes over every tenant; ordered, at most `limit` after `after`. */
  listActiveTenantIds: {
    input: z.object({ after: idSchema.optional(), limit: z.int().min(1).max(10_000).default(1000) }),
    output: z.array(idSchema),
  },
});
