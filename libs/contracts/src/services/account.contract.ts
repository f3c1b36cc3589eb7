import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { currencySchema, timeZoneSchema } from '../money.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

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
  ...tenantDataProcedures,
  /** Makes a person a member of an organization unless they are; running it again changes nothing. */
  ensureMember: {
    input: z.object({ tenantId: idSchema, organizationId: idSchema, userId: z.string() }),
    output: z.object({ created: z.boolean() }),
  },
  /** A person's membership in the tenant's organization; null when they have none. */
  findMembership: {
    input: z.object({ tenantId: idSchema, userId: z.string() }),
    output: z.object({ organizationId: idSchema, isOwner: z.boolean() }).nullable(),
  },
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
  /** The organizations and divisions among the ids that exist in the tenant, and where they lie. */
  resolvePlaces: {
    input: z.object({
      tenantId: idSchema,
      organizationIds: z.array(idSchema).max(1000),
      divisionIds: z.array(idSchema).max(1000),
    }),
    output: z.array(
      z.object({
        organizationId: idSchema,
        divisionPath: z
          .array(idSchema)
          .describe('the division and all above it, itself first; empty for an organization'),
      }),
    ),
  },
  /** Ids of the tenant's organizations and divisions, at most a thousand of each, ordered. */
  listPlaces: {
    input: z.object({ tenantId: idSchema }),
    output: z.array(z.object({ organizationId: idSchema, divisionPath: z.array(idSchema) })),
  },
});
