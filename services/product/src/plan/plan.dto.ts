import { billingPeriodSchema, currencySchema, idSchema, priceModelSchema, priceSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { keySchema } from '../product/product.dto.ts';
import type { Plan } from './plan.ts';

const newPriceSchema = z.strictObject({
  key: keySchema,
  description: z.string().trim().min(1).max(200),
  model: priceModelSchema,
});
const contentSchema = {
  currency: currencySchema,
  period: billingPeriodSchema,
  prices: z.array(newPriceSchema).min(1).max(100),
};

const planResponseSchema = z.object({
  id: idSchema,
  productId: idSchema,
  key: z.string(),
  name: z.string(),
  archived: z.boolean(),
  planVersion: z.int(),
  currency: currencySchema,
  period: billingPeriodSchema,
  prices: z.array(priceSchema),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const planParams = z.strictObject({ planId: idSchema });

export const createPlan = defineOperation({
  id: 'createPlan',
  method: 'POST',
  path: '/plans',
  summary: 'Create a plan with its first version of prices',
  permission: 'plan:write',
  body: z.strictObject({
    key: keySchema,
    name: z.string().trim().min(1).max(200),
    productId: idSchema,
    ...contentSchema,
  }),
  response: planResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists'],
});

export const publishPlanVersion = defineOperation({
  id: 'publishPlanVersion',
  method: 'POST',
  path: '/plans/:planId/versions',
  summary: 'Publish a new version of a plan; subscriptions keep theirs',
  permission: 'plan:write',
  params: planParams,
  body: z.strictObject(contentSchema),
  response: planResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
});

export const listPlans = defineOperation({
  id: 'listPlans',
  method: 'GET',
  path: '/plans',
  summary: 'List plans in their newest version',
  permission: 'plan:read',
  query: pageQuerySchema,
  response: pageSchema(planResponseSchema),
});

export const getPlan = defineOperation({
  id: 'getPlan',
  method: 'GET',
  path: '/plans/:planId',
  summary: 'Get a plan in its newest version',
  permission: 'plan:read',
  params: planParams,
  response: planResponseSchema,
  etag: 'returned',
});

export const getPlanVersion = defineOperation({
  id: 'getPlanVersion',
  method: 'GET',
  path: '/plans/:planId/versions/:planVersion',
  summary: 'Get a plan in one of its versions',
  permission: 'plan:read',
  params: z.strictObject({ planId: idSchema, planVersion: z.coerce.number().int().min(1).max(1_000_000) }),
  response: planResponseSchema,
});

export const updatePlan = defineOperation({
  id: 'updatePlan',
  method: 'PATCH',
  path: '/plans/:planId',
  summary: 'Rename or archive a plan',
  permission: 'plan:write',
  params: planParams,
  body: z.strictObject({ name: z.string().trim().min(1).max(200).optional(), archived: z.boolean().optional() }),
  response: planResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
});

const pricesQuery = pageQuerySchema.extend({ planId: idSchema });

export const listPrices = defineOperation({
  id: 'listPrices',
  method: 'GET',
  path: '/prices',
  summary: "List the prices of a plan's newest version",
  permission: 'plan:read',
  query: pricesQuery,
  response: pageSchema(priceSchema),
});

export const listTiers = defineOperation({
  id: 'listTiers',
  method: 'GET',
  path: '/tiers',
  summary: "List the tiered prices of a plan's newest version",
  permission: 'plan:read',
  query: pricesQuery,
  response: pageSchema(priceSchema),
});

export type PlanContent = z.output<typeof publishPlanVersion.body>;

export function toResponse(plan: Plan): z.output<typeof planResponseSchema> {
  return {
    ...plan,
    prices: [...plan.prices],
    createdAt: plan.createdAt.toISOString(),
    updatedAt: plan.updatedAt.toISOString(),
  };
}
