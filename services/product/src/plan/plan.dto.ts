import {
  billingPeriodSchema,
  currencySchema,
  decimalSchema,
  idSchema,
  priceModelSchema,
  priceSchema,
  type InputFault,
} from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema, toFaults } from '@plinth/common';
import { z } from 'zod';
import { keySchema, meterSchema, nameSchema } from '../names.ts';
import { checkDistinct, checkFlatSum, checkModel, type Plan } from './plan.ts';

const newPriceSchema = z.strictObject({
  key: keySchema,
  description: nameSchema,
  model: priceModelSchema.check(({ value, issues }) => {
    if (issues.length > 0) return;
    const meter = 'meter' in value ? meterSchema.optional().safeParse(value.meter).error : undefined;
    issues.push(...toIssues([...toFaults(meter ?? new z.ZodError([]), '/meter'), ...checkModel(value)], value));
  }),
});
const newPricesSchema = z
  .array(newPriceSchema)
  .min(1)
  .max(100)
  .check(({ value, issues }) => {
    const isSound = issues.length === 0;
    const keys = value.map((price) => price.key);
    issues.push(...toIssues(checkDistinct(keys, '', 'key'), value));
    if (isSound) issues.push(...toIssues(checkFlatSum(value.map((price) => price.model)), value));
  });

const entitlementSchema = z.strictObject({
  feature: keySchema.describe('key of a feature of the same product'),
  value: z
    .union([z.boolean(), decimalSchema], 'must be true, false or a decimal as text')
    .describe('true or false of a boolean feature, a decimal as text of a limit or a metered one'),
});
const newEntitlementsSchema = z
  .array(entitlementSchema)
  .max(200)
  .check(({ value, issues }) => {
    const keys = value.map((entitlement) => entitlement.feature);
    issues.push(...toIssues(checkDistinct(keys, '', 'feature'), value));
  });

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
  entitlements: z.array(entitlementSchema),
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
    name: nameSchema,
    productId: idSchema,
    currency: currencySchema,
    period: billingPeriodSchema,
    prices: newPricesSchema,
    entitlements: newEntitlementsSchema.optional(),
  }),
  response: planResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists', 'product.archived'],
});

export const publishPlanVersion = defineOperation({
  id: 'publishPlanVersion',
  method: 'POST',
  path: '/plans/:planId/versions',
  summary: 'Publish a new version of a plan; subscriptions keep theirs',
  description: 'Currency, period and entitlements that are left out stay as in the version before.',
  permission: 'plan:write',
  params: planParams,
  body: z.strictObject({
    currency: currencySchema.optional(),
    period: billingPeriodSchema.optional(),
    prices: newPricesSchema,
    entitlements: newEntitlementsSchema.optional(),
  }),
  response: planResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['plan.archived'],
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

export const listPlanVersions = defineOperation({
  id: 'listPlanVersions',
  method: 'GET',
  path: '/plans/:planId/versions',
  summary: 'List a plan in all of its versions, the newest first',
  permission: 'plan:read',
  params: planParams,
  query: pageQuerySchema,
  response: pageSchema(planResponseSchema),
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
  body: z.strictObject({ name: nameSchema.optional(), archived: z.boolean().optional() }),
  response: planResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
});

export type NewPlan = z.output<typeof createPlan.body>;
export type NewPlanVersion = z.output<typeof publishPlanVersion.body>;
export type PlanChange = z.output<typeof updatePlan.body>;

export function toResponse(plan: Plan): z.output<typeof planResponseSchema> {
  return {
    ...plan,
    prices: [...plan.prices],
    entitlements: [...plan.entitlements],
    createdAt: plan.createdAt.toISOString(),
    updatedAt: plan.updatedAt.toISOString(),
  };
}

/** Faults as issues of Zod, so that they are reported together with everything else that is wrong in the body. */
function toIssues(faults: readonly InputFault[], input: unknown): z.core.$ZodRawIssue[] {
  return faults.map(({ path, message }) => ({
    code: 'custom',
    path: path.split('/').slice(1),
    message,
    input,
    continue: true,
  }));
}
