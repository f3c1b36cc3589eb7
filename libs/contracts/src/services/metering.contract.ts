import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

/** Usage of one account and meter in a half-open window [from, to). */
export const usageRequestSchema = z.object({
  accountId: idSchema,
  meter: z.string().describe('key of the meter'),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});

export type UsageRequest = z.infer<typeof usageRequestSchema>;

/** What other services may ask of the metering service. */
export const meteringContract = defineContract('metering', {
  ...tenantDataProcedures,
  /** Quantities in the order of the requests; "0" where nothing was metered. Exact decimals. */
  listQuantities: {
    input: z.object({ tenantId: idSchema, requests: z.array(usageRequestSchema).max(20_000) }),
    output: z.array(z.string()),
  },
  /** The keys among `meters` for which the tenant has a meter. */
  listKnownMeters: {
    input: z.object({ tenantId: idSchema, meters: z.array(z.string()).max(1000) }),
    output: z.array(z.string()),
  },
});
