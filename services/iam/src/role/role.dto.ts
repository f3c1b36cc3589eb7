import { builtInRoles, idSchema, permissions } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { RoleAssignment } from './role.ts';

const roleSchema = z.object({ name: z.enum(builtInRoles), permissions: z.array(z.enum(permissions)) });

const assignmentSchema = z.object({
  id: idSchema,
  userId: idSchema,
  email: z.string(),
  name: z.string(),
  role: z.enum(builtInRoles),
  createdAt: z.iso.datetime(),
});

const assignmentBody = z
  .strictObject({
    userId: idSchema.optional(),
    email: z.email().max(320).optional(),
    role: z.enum(builtInRoles),
  })
  .refine((body) => (body.userId === undefined) !== (body.email === undefined), {
    path: ['userId'],
    message: 'must be there unless email is, and not with it',
  });

export const listRoles = defineOperation({
  id: 'listRoles',
  method: 'GET',
  path: '/roles',
  summary: 'List the roles and their permissions',
  permission: 'role:read',
  response: z.object({ data: z.array(roleSchema), nextCursor: z.null() }),
});

export const listRoleAssignments = defineOperation({
  id: 'listRoleAssignments',
  method: 'GET',
  path: '/roles/assignments',
  summary: 'List who has which role in the tenant',
  permission: 'role:read',
  query: pageQuerySchema.extend({ userId: idSchema.optional() }),
  response: pageSchema(assignmentSchema),
});

export const assignRole = defineOperation({
  id: 'assignRole',
  method: 'POST',
  path: '/roles/assignments',
  summary: 'Give a user a role in the tenant; one that they have already is returned as it is',
  permission: 'role:write',
  body: assignmentBody,
  response: assignmentSchema,
  status: 201,
  idempotent: true,
  errors: ['role.unknown_user', 'role.too_powerful'],
});

export const removeRoleAssignment = defineOperation({
  id: 'removeRoleAssignment',
  method: 'DELETE',
  path: '/roles/assignments/:assignmentId',
  summary: 'Take a role from a user',
  permission: 'role:write',
  params: z.strictObject({ assignmentId: idSchema }),
  response: z.undefined(),
  status: 204,
  errors: ['role.last_administrator', 'role.too_powerful'],
});

export function toResponse(assignment: RoleAssignment): z.output<typeof assignmentSchema> {
  return { ...assignment, createdAt: assignment.createdAt.toISOString() };
}
