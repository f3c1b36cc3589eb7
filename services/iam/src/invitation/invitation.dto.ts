import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { emailSchema, passwordSchema, signInProgressSchema } from '../authentication/authentication.dto.ts';
import { locales } from '../mail/locale.ts';
import { statusOf, type Invitation } from './invitation.ts';

const statusSchema = z.enum(['open', 'accepted', 'revoked', 'expired']);

const invitationSchema = z.object({
  id: idSchema,
  email: z.string(),
  roles: z.array(z.string()),
  status: statusSchema,
  invitedBy: idSchema,
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().describe('when the last mail was sent'),
  expiresAt: z.iso.datetime(),
  acceptedAt: z.iso.datetime().nullable(),
  acceptedBy: idSchema.nullable(),
});

const invitationParams = z.strictObject({ invitationId: idSchema });
const tokenSchema = z.string().min(1).max(200);

export const createInvitation = defineOperation({
  id: 'createInvitation',
  method: 'POST',
  path: '/invitations',
  summary: 'Invite an email address into the tenant with roles',
  description: 'Sends a mail with a link that can be used once within seven days.',
  permission: 'invitation:write',
  sensitive: true,
  body: z.strictObject({
    email: emailSchema,
    roles: z.array(z.string().min(1).max(200)).min(1).max(20),
    locale: z.enum(locales).optional().describe('language of the mail to somebody who has no account'),
  }),
  response: invitationSchema,
  status: 201,
  idempotent: true,
  errors: [
    'caller.not_a_user',
    'invitation.already_member',
    'invitation.open',
    'role.too_powerful',
    'tenant.limit_reached',
  ],
});

export const listInvitations = defineOperation({
  id: 'listInvitations',
  method: 'GET',
  path: '/invitations',
  summary: 'List the invitations of the tenant',
  permission: 'invitation:read',
  query: pageQuerySchema.extend({ status: statusSchema.optional() }),
  response: pageSchema(invitationSchema),
});

export const getInvitation = defineOperation({
  id: 'getInvitation',
  method: 'GET',
  path: '/invitations/:invitationId',
  summary: 'Get an invitation',
  permission: 'invitation:read',
  params: invitationParams,
  response: invitationSchema,
});

export const resendInvitation = defineOperation({
  id: 'resendInvitation',
  method: 'POST',
  path: '/invitations/:invitationId/resend',
  summary: 'Send an invitation again; the link of the mail before is dead',
  permission: 'invitation:write',
  sensitive: true,
  params: invitationParams,
  response: invitationSchema,
  errors: ['invitation.closed', 'role.too_powerful'],
});

export const revokeInvitation = defineOperation({
  id: 'revokeInvitation',
  method: 'DELETE',
  path: '/invitations/:invitationId',
  summary: 'Revoke an invitation',
  permission: 'invitation:write',
  sensitive: true,
  params: invitationParams,
  response: z.undefined(),
  status: 204,
  errors: ['invitation.closed'],
});

const browserErrors = ['authentication.origin_not_trusted', 'invitation.not_valid'] as const;

export const lookUpInvitation = defineOperation({
  id: 'lookUpInvitation',
  method: 'POST',
  path: '/auth/invitations/look-up',
  summary: 'See what the token of an invitation is for',
  permission: 'public',
  tenant: false,
  body: z.strictObject({ token: tokenSchema }),
  response: z.object({
    email: z.string(),
    organizationName: z.string().nullable(),
    expiresAt: z.iso.datetime(),
    hasAccount: z.boolean().describe('whether the invited address signs in, or signs up'),
  }),
  errors: browserErrors,
});

export const acceptInvitation = defineOperation({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/auth/invitations/accept',
  summary: "Accept an invitation as the person of this browser's session",
  description: 'The confirmed email address of the person must be the invited one.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: z.strictObject({ token: tokenSchema }),
  response: z.object({ tenantId: idSchema, organizationId: idSchema.nullable() }),
  errors: ['auth.required', 'invitation.of_another', 'tenant.limit_reached', ...browserErrors],
});

export const acceptInvitationAsCaller = defineOperation({
  id: 'acceptInvitationAsCaller',
  method: 'POST',
  path: '/invitations/accept',
  summary: 'Accept an invitation as the person of an access token',
  description: 'For people who sign in at an external issuer. Their confirmed email address must be the invited one.',
  permission: 'authenticated',
  tenant: false,
  sensitive: true,
  body: z.strictObject({ token: tokenSchema }),
  response: z.object({ tenantId: idSchema, organizationId: idSchema.nullable() }),
  errors: ['caller.not_a_user', 'invitation.not_valid', 'invitation.of_another', 'tenant.limit_reached'],
});

export const signUpByInvitation = defineOperation({
  id: 'signUpByInvitation',
  method: 'POST',
  path: '/auth/invitations/sign-up',
  summary: 'Sign up by an invitation, also where nobody can sign up by themselves',
  description: 'Sets the session cookie. The address counts as confirmed: the token came by mail.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: z.strictObject({ token: tokenSchema, name: z.string().trim().min(1).max(200), password: passwordSchema }),
  response: signInProgressSchema,
  errors: ['authentication.email_taken', 'authentication.password_breached', 'tenant.limit_reached', ...browserErrors],
});

export function toResponse(invitation: Invitation, now: Date): z.output<typeof invitationSchema> {
  return {
    id: invitation.id,
    email: invitation.email,
    roles: [...invitation.roles],
    status: statusOf(invitation, now),
    invitedBy: invitation.invitedBy,
    createdAt: invitation.createdAt.toISOString(),
    sentAt: invitation.sentAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
    acceptedAt: invitation.acceptedAt?.toISOString() ?? null,
    acceptedBy: invitation.acceptedBy,
  };
}
