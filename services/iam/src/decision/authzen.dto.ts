import { defineOperation } from '@plinth/common';
import { z } from 'zod';

// AuthZEN 1.0 asks to ignore members that are not known, so these objects are not strict.
const nameSchema = z.string().min(1).max(500);
const propertiesSchema = z.record(z.string(), z.unknown()).nullish();
const typeSchema = z.string().min(1).max(100);

const subjectSchema = z.object({ type: typeSchema, id: nameSchema, properties: propertiesSchema });
const resourceSchema = z.object({ type: typeSchema, id: nameSchema, properties: propertiesSchema });
const actionSchema = z.object({ name: z.string().min(1).max(100), properties: propertiesSchema });
const contextSchema = z.record(z.string(), z.unknown()).nullish();
const pageSchema = z
  .object({ token: z.string().max(1000).optional(), limit: z.int().min(1).max(500).optional() })
  .optional();

/** One evaluation, complete. */
export const evaluationSchema = z.object({
  subject: subjectSchema,
  action: actionSchema,
  resource: resourceSchema,
  context: contextSchema,
});

const decisionSchema = z.object({
  decision: z.boolean(),
  context: z
    .object({ id: z.string().describe('id in the decision log'), reason: z.string() })
    .optional()
    .describe('why not'),
});

const unchecked = z.looseObject({});
const evaluationsBody = z.object({
  subject: unchecked.optional(),
  action: unchecked.optional(),
  resource: unchecked.optional(),
  context: contextSchema,
  options: z
    .object({
      evaluations_semantic: z.enum(['execute_all', 'deny_on_first_deny', 'permit_on_first_permit']).optional(),
    })
    .optional(),
  evaluations: z.array(unchecked).max(1000).optional(),
});

const foundPage = z.object({ next_token: z.string() });
const referencesSchema = z.object({
  results: z.array(z.object({ type: z.string(), id: z.string() })),
  page: foundPage,
});

export const evaluateAccess = defineOperation({
  id: 'evaluateAccess',
  method: 'POST',
  path: '/access/v1/evaluation',
  summary: 'Decide whether a subject may do something to a resource (AuthZEN 1.0)',
  permission: 'policy:read',
  body: evaluationSchema,
  response: decisionSchema,
});

export const evaluateAccesses = defineOperation({
  id: 'evaluateAccesses',
  method: 'POST',
  path: '/access/v1/evaluations',
  summary: 'Decide several questions at once, with defaults for what they have in common (AuthZEN 1.0)',
  permission: 'policy:read',
  body: evaluationsBody,
  response: z.union([decisionSchema, z.object({ evaluations: z.array(decisionSchema) })]),
});

export const searchSubjects = defineOperation({
  id: 'searchSubjects',
  method: 'POST',
  path: '/access/v1/search/subject',
  summary: 'Find who may do something to a resource (AuthZEN 1.0)',
  permission: 'policy:read',
  body: z.object({
    subject: z.object({ type: typeSchema, properties: propertiesSchema }),
    action: actionSchema,
    resource: resourceSchema,
    context: contextSchema,
    page: pageSchema,
  }),
  response: referencesSchema,
});

export const searchResources = defineOperation({
  id: 'searchResources',
  method: 'POST',
  path: '/access/v1/search/resource',
  summary: 'Find the resources to which a subject may do something (AuthZEN 1.0)',
  permission: 'policy:read',
  body: z.object({
    subject: subjectSchema,
    action: actionSchema,
    resource: z.object({ type: typeSchema }),
    context: contextSchema,
    page: pageSchema,
  }),
  response: referencesSchema,
});

export const searchActions = defineOperation({
  id: 'searchActions',
  method: 'POST',
  path: '/access/v1/search/action',
  summary: 'Find what a subject may do to a resource (AuthZEN 1.0)',
  permission: 'policy:read',
  body: z.object({ subject: subjectSchema, resource: resourceSchema, context: contextSchema, page: pageSchema }),
  response: z.object({ results: z.array(z.object({ name: z.string() })), page: foundPage }),
});
