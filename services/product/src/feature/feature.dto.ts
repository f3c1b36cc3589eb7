import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { keySchema, meterSchema, nameSchema } from '../names.ts';
import type { Feature } from './feature.ts';
import { createFeatureExamples, updateFeatureExamples } from './feature-examples.ts';

const featureResponseSchema = z.object({
  id: idSchema,
  productId: idSchema,
  key: z.string(),
  name: z.string(),
  type: z.enum(['boolean', 'limit', 'metered']),
  meter: z.string().nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
const featureParams = z.strictObject({ featureId: idSchema });

export const createFeature = defineOperation({
  id: 'createFeature',
  method: 'POST',
  path: '/features',
  summary: 'Create a feature of a product',
  permission: 'product:write',
  body: z
    .strictObject({
      key: keySchema,
      name: nameSchema,
      productId: idSchema,
      type: z.enum(['boolean', 'limit', 'metered']),
      meter: meterSchema.optional(),
    })
    .refine((feature) => (feature.type === 'metered') === (feature.meter !== undefined), {
      path: ['meter'],
      message: 'is required for metered features and for no others',
    }),
  response: featureResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists', 'product.archived'],
  examples: createFeatureExamples,
});

export const listFeatures = defineOperation({
  id: 'listFeatures',
  method: 'GET',
  path: '/features',
  summary: 'List features',
  permission: 'product:read',
  query: pageQuerySchema,
  response: pageSchema(featureResponseSchema),
});

export const getFeature = defineOperation({
  id: 'getFeature',
  method: 'GET',
  path: '/features/:featureId',
  summary: 'Get a feature',
  permission: 'product:read',
  params: featureParams,
  response: featureResponseSchema,
  etag: 'returned',
});

export const updateFeature = defineOperation({
  id: 'updateFeature',
  method: 'PATCH',
  path: '/features/:featureId',
  summary: 'Rename a feature or change its meter',
  permission: 'product:write',
  params: featureParams,
  body: z.strictObject({ name: nameSchema.optional(), meter: meterSchema.optional() }),
  response: featureResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
  examples: updateFeatureExamples,
});

export function toResponse(feature: Feature): z.output<typeof featureResponseSchema> {
  return { ...feature, createdAt: feature.createdAt.toISOString(), updatedAt: feature.updatedAt.toISOString() };
}
