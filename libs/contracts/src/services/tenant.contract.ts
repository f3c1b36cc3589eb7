import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineContract } from '../service-contract.ts';

export const tenantStatusSchema = z.enum(['active', 'suspended', 'closing', 'deleted']);
export type TenantStatus = z.infer<typeof tenantStatusSchema>;

const tenantSummarySchema = z.object({
  id: idSchema,
  organizationId: idSchema,
  name: z.string(),
  status: tenantStatusSchema,
});

/** What other services may ask of the tenant service. */
export const tenantContract = defineContract('tenant', {
  /** Creates the tenant unless it exists; running it again changes nothing. */
  ensureTenant: {
    input: z.object({ tenantId: idSchema, organizationId: idSchema, name: z.string() }),
    output: tenantSummarySchema,
  },
  findTenant: { input: z.object({ tenantId: idSchema }), output: tenantSummarySchema.nullable() },
  /** Ids of all active tenants, for work that goes over every tenant; ordered, at most `limit` after `after`. */
  listActiveTenantIds: {
    input: z.object({ after: idSchema.optional(), limit: z.int().min(1).max(10_000).default(1000) }),
    output: z.array(idSchema),
  },
});
