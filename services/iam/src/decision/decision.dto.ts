import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { LoggedDecision } from './decision.store.ts';
import type { PolicyEntity } from './knowledge.store.ts';

const sourceSchema = z.enum(['authzen', 'explain', 'check']);

const decisionSchema = z.object({
  id: idSchema,
  time: z.iso.datetime(),
  source: sourceSchema.describe('authzen: asked by an enforcement point; check: a caller about themselves, denied'),
  askedBy: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  permission: z.string(),
  resource: z.object({ type: z.string(), id: z.string().nullable() }),
  allowed: z.boolean(),
  reason: z.looseObject({ code: z.string() }).describe('the assignment that allowed it, or what is missing'),
});

export const listDecisions = defineOperation({
  id: 'listDecisions',
  method: 'GET',
  path: '/access/decisions',
  summary: 'List what was decided about access in the last thirty days, the newest first',
  permission: 'policy:read',
  query: pageQuerySchema.extend({
    subjectId: z.string().max(500).optional(),
    permission: z.string().max(200).optional(),
    resourceType: z.string().max(100).optional(),
    resourceId: z.string().max(500).optional(),
    source: sourceSchema.optional(),
    allowed: z.enum(['true', 'false']).optional(),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
  }),
  response: pageSchema(decisionSchema),
});

const propertiesSchema = z
  .record(z.string().min(1).max(100), z.union([z.string().max(500), z.number(), z.boolean(), z.null()]))
  .refine((properties) => Object.keys(properties).length <= 50, { message: 'must have at most 50 properties' });

const entitySchema = z.object({
  type: z.string(),
  id: z.string(),
  userId: idSchema.nullable(),
  properties: z.record(z.string(), z.unknown()),
});

const entityParams = z.strictObject({ type: z.string().min(1).max(100), id: z.string().min(1).max(500) });

export const listAccessEntities = defineOperation({
  id: 'listAccessEntities',
  method: 'GET',
  path: '/access/entities/:type',
  summary: 'List what enforcement points may ask about and the platform does not keep otherwise',
  permission: 'policy:read',
  params: z.strictObject({ type: z.string().min(1).max(100) }),
  query: pageQuerySchema,
  response: pageSchema(entitySchema),
});

export const putAccessEntity = defineOperation({
  id: 'putAccessEntity',
  method: 'PUT',
  path: '/access/entities/:type/:id',
  summary: "Register a resource of an application, or the application's own name for a user, with properties",
  permission: 'policy:write',
  sensitive: true,
  params: entityParams,
  body: z.strictObject({
    userId: idSchema.nullable().default(null).describe('the member of the tenant for whom this is a name'),
    properties: propertiesSchema.default({}),
  }),
  response: entitySchema,
  errors: ['group.not_a_member_of_tenant'],
});

export const deleteAccessEntity = defineOperation({
  id: 'deleteAccessEntity',
  method: 'DELETE',
  path: '/access/entities/:type/:id',
  summary: 'Forget a registered resource or name',
  permission: 'policy:write',
  sensitive: true,
  params: entityParams,
  response: z.undefined(),
  status: 204,
});

export function toResponse(decision: LoggedDecision): z.output<typeof decisionSchema> {
  const { id, time, source, askedBy, permission, allowed, reason } = decision;
  return {
    id,
    time: time.toISOString(),
    source,
    askedBy,
    subject: { type: decision.subjectType, id: decision.subjectId },
    permission,
    resource: { type: decision.resourceType, id: decision.resourceId },
    allowed,
    reason: { ...reason },
  };
}

export function toEntityResponse(entity: PolicyEntity): z.output<typeof entitySchema> {
  return { ...entity, properties: { ...entity.properties } };
}
