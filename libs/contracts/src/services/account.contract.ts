import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { currencySchema, timeZoneSchema } from '../money.ts';
import { defineContract } from '../service-contract.ts';

/** A customer account of a tenant, as billing sees it. */
export const accountSummarySchema = z.object({
  id: idSchema,
  key: z.string().describe("the tenant's own name for the account, unique in the tenant"),
  name: z.string(),
  currency: currencySchema,
  timeZone: timeZoneSchema,
});

export type AccountSummary = z.infer<typeof accountSummarySchema>;

/** What other services may ask of the account service. */
export const accountContract = defineContract('account', {
  /** The accounts among `ids` that exist in the tenant. */
  listAccountsByIds: {
    input: z.object({ tenantId: idSchema, ids: z.array(idSchema).max(10_000) }),
    output: z.array(accountSummarySchema),
  },
  /** The accounts whose key or id is among `keys`. */
  resolveAccounts: {
    input: z.object({ tenantId: idSchema, keys: z.array(z.string()).max(10_000) }),
    output: z.array(z.object({ key: z.string(), accountId: idSchema })),
  },
});
