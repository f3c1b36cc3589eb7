import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Product } from './product.ts';

/** A tenant's own name for something, unique among its kind. */
export const keySchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'must be lower-case letters, digits, ".", "_" or "-"');
const nameSchema = z.string().trim().min(1).max(200);

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
  body: z.strictObject({ key: keySchema, name: nameSchema, description: z.string().max(2000).optional() }),
  response: productResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists'],
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
    description: z.string().max(2000).nullable().optional(),
    archived: z.boolean().optional(),
  }),
  response: productResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
});

export function toResponse(product: Product): z.output<typeof productResponseSchema> {
  return { ...product, createdAt: product.createdAt.toISOString(), updatedAt: product.updatedAt.toISOString() };
}
