import { builtInRoles, idSchema, type Principal } from '@plinth/contracts';
import { defineOperation, hasPermission, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { roleNameSchema } from './custom-role.dto.ts';
import type { RoleAssignment, RoleScope } from './role.ts';

const scopeSchema = z
  .strictObject({ organizationId: idSchema.optional(), divisionId: idSchema.optional() })
  .refine((scope) => (scope.organizationId === undefined) !== (scope.divisionId === undefined), {
    path: ['organizationId'],
    message: 'must be there unless divisionId is, and not with it',
  });

const assignmentSchema = z.object({
  id: idSchema,
  userId: idSchema.nullable(),
  groupId: idSchema.nullable(),
  serviceAccountId: idSchema.nullable(),
  email: z.string().nullable().describe('of the user, for callers with user:read'),
  name: z.string().nullable().describe('of the user or group'),
  role: z.string(),
  roleId: idSchema.nullable().describe('null: built in'),
  scope: z
    .union([z.object({ organizationId: idSchema }), z.object({ divisionId: idSchema })])
    .nullable()
    .describe('null: the whole tenant; a division: it and everything below it'),
  createdAt: z.iso.datetime(),
});

const roleReference = z.union([z.enum(builtInRoles), roleNameSchema]).describe('name of the role');

const assignmentBody = z
  .strictObject({
    userId: idSchema.optional(),
    email: z.email().max(320).optional(),
    groupId: idSchema.optional(),
    serviceAccountId: idSchema.optional(),
    role: roleReference,
    scope: scopeSchema.nullable().default(null),
  })
  .refine((body) => countOf(body.userId, body.email, body.groupId, body.serviceAccountId) === 1, {
    path: ['userId'],
    message: 'exactly one of userId, email, groupId and serviceAccountId must be there',
  });

const platformAssignmentBody = z
  .strictObject({ userId: idSchema.optional(), email: z.email().max(320).optional(), role: roleReference })
  .refine((body) => countOf(body.userId, body.email) === 1, {
    path: ['userId'],
    message: 'must be there unless email is, and not with it',
  });

const assignmentQuery = pageQuerySchema.extend({
  userId: idSchema.optional(),
  groupId: idSchema.optional(),
  role: z.string().max(100).optional(),
});
const assignmentParams = z.strictObject({ assignmentId: idSchema });

export const listRoleAssignments = defineOperation({
  id: 'listRoleAssignments',
  method: 'GET',
  path: '/roles/assignments',
  summary: 'List who has which role in the tenant',
  permission: 'role:read',
  query: assignmentQuery,
  response: pageSchema(assignmentSchema),
});

export const assignRole = defineOperation({
  id: 'assignRole',
  method: 'POST',
  path: '/roles/assignments',
  summary: 'Give a member a role in the tenant or in a part of it; one that was given already is returned as it is',
  permission: 'role:write',
  sensitive: true,
  scoped: true,
  body: assignmentBody,
  response: assignmentSchema,
  status: 201,
  idempotent: true,
  errors: ['role.unknown_member', 'role.too_powerful'],
});

export const removeRoleAssignment = defineOperation({
  id: 'removeRoleAssignment',
  method: 'DELETE',
  path: '/roles/assignments/:assignmentId',
  summary: 'Take a role away',
  permission: 'role:write',
  sensitive: true,
  scoped: true,
  params: assignmentParams,
  response: z.undefined(),
  status: 204,
  errors: ['role.last_administrator', 'role.too_powerful'],
});

export const listPlatformRoleAssignments = defineOperation({
  id: 'listPlatformRoleAssignments',
  method: 'GET',
  path: '/roles/platform/assignments',
  summary: 'List who has which role on the whole platform',
  permission: 'role:read',
  tenant: false,
  query: assignmentQuery.omit({ groupId: true }),
  response: pageSchema(assignmentSchema),
  errors: ['role.platform_administrator_only'],
});

export const assignPlatformRole = defineOperation({
  id: 'assignPlatformRole',
  method: 'POST',
  path: '/roles/platform/assignments',
  summary: 'Give a user a role on the whole platform',
  permission: 'role:write',
  sensitive: true,
  tenant: false,
  body: platformAssignmentBody,
  response: assignmentSchema,
  status: 201,
  idempotent: true,
  errors: ['role.unknown_user', 'role.too_powerful', 'role.platform_administrator_only'],
});

export const removePlatformRoleAssignment = defineOperation({
  id: 'removePlatformRoleAssignment',
  method: 'DELETE',
  path: '/roles/platform/assignments/:assignmentId',
  summary: 'Take a role on the whole platform away',
  permission: 'role:write',
  sensitive: true,
  tenant: false,
  params: assignmentParams,
  response: z.undefined(),
  status: 204,
  errors: ['role.last_administrator', 'role.too_powerful', 'role.platform_administrator_only'],
});

/** Where a body says that a role holds. */
export function toScope(scope: z.output<typeof scopeSchema> | null): RoleScope {
  if (scope === null) return null;
  return scope.organizationId === undefined
    ? { divisionId: scope.divisionId! }
    : { organizationId: scope.organizationId };
}

/** Who may not read users learns their ids and names, and not how to reach them. */
export function toResponse(assignment: RoleAssignment, caller: Principal): z.output<typeof assignmentSchema> {
  return {
    ...assignment,
    email: hasPermission(caller, 'user:read') ? assignment.email : null,
    createdAt: assignment.createdAt.toISOString(),
  };
}

function countOf(...values: readonly unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}
