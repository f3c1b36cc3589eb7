import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { keySchema, nameSchema } from '../names.ts';
import type { Family, FamilyMember } from './family.ts';
import { createPlanFamilyExamples, updatePlanFamilyExamples } from './family-examples.ts';

export const effectSchema = z.enum(['now', 'period_end']);

const familyResponseSchema = z.object({
  id: idSchema,
  key: z.string(),
  name: z.string(),
  upgrade: effectSchema.describe('when a change to a plan of higher rank takes effect'),
  downgrade: effectSchema.describe('when a change to a plan of lower rank takes effect'),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const familyWithPlansSchema = familyResponseSchema.extend({
  plans: z
    .array(z.object({ planId: idSchema, key: z.string(), rank: z.int(), changesTo: z.array(z.string()).nullable() }))
    .describe('in the order of their ranks'),
});

const familyParams = z.strictObject({ familyId: idSchema });

export const createPlanFamily = defineOperation({
  id: 'createPlanFamily',
  method: 'POST',
  path: '/plan-families',
  summary: 'Create a family of plans between which subscriptions change',
  permission: 'plan:write',
  body: z.strictObject({
    key: keySchema,
    name: nameSchema,
    upgrade: effectSchema.default('now'),
    downgrade: effectSchema.default('period_end'),
  }),
  response: familyResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists'],
  examples: createPlanFamilyExamples,
});

export const listPlanFamilies = defineOperation({
  id: 'listPlanFamilies',
  method: 'GET',
  path: '/plan-families',
  summary: 'List plan families',
  permission: 'plan:read',
  query: pageQuerySchema,
  response: pageSchema(familyResponseSchema),
});

export const getPlanFamily = defineOperation({
  id: 'getPlanFamily',
  method: 'GET',
  path: '/plan-families/:familyId',
  summary: 'Get a plan family with its plans',
  permission: 'plan:read',
  params: familyParams,
  response: familyWithPlansSchema,
  etag: 'returned',
});

export const updatePlanFamily = defineOperation({
  id: 'updatePlanFamily',
  method: 'PATCH',
  path: '/plan-families/:familyId',
  summary: 'Rename a plan family, or change when changes take effect',
  description: 'A plan enters a family, and leaves it, by a change of the plan.',
  permission: 'plan:write',
  params: familyParams,
  body: z.strictObject({
    name: nameSchema.optional(),
    upgrade: effectSchema.optional(),
    downgrade: effectSchema.optional(),
  }),
  response: familyResponseSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
  examples: updatePlanFamilyExamples,
});

export type NewFamily = z.output<typeof createPlanFamily.body>;
export type FamilyChange = z.output<typeof updatePlanFamily.body>;

export function toResponse(family: Family): z.output<typeof familyResponseSchema> {
  return { ...family, createdAt: family.createdAt.toISOString(), updatedAt: family.updatedAt.toISOString() };
}

export function toMember(member: FamilyMember): z.output<typeof familyWithPlansSchema>['plans'][number] {
  return { ...member, changesTo: member.changesTo === null ? null : [...member.changesTo] };
}
