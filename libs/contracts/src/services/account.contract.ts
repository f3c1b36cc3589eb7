import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { currencySchema, timeZoneSchema } from '../money.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

const textSchema = z.string().max(200);

/** A postal address. */
export const addressSchema = z.strictObject({
  line1: textSchema,
  line2: textSchema.optional(),
  city: textSchema,
  region: textSchema
    .optional()
    .describe('state, province or canton, as ISO 3166-2 without the country where there is a code'),
  postalCode: z.string().max(20).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter ISO 3166-1 country code'),
});

export type Address = z.infer<typeof addressSchema>;

/** How an account is billed. What is absent is as the legal entity that bills it says. */
export const billingProfileSchema = z.strictObject({
  name: textSchema.optional().describe("name on invoices; the account's when absent"),
  email: z.email().max(320).optional().describe('where invoices are sent'),
  address: addressSchema.optional(),
  taxId: z.string().max(50).optional().describe('such as a VAT identification number, with its country prefix'),
  taxExempt: z.boolean().optional(),
  language: z.string().max(35).optional().describe('BCP 47 tag of the language of invoices'),
  reference: textSchema.optional().describe("the customer's own reference: purchase order, cost centre, Leitweg-ID"),
  paymentTermDays: z.int().min(0).max(365).optional(),
  legalEntity: z.string().max(100).optional().describe('key of the legal entity that bills it'),
  invoicing: z.enum(['consolidated', 'per_subscription']).optional(),
});

export type BillingProfile = z.infer<typeof billingProfileSchema>;

/** A customer account of a tenant, as billing sees it. */
export const accountSummarySchema = z.object({
  id: idSchema,
  key: z.string().describe("the tenant's own name for the account, unique in the tenant"),
  name: z.string(),
  email: z.string().nullable(),
  currency: currencySchema,
  timeZone: timeZoneSchema,
  parentId: idSchema.nullable().describe('the account that pays for it'),
  customerTenantId: idSchema.nullable().describe("the platform's tenant that the account is the customer of"),
  billing: billingProfileSchema,
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
  /**
   * The account that pays for a tenant's use, and the tenant that keeps it; null when nobody pays. Where several tenants
   * have one, the oldest account.
   */
  findAccountOfTenant: {
    input: z.object({ customerTenantId: idSchema }),
    output: z.object({ tenantId: idSchema, accountId: idSchema }).nullable(),
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
