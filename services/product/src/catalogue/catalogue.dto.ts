import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { newCouponSchema } from '../coupon/coupon.dto.ts';
import { effectSchema } from '../family/family.dto.ts';
import { descriptionSchema, keySchema, meterSchema, nameSchema } from '../names.ts';
import { newPlacementSchema, newTermsShape } from '../plan/plan-terms.dto.ts';
import { termsChangeSchema } from '../plan/plan.dto.ts';
import { importActions, type ImportStep } from './catalogue.ts';
import { importCatalogueExamples } from './catalogue-examples.ts';

const productSchema = z.strictObject({
  key: keySchema,
  name: nameSchema,
  description: descriptionSchema.nullable().default(null),
  archived: z.boolean().default(false),
});

const featureSchema = z
  .strictObject({
    key: keySchema,
    name: nameSchema,
    product: keySchema.describe('key of its product'),
    type: z.enum(['boolean', 'limit', 'metered']),
    meter: meterSchema.nullable().default(null),
  })
  .refine((feature) => (feature.type === 'metered') === (feature.meter !== null), {
    path: ['meter'],
    message: 'is required for metered features and for no others',
  });

const familySchema = z.strictObject({
  key: keySchema,
  name: nameSchema,
  upgrade: effectSchema.default('now'),
  downgrade: effectSchema.default('period_end'),
});

const planSchema = z.strictObject({
  key: keySchema,
  name: nameSchema,
  product: keySchema.describe('key of its product'),
  kind: z.enum(['plan', 'add_on']).default('plan'),
  archived: z.boolean().default(false),
  family: newPlacementSchema.nullable().default(null),
  ...newTermsShape,
});

const couponSchema = newCouponSchema.extend({ archived: z.boolean().default(false) });

/** The whole catalogue of a tenant as one file: everything by keys, nothing by ids, plans in their newest version. */
export const catalogueSchema = z.strictObject({
  format: z.literal('plinth.catalogue/1'),
  products: z.array(productSchema).max(1000).default([]),
  features: z.array(featureSchema).max(5000).default([]),
  families: z.array(familySchema).max(1000).default([]),
  plans: z.array(planSchema).max(2000).default([]),
  coupons: z.array(couponSchema).max(10_000).default([]),
});

export const exportCatalogue = defineOperation({
  id: 'exportCatalogue',
  method: 'GET',
  path: '/products/catalogue',
  summary: 'Export the catalogue as one file',
  description: 'What it answers can be imported as it is, also by another tenant. Codes of coupons are in it.',
  permission: 'product:write',
  response: catalogueSchema,
  sensitive: true,
});

export const importCatalogue = defineOperation({
  id: 'importCatalogue',
  method: 'PUT',
  path: '/products/catalogue',
  summary: 'Import a catalogue from one file',
  description:
    'Creates what is new, changes what differs, and publishes a version of each plan whose terms differ: all of it ' +
    'or, with one fault, nothing. Importing the same file again changes nothing. Subscriptions keep their versions.',
  permission: 'product:write',
  query: z.strictObject({
    dryRun: z.enum(['true', 'false']).optional().describe('answers what would be done, and does nothing'),
    archiveOthers: z
      .enum(['true', 'false'])
      .optional()
      .describe('whether products, plans and coupons that the file does not name are archived'),
  }),
  body: catalogueSchema,
  response: z.object({
    dryRun: z.boolean(),
    results: z.array(
      z.object({
        resource: z.enum(['product', 'feature', 'plan_family', 'plan', 'coupon']),
        key: z.string(),
        action: z.enum(importActions),
        planVersion: z.int().nullable().describe('the newest version of a plan after the import'),
        changes: z.array(termsChangeSchema).describe('what a published version says otherwise'),
      }),
    ),
  }),
  sensitive: true,
  errors: ['resource.already_exists'],
  examples: importCatalogueExamples,
});

export type CatalogueDocument = z.output<typeof catalogueSchema>;

export function toResult(step: ImportStep): z.output<typeof importCatalogue.response>['results'][number] {
  const planVersion = step.resource === 'plan' ? step.after.planVersion : null;
  return { resource: step.resource, key: step.key, action: step.action, planVersion, changes: [...step.changes] };
}
