import { addressSchema, billingProfileSchema, currencySchema, idSchema, timeZoneSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { plainText } from '../plain-text.ts';
import { metadataLimit, type Account } from './account.ts';
import {
  createAccountExamples,
  createAccountsExamples,
  listAccountsExamples,
  updateAccountExamples,
} from './account-examples.ts';

const metadataValueSchema = z.union([plainText(500), z.number(), z.boolean()]);
const metadataSchema = z
  .record(plainText(64), metadataValueSchema)
  .refine((metadata) => Object.keys(metadata).length <= metadataLimit, `must have at most ${metadataLimit} entries`);

const parentIdSchema = idSchema
  .toLowerCase()
  .describe('the account that pays for it, directly or by a parent of its own');
const customerTenantIdSchema = idSchema
  .toLowerCase()
  .describe('the tenant of this platform whose use the account pays for; needs the permission account:link');

/** The same fields, each of which may be left out, or null to take it away (RFC 7396). */
function toPatch<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, z.nullish(field)]);
  return z.strictObject(
    Object.fromEntries(fields) as { [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>> },
  );
}

const billingPatchSchema = toPatch(billingProfileSchema).extend({ address: toPatch(addressSchema).nullish() });

const accountSchema = z.object({
  id: idSchema,
  key: z.string().describe("the tenant's own name for the account, unique in the tenant"),
  name: z.string(),
  email: z.string().nullable(),
  currency: currencySchema,
  timeZone: z.string(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  parentId: parentIdSchema.nullable(),
  customerTenantId: customerTenantIdSchema.nullable(),
  billing: billingProfileSchema,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const newAccountSchema = z.strictObject({
  key: plainText(200).describe('the id when absent').optional(),
  name: plainText(200),
  email: z.email().max(320).nullish(),
  currency: currencySchema.default('EUR'),
  timeZone: timeZoneSchema.default('UTC'),
  metadata: metadataSchema.default({}),
  parentId: parentIdSchema.nullish(),
  customerTenantId: customerTenantIdSchema.nullish(),
  billing: billingProfileSchema.default({}),
});

const accountParams = z.strictObject({ accountId: idSchema });

export const createAccount = defineOperation({
  id: 'createAccount',
  method: 'POST',
  path: '/accounts',
  summary: 'Create a customer account',
  permission: 'account:write',
  body: newAccountSchema,
  response: accountSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists', 'tenant.limit_reached', 'account.tenant_taken'],
  examples: createAccountExamples,
});

export const createAccounts = defineOperation({
  id: 'createAccounts',
  method: 'POST',
  path: '/accounts/batch',
  summary: 'Create up to 1000 accounts unless their key exists; answers in the order of the request',
  permission: 'account:write',
  body: z.strictObject({ accounts: z.array(newAccountSchema).min(1).max(1000) }),
  response: z.object({ data: z.array(z.object({ key: z.string(), id: idSchema, created: z.boolean() })) }),
  idempotent: true,
  errors: ['tenant.limit_reached', 'account.tenant_taken'],
  examples: createAccountsExamples,
});

export const listAccounts = defineOperation({
  id: 'listAccounts',
  method: 'GET',
  path: '/accounts',
  summary: 'List customer accounts',
  permission: 'account:read',
  query: pageQuerySchema.extend({
    key: plainText(200).describe('only the one with this key').optional(),
    parentId: idSchema.describe('only those for which this account pays directly').optional(),
    customerTenantId: idSchema.describe('only the one that is this tenant').optional(),
  }),
  response: pageSchema(accountSchema),
  examples: listAccountsExamples,
});

export const getAccount = defineOperation({
  id: 'getAccount',
  method: 'GET',
  path: '/accounts/:accountId',
  summary: 'Get a customer account',
  permission: 'account:read',
  params: accountParams,
  response: accountSchema,
  etag: 'returned',
});

export const updateAccount = defineOperation({
  id: 'updateAccount',
  method: 'PATCH',
  path: '/accounts/:accountId',
  summary: 'Change a customer account by merge patch; null takes away what may be absent',
  permission: 'account:write',
  params: accountParams,
  // The key stays: usage and imports name the account by it.
  body: z.strictObject({
    name: plainText(200).optional(),
    email: z.email().max(320).nullish(),
    currency: currencySchema.optional(),
    timeZone: timeZoneSchema.optional(),
    metadata: z.record(plainText(64), metadataValueSchema.nullable()).nullish(),
    parentId: parentIdSchema.nullish(),
    customerTenantId: customerTenantIdSchema.nullish(),
    billing: billingPatchSchema.nullish(),
  }),
  response: accountSchema,
  etag: 'required',
  errors: ['account.would_cycle', 'account.currency_shared', 'account.tenant_taken', 'request.version_mismatch'],
  examples: updateAccountExamples,
});

export function toResponse(account: Account): z.output<typeof accountSchema> {
  return { ...account, createdAt: account.createdAt.toISOString(), updatedAt: account.updatedAt.toISOString() };
}
