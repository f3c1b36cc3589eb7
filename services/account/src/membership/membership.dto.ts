import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Membership } from './membership.ts';
import { transferOwnershipExamples } from './membership-examples.ts';

const memberSchema = z.object({
  userId: z.string(),
  isOwner: z.boolean(),
  createdAt: z.iso.datetime(),
});

const organizationParams = z.strictObject({ organizationId: idSchema });

export const listMembers = defineOperation({
  id: 'listOrganizationMembers',
  method: 'GET',
  path: '/organizations/:organizationId/members',
  summary: 'List who belongs to an organization and who owns it',
  description: 'Names, addresses and roles of the same people are under /users.',
  permission: 'user:read',
  params: organizationParams,
  query: pageQuerySchema,
  response: pageSchema(memberSchema),
});

export const removeMember = defineOperation({
  id: 'removeOrganizationMember',
  method: 'DELETE',
  path: '/organizations/:organizationId/members/:userId',
  summary: 'Remove a member: their roles end, and the API keys that they made in the tenant are revoked',
  permission: 'user:write',
  sensitive: true,
  params: organizationParams.extend({ userId: idSchema }),
  response: z.undefined(),
  status: 204,
  errors: ['organization.owner_stays', 'role.last_administrator', 'role.too_powerful'],
});

export const leaveOrganization = defineOperation({
  id: 'leaveOrganization',
  method: 'POST',
  path: '/organizations/:organizationId/leave',
  summary: 'Leave an organization',
  permission: 'authenticated',
  sensitive: true,
  params: organizationParams,
  response: z.undefined(),
  status: 204,
  errors: ['caller.not_a_user', 'organization.owner_stays', 'role.last_administrator'],
});

export const transferOwnership = defineOperation({
  id: 'transferOrganization',
  method: 'POST',
  path: '/organizations/:organizationId/transfer',
  summary: 'Make another member the owner of an organization, with the role org_admin',
  description: 'For the owner alone.',
  permission: 'organization:write',
  sensitive: true,
  params: organizationParams,
  body: z.strictObject({ userId: idSchema }),
  response: z.undefined(),
  status: 204,
  errors: ['caller.not_a_user', 'organization.not_owner'],
  examples: transferOwnershipExamples,
});

export function toResponse(member: Membership): z.output<typeof memberSchema> {
  return { userId: member.userId, isOwner: member.isOwner, createdAt: member.createdAt.toISOString() };
}
