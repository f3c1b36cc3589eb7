import { idSchema, type Principal } from '@plinth/contracts';
import { defineOperation, hasPermission, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Group, GroupMember } from './group.ts';

const nameSchema = z.string().trim().min(1).max(200);
const descriptionSchema = z.string().trim().min(1).max(500).nullable();

const groupSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string().nullable(),
  source: z.enum(['local', 'scim']).describe("scim: kept by the tenant's directory"),
  externalId: z.string().nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const memberSchema = z.object({
  userId: idSchema,
  name: z.string(),
  email: z.string().nullable().describe('for callers with user:read'),
  addedAt: z.iso.datetime(),
});

const groupParams = z.strictObject({ groupId: idSchema });
const memberParams = z.strictObject({ groupId: idSchema, userId: idSchema });
const memberErrors = ['group.of_directory', 'role.too_powerful'] as const;

export const listGroups = defineOperation({
  id: 'listGroups',
  method: 'GET',
  path: '/groups',
  summary: 'List the groups of the tenant',
  permission: 'group:read',
  query: pageQuerySchema,
  response: pageSchema(groupSchema),
});

export const getGroup = defineOperation({
  id: 'getGroup',
  method: 'GET',
  path: '/groups/:groupId',
  summary: 'Get a group',
  permission: 'group:read',
  params: groupParams,
  response: groupSchema,
  etag: 'returned',
});

export const createGroup = defineOperation({
  id: 'createGroup',
  method: 'POST',
  path: '/groups',
  summary: 'Make a group',
  permission: 'group:write',
  body: z.strictObject({ name: nameSchema, description: descriptionSchema.optional() }),
  response: groupSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['resource.already_exists'],
});

export const updateGroup = defineOperation({
  id: 'updateGroup',
  method: 'PATCH',
  path: '/groups/:groupId',
  summary: 'Rename or describe a group',
  permission: 'group:write',
  params: groupParams,
  body: z.strictObject({ name: nameSchema.optional(), description: descriptionSchema.optional() }),
  response: groupSchema,
  etag: 'required',
  errors: ['group.of_directory', 'resource.already_exists', 'request.version_mismatch'],
});

export const deleteGroup = defineOperation({
  id: 'deleteGroup',
  method: 'DELETE',
  path: '/groups/:groupId',
  summary: 'Delete a group; its members lose the roles that they had by it',
  permission: 'group:write',
  sensitive: true,
  params: groupParams,
  response: z.undefined(),
  status: 204,
  errors: [...memberErrors, 'role.last_administrator'],
});

export const listGroupMembers = defineOperation({
  id: 'listGroupMembers',
  method: 'GET',
  path: '/groups/:groupId/members',
  summary: 'List the members of a group',
  permission: 'group:read',
  params: groupParams,
  query: pageQuerySchema,
  response: pageSchema(memberSchema),
});

export const addGroupMember = defineOperation({
  id: 'addGroupMember',
  method: 'PUT',
  path: '/groups/:groupId/members/:userId',
  summary: 'Add a member of the tenant to a group',
  permission: 'group:write',
  sensitive: true,
  params: memberParams,
  response: z.undefined(),
  status: 204,
  errors: [...memberErrors, 'group.not_a_member_of_tenant'],
});

export const removeGroupMember = defineOperation({
  id: 'removeGroupMember',
  method: 'DELETE',
  path: '/groups/:groupId/members/:userId',
  summary: 'Remove somebody from a group',
  permission: 'group:write',
  sensitive: true,
  params: memberParams,
  response: z.undefined(),
  status: 204,
  errors: [...memberErrors, 'role.last_administrator'],
});

export function toResponse(group: Group): z.output<typeof groupSchema> {
  return { ...group, createdAt: group.createdAt.toISOString(), updatedAt: group.updatedAt.toISOString() };
}

/** Who may not read users learns their ids and names, and not how to reach them. */
export function toMemberResponse(member: GroupMember, caller: Principal): z.output<typeof memberSchema> {
  return {
    ...member,
    email: hasPermission(caller, 'user:read') ? member.email : null,
    addedAt: member.addedAt.toISOString(),
  };
}
