import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { TaxRate } from './tax-rate.ts';
import { createTaxRateExamples, replaceTaxRateExamples } from './tax-rate-examples.ts';

const contentSchema = z.strictObject({
  category: z.string().min(1).max(100).describe('tax category of prices, such as `standard` or `reduced`'),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter ISO 3166-1 country code'),
  region: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe("region of the customer's address; null: the whole country"),
  percent: z
    .string()
    .regex(/^(100(\.0{1,9})?|\d{1,2}(\.\d{1,9})?)$/, 'must be a percent from 0 to 100 with at most 9 fraction digits'),
  label: z.string().min(1).max(100).describe('as printed, such as `VAT`'),
  validFrom: z.iso.date().default('1970-01-01'),
  validTo: z.iso.date().nullable().default(null).describe('first date on which it no longer applies'),
});

const spanIsForward = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }) =>
  validTo === null || validTo > validFrom;
const spanFault = { path: ['validTo'], message: 'must lie after validFrom' };

const taxRateResponseSchema = z.object({
  ...contentSchema.shape,
  id: idSchema,
  legalEntityId: idSchema,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const params = z.strictObject({ taxRateId: idSchema });

export const listTaxRates = defineOperation({
  id: 'listTaxRates',
  method: 'GET',
  path: '/tax-rates',
  summary: 'List tax rates',
  permission: 'legal-entity:read',
  query: pageQuerySchema.extend({
    legalEntityId: idSchema.optional(),
    country: z.string().max(2).optional(),
    category: z.string().max(100).optional(),
  }),
  response: pageSchema(taxRateResponseSchema),
});

export const createTaxRate = defineOperation({
  id: 'createTaxRate',
  method: 'POST',
  path: '/tax-rates',
  summary: 'Add a tax rate; from the first one on, the legal entity charges tax',
  permission: 'legal-entity:write',
  body: contentSchema
    .extend({ legalEntityId: idSchema.optional().describe('the default legal entity when absent') })
    .refine(spanIsForward, spanFault),
  response: taxRateResponseSchema,
  status: 201,
  idempotent: true,
  errors: ['resource.already_exists'],
  examples: createTaxRateExamples,
});

export const replaceTaxRate = defineOperation({
  id: 'replaceTaxRate',
  method: 'PUT',
  path: '/tax-rates/:taxRateId',
  summary: 'Replace a tax rate; invoices that are final keep theirs',
  permission: 'legal-entity:write',
  params,
  body: contentSchema.refine(spanIsForward, spanFault),
  response: taxRateResponseSchema,
  etag: 'required',
  errors: ['resource.already_exists', 'request.version_mismatch'],
  examples: replaceTaxRateExamples,
});

export const deleteTaxRate = defineOperation({
  id: 'deleteTaxRate',
  method: 'DELETE',
  path: '/tax-rates/:taxRateId',
  summary: 'Remove a tax rate',
  permission: 'legal-entity:write',
  params,
  response: z.undefined(),
  status: 204,
  sensitive: true,
});

export function toResponse(rate: TaxRate): z.input<typeof taxRateResponseSchema> {
  return { ...rate, createdAt: rate.createdAt.toISOString(), updatedAt: rate.updatedAt.toISOString() };
}
