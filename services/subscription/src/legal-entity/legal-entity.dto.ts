import { addressSchema, idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import type { LegalEntity } from './legal-entity.ts';
import { createLegalEntityExamples, replaceLegalEntityExamples } from './legal-entity-examples.ts';

const textSchema = z.string().max(200);
const prefixSchema = z
  .string()
  .regex(/^[A-Za-z0-9/_.-]{0,20}$/, 'must be at most 20 letters, digits, slashes, dots, dashes and underscores');

/** ISO 13616: the check digits make the rearranged number 1 modulo 97. */
const ibanSchema = z
  .string()
  // Its check digits can be worked out for this form only.
  .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, { message: 'must be an IBAN in capitals without spaces', abort: true })
  .refine((iban) => ibanRemainder(iban) === 1n, 'has wrong check digits');

function ibanRemainder(iban: string): bigint {
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n;
}

const contentSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be a key of lower-case letters, digits, - and _'),
  name: textSchema.min(1),
  address: addressSchema.nullable().default(null),
  taxId: z.string().max(50).nullable().default(null).describe('such as a VAT identification number'),
  registration: textSchema.nullable().default(null).describe('register and number, as printed'),
  email: z.email().max(320).nullable().default(null),
  phone: z.string().max(50).nullable().default(null).describe('of the contact that e-invoices name'),
  bank: z
    .strictObject({
      holder: textSchema,
      iban: ibanSchema,
      bic: z
        .string()
        .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'must be a BIC')
        .nullable()
        .default(null),
      bankName: textSchema.nullable().default(null),
    })
    .nullable()
    .default(null),
  footer: z
    .record(z.string().max(35), z.string().max(2000))
    .default({})
    .describe('text at the foot of documents by language tag'),
  invoicePrefix: prefixSchema.default('INV-').describe('stands before the numbers of invoices from now on'),
  creditNotePrefix: prefixSchema.default('CN-'),
  taxRounding: z
    .enum(['line', 'total'])
    .default('line')
    .describe('whether tax is rounded on each line, or once for each rate from the sum'),
  taxProvider: z
    .enum(['rates', 'external'])
    .default('rates')
    .describe('where taxes come from: the table of rates, or the configured tax service'),
  taxUnion: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter ISO 3166-1 country code'))
    .max(250)
    .default([])
    .describe(
      'countries of one tax union with the entity, itself among them: businesses elsewhere in it owe the tax themselves',
    ),
  paymentTermDays: z.int().min(0).max(365).default(14),
  reviewHours: z
    .int()
    .min(0)
    .max(8760)
    .default(0)
    .describe('how long drafts wait before they are finalized by themselves'),
});

export const legalEntityResponseSchema = z.object({
  ...contentSchema.shape,
  name: z.string().describe('empty for the default one before it is set'),
  id: idSchema,
  version: z.int().describe('0 for the default one before it is set'),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
});

const params = z.strictObject({ legalEntityId: idSchema });

export const listLegalEntities = defineOperation({
  id: 'listLegalEntities',
  method: 'GET',
  path: '/legal-entities',
  summary: 'List those who issue invoices, the default one too',
  permission: 'legal-entity:read',
  response: z.object({ data: z.array(legalEntityResponseSchema) }),
});

export const getLegalEntity = defineOperation({
  id: 'getLegalEntity',
  method: 'GET',
  path: '/legal-entities/:legalEntityId',
  summary: "Get a legal entity; the default one's id is the tenant's",
  permission: 'legal-entity:read',
  params,
  response: legalEntityResponseSchema,
  etag: 'returned',
});

export const createLegalEntity = defineOperation({
  id: 'createLegalEntity',
  method: 'POST',
  path: '/legal-entities',
  summary: 'Add a legal entity, which accounts name in their billing profile',
  permission: 'legal-entity:write',
  body: contentSchema,
  response: legalEntityResponseSchema,
  status: 201,
  idempotent: true,
  sensitive: true,
  errors: ['resource.already_exists', 'legal_entity.tax_service_missing'],
  examples: createLegalEntityExamples,
});

export const replaceLegalEntity = defineOperation({
  id: 'replaceLegalEntity',
  method: 'PUT',
  path: '/legal-entities/:legalEntityId',
  summary: 'Replace what is said of a legal entity; invoices issued before keep what it was',
  permission: 'legal-entity:write',
  params,
  body: contentSchema,
  response: legalEntityResponseSchema,
  etag: 'required',
  sensitive: true,
  errors: ['resource.already_exists', 'legal_entity.tax_service_missing', 'request.version_mismatch'],
  examples: replaceLegalEntityExamples,
});

export const deleteLegalEntity = defineOperation({
  id: 'deleteLegalEntity',
  method: 'DELETE',
  path: '/legal-entities/:legalEntityId',
  summary: 'Remove a legal entity that never issued anything',
  permission: 'legal-entity:write',
  params,
  response: z.undefined(),
  status: 204,
  sensitive: true,
  errors: ['legal_entity.in_use'],
});

export function toResponse(entity: LegalEntity): z.input<typeof legalEntityResponseSchema> {
  return {
    ...entity,
    footer: { ...entity.footer },
    taxUnion: [...entity.taxUnion],
    createdAt: entity.createdAt?.toISOString() ?? null,
    updatedAt: entity.updatedAt?.toISOString() ?? null,
  };
}
