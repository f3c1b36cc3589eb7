import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Member, User } from './user.ts';

export const userSchema = z.object({
  id: idSchema,
  email: z.string(),
  emailVerified: z.boolean(),
  name: z.string(),
  createdAt: z.iso.datetime(),
});

const memberSchema = userSchema.extend({ roles: z.array(z.string()).describe('roles in the tenant') });

const ownSchema = userSchema.extend({
  tenant: idSchema.nullable().describe('the tenant of this request'),
  organization: idSchema.nullable(),
  roles: z.array(z.string()).describe('roles of this request'),
  tenants: z
    .array(z.object({ tenantId: idSchema, organizationId: idSchema.nullable(), roles: z.array(z.string()) }))
    .describe('every tenant that the user belongs to; X-Tenant-ID picks one'),
});

export const listUsers = defineOperation({
  id: 'listUsers',
  method: 'GET',
  path: '/users',
  summary: 'List the members of the tenant',
  permission: 'user:read',
  query: pageQuerySchema,
  response: pageSchema(memberSchema),
});

export const getOwnUser = defineOperation({
  id: 'getOwnUser',
  method: 'GET',
  path: '/users/me',
  summary: 'Get the signed-in user with their tenants and roles',
  permission: 'authenticated',
  tenant: false,
  response: ownSchema,
});

export const updateOwnUser = defineOperation({
  id: 'updateOwnUser',
  method: 'PATCH',
  path: '/users/me',
  summary: 'Change the name of the signed-in user',
  description: 'A directory elsewhere keeps its own.',
  permission: 'authenticated',
  tenant: false,
  sensitive: true,
  body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
  response: userSchema,
  errors: ['caller.not_a_user'],
});

export const getUser = defineOperation({
  id: 'getUser',
  method: 'GET',
  path: '/users/:userId',
  summary: 'Get a member of the tenant',
  permission: 'user:read',
  params: z.strictObject({ userId: idSchema }),
  response: memberSchema,
});

export function toUserResponse(user: User): z.output<typeof userSchema> {
  return {
    id: user.id,
    email: user.email,
    emailVerified: user.emailVerified,
    name: user.name,
    createdAt: user.createdAt.toISOString(),
  };
}

export function toMemberResponse(member: Member): z.output<typeof memberSchema> {
  return { ...toUserResponse(member), roles: [...member.roles] };
}
