import { builtInRoles, conditionSchema, idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Role } from './role.ts';

/** Name of a role that is not built in. */
export const roleNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'must be lower-case letters, digits, "-" and "_", and begin with a letter');

const ownNameSchema = roleNameSchema.refine((name) => !(builtInRoles as readonly string[]).includes(name), {
  message: 'is the name of a built-in role',
});
const textSchema = (longest: number) => z.string().trim().min(1).max(longest);
const permissionNameSchema = z.string().max(200);
const conditionalSchema = z.strictObject({
  permission: permissionNameSchema,
  conditions: z.array(conditionSchema).min(1).max(10),
});
const permissionListSchema = z
  .array(permissionNameSchema)
  .max(500)
  .refine((list) => new Set(list).size === list.length, { message: 'must not name a permission twice' });
const conditionalListSchema = z.array(conditionalSchema).max(100);

const roleSchema = z.object({
  id: idSchema.nullable().describe('null: built in'),
  name: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  permissions: z.array(z.string()),
  conditional: z.array(conditionalSchema).describe('permissions that count only where all their conditions hold'),
  version: z.int(),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
});

const roleBody = z.strictObject({
  name: ownNameSchema,
  title: textSchema(100),
  description: textSchema(500).nullable().optional(),
  permissions: permissionListSchema.default([]),
  conditional: conditionalListSchema.default([]),
});

const roleChange = z.strictObject({
  title: textSchema(100).optional(),
  description: textSchema(500).nullable().optional(),
  permissions: permissionListSchema.optional(),
  conditional: conditionalListSchema.optional(),
});

const roleParams = z.strictObject({ roleId: idSchema });
const grantErrors = ['role.too_powerful', 'resource.already_exists'] as const;
const tenantErrors = ['role.platform_permission'] as const;
const platformErrors = ['role.platform_administrator_only'] as const;

export const listRoles = defineOperation({
  id: 'listRoles',
  method: 'GET',
  path: '/roles',
  summary: "List the built-in roles and the tenant's own, with their permissions",
  permission: 'role:read',
  query: pageQuerySchema,
  response: pageSchema(roleSchema),
});

export const getRole = defineOperation({
  id: 'getRole',
  method: 'GET',
  path: '/roles/:roleId',
  summary: "Get a role of the tenant's own",
  permission: 'role:read',
  params: roleParams,
  response: roleSchema,
  etag: 'returned',
});

export const createRole = defineOperation({
  id: 'createRole',
  method: 'POST',
  path: '/roles',
  summary: 'Make a role out of permissions that the caller holds',
  permission: 'role:write',
  sensitive: true,
  body: roleBody,
  response: roleSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: [...grantErrors, ...tenantErrors],
});

export const updateRole = defineOperation({
  id: 'updateRole',
  method: 'PATCH',
  path: '/roles/:roleId',
  summary: 'Change a role for everybody who has it',
  permission: 'role:write',
  sensitive: true,
  params: roleParams,
  body: roleChange,
  response: roleSchema,
  etag: 'required',
  errors: ['role.too_powerful', ...tenantErrors, 'request.version_mismatch'],
});

export const deleteRole = defineOperation({
  id: 'deleteRole',
  method: 'DELETE',
  path: '/roles/:roleId',
  summary: 'Delete a role that nobody has',
  permission: 'role:write',
  sensitive: true,
  params: roleParams,
  response: z.undefined(),
  status: 204,
  errors: ['role.in_use', 'role.too_powerful'],
});

export const listPlatformRoles = defineOperation({
  id: 'listPlatformRoles',
  method: 'GET',
  path: '/roles/platform',
  summary: 'List the roles of the whole platform',
  permission: 'role:read',
  tenant: false,
  query: pageQuerySchema,
  response: pageSchema(roleSchema),
  errors: platformErrors,
});

export const createPlatformRole = defineOperation({
  id: 'createPlatformRole',
  method: 'POST',
  path: '/roles/platform',
  summary: 'Make a role that holds on the whole platform, such as one for support staff',
  permission: 'role:write',
  sensitive: true,
  tenant: false,
  body: roleBody,
  response: roleSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: [...grantErrors, ...platformErrors],
});

export const updatePlatformRole = defineOperation({
  id: 'updatePlatformRole',
  method: 'PATCH',
  path: '/roles/platform/:roleId',
  summary: 'Change a role of the whole platform for everybody who has it',
  permission: 'role:write',
  sensitive: true,
  tenant: false,
  params: roleParams,
  body: roleChange,
  response: roleSchema,
  etag: 'required',
  errors: ['role.too_powerful', ...platformErrors, 'request.version_mismatch'],
});

export const deletePlatformRole = defineOperation({
  id: 'deletePlatformRole',
  method: 'DELETE',
  path: '/roles/platform/:roleId',
  summary: 'Delete a role of the whole platform that nobody has',
  permission: 'role:write',
  sensitive: true,
  tenant: false,
  params: roleParams,
  response: z.undefined(),
  status: 204,
  errors: ['role.in_use', 'role.too_powerful', ...platformErrors],
});

export function toRoleResponse(role: Role): z.output<typeof roleSchema> {
  return {
    ...role,
    permissions: [...role.permissions],
    conditional: role.conditional.map(({ permission, conditions }) => ({ permission, conditions: [...conditions] })),
    createdAt: role.createdAt?.toISOString() ?? null,
    updatedAt: role.updatedAt?.toISOString() ?? null,
  };
}
