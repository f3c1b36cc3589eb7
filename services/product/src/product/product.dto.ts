import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { descriptionSchema, keySchema, nameSchema } from '../names.ts';
import type { Product } from './product.ts';
import { createProductExamples, updateProductExamples } from './product-examples.ts';

const productResponseSchema = z.object({
  id: idSchema,
  key: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  archived: z.boolean(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const productParams = z.strictObject({ productId: idSchema });

export const createProduct = defineOperation({
  id: 'createProduct',
  method: 'POST',
  path: '/products',
  summary: 'Create a product',
  permission: 'product:write',
  body: z.strictObject({ key: keySchema, name: nameSchema, description: descriptionSchema.optional() }),
  response: productResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists'],
  examples: createProductExamples,
});

export const listProducts = defineOperation({
  id: 'listProducts',
  method: 'GET',
  path: '/products',
  summary: 'List products',
  permission: 'product:read',
  query: pageQuerySchema,
  response: pageSchema(productResponseSchema),
});

export const getProduct = defineOperation({
  id: 'getProduct',
  method: 'GET',
  path: '/products/:productId',
  summary: 'Get a product',
  permission: 'product:read',
  params: productParams,
  response: productResponseSchema,
  etag: 'returned',
});

export const updateProduct = defineOperation({
  id: 'updateProduct',
  method: 'PATCH',
  path: '/products/:productId',
  summary: 'Change or archive a product',
  permission: 'product:write',
  params: productParams,
  body: z.strictObject({
    name: nameSchema.optional(),
    description: descriptionSchema.nullable().optional(),
    archived: z.boolean().optional(),
  }),
  response: productResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
  examples: updateProductExamples,
});

export function toResponse(product: Product): z.output<typeof productResponseSchema> {
  return { ...product, createdAt: product.createdAt.toISOString(), updatedAt: product.updatedAt.toISOString() };
}
