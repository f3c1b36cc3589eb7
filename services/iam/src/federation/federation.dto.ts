import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { emailSchema, proofPasswordSchema } from '../authentication/authentication.dto.ts';
import type { Identity } from './identity.store.ts';

const choicesSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      title: z.string().describe('what its button says'),
      kind: z.string(),
      startPath: z.string().describe('where a browser begins; takes return_to'),
    }),
  ),
});

const identitySchema = z.object({
  id: idSchema,
  providerId: z.string().nullable(),
  title: z.string().nullable().describe('null when the provider is no more'),
  kind: z.string().nullable(),
  email: z.string().nullable().describe('what the provider said last'),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});

export const listSignInProviders = defineOperation({
  id: 'listSignInProviders',
  method: 'GET',
  path: '/auth/federation/providers',
  summary: 'List the identity providers that anybody may sign in by',
  permission: 'public',
  tenant: false,
  response: choicesSchema,
});

export const discoverSignInProviders = defineOperation({
  id: 'discoverSignInProviders',
  method: 'POST',
  path: '/auth/federation/discover',
  summary: 'List the identity providers to which people with an address of this domain are sent',
  description: 'Depends on the domain of the address alone, and tells nothing of the address.',
  permission: 'public',
  tenant: false,
  body: z.strictObject({ email: emailSchema }),
  response: choicesSchema,
});

const own = { permission: 'authenticated', tenant: false } as const;

export const listIdentities = defineOperation({
  ...own,
  id: 'listIdentities',
  method: 'GET',
  path: '/users/me/identities',
  summary: "List the caller's accounts at other identity providers, the oldest first",
  response: z.object({ data: z.array(identitySchema) }),
  errors: ['caller.not_a_user'],
});

export const linkIdentity = defineOperation({
  ...own,
  id: 'linkIdentity',
  method: 'POST',
  path: '/users/me/identities',
  summary: 'Begin to link an account at an identity provider: says where the browser goes',
  description: 'Sets a cookie for ten minutes. The account is linked when the browser comes back from the provider.',
  sensitive: true,
  browser: true,
  body: z.strictObject({
    provider: z.string().max(64),
    returnTo: z.string().max(2000).optional().describe('a path of the platform; /security when absent'),
    password: proofPasswordSchema,
  }),
  response: z.object({ location: z.string() }),
  errors: [
    'caller.not_a_user',
    'authentication.recent_sign_in_required',
    'authentication.throttled',
    'federation.unavailable',
    'federation.refused',
  ],
});

export const unlinkIdentity = defineOperation({
  ...own,
  id: 'unlinkIdentity',
  method: 'DELETE',
  path: '/users/me/identities/:identityId',
  summary: 'Remove an account at an identity provider; the last way to sign in stays',
  sensitive: true,
  params: z.strictObject({ identityId: idSchema }),
  response: z.undefined(),
  status: 204,
  errors: ['caller.not_a_user', 'federation.last_sign_in_way'],
});

export function toIdentityResponse(identity: Identity): z.output<typeof identitySchema> {
  return {
    ...identity,
    createdAt: identity.createdAt.toISOString(),
    lastUsedAt: identity.lastUsedAt?.toISOString() ?? null,
  };
}
