import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { keySchema, nameSchema } from '../names.ts';
import { changeKinds } from './compare-terms.ts';
import { familyResponseSchema, newPlacementSchema, newTermsShape, termsResponseShape } from './plan-terms.dto.ts';
import type { Plan } from './plan.ts';
import {
  comparePlanVersionsExamples,
  createPlanExamples,
  publishPlanVersionExamples,
  updatePlanExamples,
} from './plan-examples.ts';

const planResponseSchema = z.object({
  id: idSchema,
  productId: idSchema,
  key: z.string(),
  name: z.string(),
  kind: z.enum(['plan', 'add_on']),
  family: familyResponseSchema,
  archived: z.boolean(),
  planVersion: z.int(),
  ...termsResponseShape,
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const planParams = z.strictObject({ planId: idSchema });
const versionNumberSchema = z.coerce.number().int().min(1).max(1_000_000);

/** What the next version of a plan says; what is left out stays as it was. */
export const newVersionSchema = z.strictObject({
  ...newTermsShape,
  currency: newTermsShape.currency.optional(),
  period: newTermsShape.period.optional(),
});

export const createPlan = defineOperation({
  id: 'createPlan',
  method: 'POST',
  path: '/plans',
  summary: 'Create a plan or an add-on with its first version',
  permission: 'plan:write',
  body: z.strictObject({
    key: keySchema,
    name: nameSchema,
    productId: idSchema,
    kind: z.enum(['plan', 'add_on']).optional().describe('an add-on is sold beside a plan; "plan" when absent'),
    family: newPlacementSchema.nullable().optional(),
    ...newTermsShape,
  }),
  response: planResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists', 'product.archived'],
  examples: createPlanExamples,
});

export const publishPlanVersion = defineOperation({
  id: 'publishPlanVersion',
  method: 'POST',
  path: '/plans/:planId/versions',
  summary: 'Publish a new version of a plan; subscriptions keep theirs',
  description: 'Everything but the prices stays as in the version before where it is left out.',
  permission: 'plan:write',
  params: planParams,
  body: newVersionSchema,
  response: planResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['plan.archived'],
  examples: publishPlanVersionExamples,
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
  params: z.strictObject({ planId: idSchema, planVersion: versionNumberSchema }),
  response: planResponseSchema,
});

/** One difference between two versions, as it is answered. */
export const termsChangeSchema = z.object({
  kind: z.enum(changeKinds),
  path: z.string().describe('JSON Pointer in which prices, phases and entitlements stand under their keys'),
  before: z.unknown().describe('null: there was nothing'),
  after: z.unknown().describe('null: there is nothing'),
});

export const comparePlanVersions = defineOperation({
  id: 'comparePlanVersions',
  method: 'GET',
  path: '/plans/:planId/compare',
  summary: 'Compare two versions of a plan',
  permission: 'plan:read',
  params: planParams,
  query: z.strictObject({ from: versionNumberSchema, to: versionNumberSchema }),
  response: z.object({ planId: idSchema, from: z.int(), to: z.int(), changes: z.array(termsChangeSchema) }),
  examples: comparePlanVersionsExamples,
});

export const updatePlan = defineOperation({
  id: 'updatePlan',
  method: 'PATCH',
  path: '/plans/:planId',
  summary: 'Rename or archive a plan, or change its place in a family',
  permission: 'plan:write',
  params: planParams,
  body: z.strictObject({
    name: nameSchema.optional(),
    archived: z.boolean().optional(),
    family: newPlacementSchema.partial().nullable().optional().describe('null: the plan leaves its family'),
  }),
  response: planResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
  examples: updatePlanExamples,
});

export type NewPlan = z.output<typeof createPlan.body>;
export type NewPlanVersion = z.output<typeof publishPlanVersion.body>;
export type PlanChange = z.output<typeof updatePlan.body>;

export function toResponse(plan: Plan): z.output<typeof planResponseSchema> {
  return {
    ...plan,
    addOnTo: plan.addOnTo === null ? null : [...plan.addOnTo],
    currencies: [...plan.currencies],
    phases: [...plan.phases],
    prices: [...plan.prices],
    entitlements: [...plan.entitlements],
    createdAt: plan.createdAt.toISOString(),
    updatedAt: plan.updatedAt.toISOString(),
  };
}
