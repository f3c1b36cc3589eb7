import { builtInRoles, idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { userSchema } from '../user/user.dto.ts';
import type { DirectorySession } from './user-directory.ts';

const userParams = z.strictObject({ userId: idSchema });
const nameSchema = z.string().trim().min(1).max(200);
const emailSchema = z.email().max(254);
const directoryErrors = ['directory.unavailable', 'directory.refused'] as const;
const administratorErrors = ['role.platform_administrator_only', ...directoryErrors] as const;

/** What changes people of the whole platform. */
const administration = {
  permission: 'user:administer',
  tenant: false,
  sensitive: true,
} as const;

const realmRolesSchema = z.strictObject({ roles: z.array(z.enum(builtInRoles)).max(10) });

export const createUser = defineOperation({
  ...administration,
  id: 'createUser',
  method: 'POST',
  path: '/users',
  summary: 'Make a user, in the directory that new users are made in',
  description: 'They get a mail to choose a password. Members of a tenant are invited with POST /invitations.',
  body: z.strictObject({
    email: emailSchema,
    name: nameSchema,
    invite: z.boolean().default(true).describe('whether the mail is sent'),
  }),
  response: userSchema,
  status: 201,
  idempotent: true,
  errors: ['authentication.email_taken', ...administratorErrors],
});

export const updateUser = defineOperation({
  ...administration,
  id: 'updateUser',
  method: 'PATCH',
  path: '/users/:userId',
  summary: 'Change name or address of a user, here and in their directory',
  description: 'A changed address counts as unverified until its owner proves it.',
  params: userParams,
  body: z.strictObject({ email: emailSchema.optional(), name: nameSchema.optional() }),
  response: userSchema,
  errors: ['authentication.email_taken', ...administratorErrors],
});

export const deleteUser = defineOperation({
  ...administration,
  id: 'deleteUser',
  method: 'DELETE',
  path: '/users/:userId',
  summary: 'Delete a user, here and in their directory',
  description: 'Owners of an organization, and its last administrator, hand it over first. Repeating it is safe.',
  params: userParams,
  response: z.undefined(),
  status: 204,
  errors: ['user.last_operator', 'role.owner_keeps', 'role.last_administrator', ...administratorErrors],
});

const statusChange = {
  permission: 'user:disable',
  tenant: false,
  sensitive: true,
  params: userParams,
  response: z.undefined(),
  status: 204,
} as const;

export const disableUser = defineOperation({
  ...statusChange,
  id: 'disableUser',
  method: 'POST',
  path: '/users/:userId/disable',
  summary: 'Keep a user from signing in, and end every session of theirs',
  description: 'Within a second no session and no token of theirs is accepted, and none of their API keys.',
  errors: ['user.last_operator', ...directoryErrors],
});

export const enableUser = defineOperation({
  ...statusChange,
  id: 'enableUser',
  method: 'POST',
  path: '/users/:userId/enable',
  summary: 'Let a disabled user sign in again',
  errors: directoryErrors,
});

export const endUserSessions = defineOperation({
  ...statusChange,
  id: 'endUserSessions',
  method: 'DELETE',
  path: '/users/:userId/sessions',
  summary: 'End every session of a user',
  description: 'Access tokens that were issued until now are refused within a second, those of external issuers too.',
  errors: directoryErrors,
});

export const resetUserPassword = defineOperation({
  ...administration,
  id: 'resetUserPassword',
  method: 'POST',
  path: '/users/:userId/password-reset',
  summary: 'Send a user a mail to choose a new password',
  params: userParams,
  response: z.undefined(),
  status: 204,
  errors: administratorErrors,
});

export const listUserSessions = defineOperation({
  id: 'listUserSessions',
  method: 'GET',
  path: '/users/:userId/sessions',
  summary: 'List the sessions of a user, at the platform and in their directory',
  permission: 'user:administer',
  tenant: false,
  params: userParams,
  response: z.object({
    data: z.array(
      z.object({
        id: z.string(),
        ip: z.string().nullable(),
        startedAt: z.iso.datetime(),
        usedAt: z.iso.datetime(),
      }),
    ),
  }),
  errors: directoryErrors,
});

export const getRealmRoles = defineOperation({
  id: 'getRealmRoles',
  method: 'GET',
  path: '/users/:userId/realm-roles',
  summary: "Get the roles that a user's directory gives them",
  permission: 'user:administer',
  tenant: false,
  params: userParams,
  response: realmRolesSchema,
  errors: directoryErrors,
});

export const setRealmRoles = defineOperation({
  ...administration,
  id: 'setRealmRoles',
  method: 'PUT',
  path: '/users/:userId/realm-roles',
  summary: "Set the roles that a user's directory gives them",
  description:
    'In Keycloak they are realm roles, and count from the next token on; without one, the roles of the whole platform.',
  params: userParams,
  body: realmRolesSchema,
  response: z.undefined(),
  status: 204,
  errors: ['directory.role_unknown', 'role.last_administrator', ...administratorErrors],
});

export const linkUserIdentity = defineOperation({
  ...administration,
  id: 'linkUserIdentity',
  method: 'POST',
  path: '/users/:userId/identities',
  summary: 'Say that a subject of an external issuer is this user',
  description: 'Their tokens then speak for the user, and the account there is administered by these operations.',
  params: userParams,
  body: z.strictObject({ issuer: z.url(), subject: z.string().min(1).max(255) }),
  response: z.undefined(),
  status: 204,
  errors: ['issuer.unknown', 'resource.already_exists', 'role.platform_administrator_only'],
});

export function toSessionResponse(
  session: DirectorySession,
): z.output<typeof listUserSessions.response>['data'][number] {
  return { ...session, startedAt: session.startedAt.toISOString(), usedAt: session.usedAt.toISOString() };
}
