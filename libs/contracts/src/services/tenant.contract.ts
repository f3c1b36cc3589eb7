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
  requestsPerMinute: z
    .int()
    .min(0)
    .optional()
    .describe('of all callers of the tenant together; not limited when absent'),
});

/** What may be limited in a tenant, by its plan or by the operator. A limit that is absent does not hold. */
export const tenantLimitNames = [
  'members',
  'apiKeys',
  'emailDomains',
  'divisions',
  'accounts',
  'requestsPerMinute',
] as const;
export type TenantLimitName = (typeof tenantLimitNames)[number];

/** The feature of a plan that sets a limit of the tenant that is its customer: `tenant.api_keys` sets `apiKeys`. */
export function featureOfLimit(name: TenantLimitName): string {
  return `tenant.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

export const tenantLimitsSchema = z.partialRecord(z.enum(tenantLimitNames), z.int().min(0));
export type TenantLimits = z.infer<typeof tenantLimitsSchema>;

/** The time of a tenant: that of the process unless a sandbox stopped it. */
export const tenantClockSchema = z.object({ sandbox: z.boolean(), testClock: z.iso.datetime().nullable() });
export type TenantClockState = z.infer<typeof tenantClockSchema>;

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
  /** Whether the tenant is a sandbox, and where its time stands if it stopped it. */
  findClock: { input: z.object({ tenantId: idSchema }), output: tenantClockSchema },
  /** Stops the time of a sandbox at an instant, which must not lie before where it stands. */
  advanceClock: { input: z.object({ tenantId: idSchema, to: z.iso.datetime() }), output: tenantClockSchema },
  /** Ids of all active tenants, for work that goes over every tenant; ordered, at most `limit` after `after`. */
  listActiveTenantIds: {
    input: z.object({ after: idSchema.optional(), limit: z.int().min(1).max(10_000).default(1000) }),
    output: z.array(idSchema),
  },
});
