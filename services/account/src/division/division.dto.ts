import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { plainText } from '../plain-text.ts';
import type { Division } from './division.ts';
import {
  createDivisionExamples,
  listDivisionsExamples,
  moveDivisionExamples,
  updateDivisionExamples,
} from './division-examples.ts';

const divisionSchema = z.object({
  id: idSchema,
  organizationId: idSchema,
  parentId: idSchema.nullable().describe('null: directly below the organization'),
  name: z.string(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const divisionParams = z.strictObject({ divisionId: idSchema });

export const createDivision = defineOperation({
  id: 'createDivision',
  method: 'POST',
  path: '/divisions',
  summary: 'Create a division below the organization or another division',
  permission: 'division:write',
  scoped: true,
  body: z.strictObject({ name: plainText(200), parentId: idSchema.nullable().default(null) }),
  response: divisionSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['tenant.limit_reached'],
  examples: createDivisionExamples,
});

export const listDivisions = defineOperation({
  id: 'listDivisions',
  method: 'GET',
  path: '/divisions',
  summary: 'List divisions',
  permission: 'division:read',
  scoped: true,
  query: pageQuerySchema.extend({
    parentId: z
      .union([idSchema, z.literal('root')])
      .describe('only those directly below it; "root": the organization')
      .optional(),
  }),
  response: pageSchema(divisionSchema),
  examples: listDivisionsExamples,
});

export const getDivision = defineOperation({
  id: 'getDivision',
  method: 'GET',
  path: '/divisions/:divisionId',
  summary: 'Get a division',
  permission: 'division:read',
  scoped: true,
  params: divisionParams,
  response: divisionSchema,
  etag: 'returned',
});

export const updateDivision = defineOperation({
  id: 'updateDivision',
  method: 'PATCH',
  path: '/divisions/:divisionId',
  summary: 'Rename a division',
  permission: 'division:write',
  scoped: true,
  params: divisionParams,
  body: z.strictObject({ name: plainText(200).optional() }),
  response: divisionSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
  examples: updateDivisionExamples,
});

export const moveDivision = defineOperation({
  id: 'moveDivision',
  method: 'POST',
  path: '/divisions/:divisionId/move',
  summary: 'Move a division with everything below it',
  permission: 'division:write',
  scoped: true,
  params: divisionParams,
  body: z.strictObject({ parentId: idSchema.nullable() }),
  response: divisionSchema,
  etag: 'required',
  errors: ['division.would_cycle', 'request.version_mismatch'],
  examples: moveDivisionExamples,
});

export const deleteDivision = defineOperation({
  id: 'deleteDivision',
  method: 'DELETE',
  path: '/divisions/:divisionId',
  summary: 'Delete a division that has none below it',
  permission: 'division:write',
  sensitive: true,
  scoped: true,
  params: divisionParams,
  response: z.undefined(),
  status: 204,
  errors: ['division.not_empty'],
});

export function toResponse(division: Division): z.output<typeof divisionSchema> {
  return { ...division, createdAt: division.createdAt.toISOString(), updatedAt: division.updatedAt.toISOString() };
}
