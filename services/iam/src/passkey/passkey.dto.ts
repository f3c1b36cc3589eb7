import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { proofPasswordSchema, signInProgressSchema } from '../authentication/authentication.dto.ts';
import type { Passkey } from './passkey.ts';

const nameSchema = z.string().trim().min(1).max(100);
const bytesSchema = z
  .string()
  .max(20_000)
  .regex(/^[\w-]+$/, 'must be base64url');

const passkeySchema = z.object({
  id: idSchema,
  name: z.string(),
  backedUp: z.boolean().describe('whether it is kept on several devices'),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});

const optionsSchema = z.record(z.string(), z.unknown());

// Browsers add members to these as WebAuthn grows: what is not named here is let through and not looked at.
const credentialMembers = { id: bytesSchema, rawId: bytesSchema, type: z.literal('public-key') };
const registrationSchema = z
  .looseObject({
    ...credentialMembers,
    response: z.looseObject({
      clientDataJSON: bytesSchema,
      attestationObject: bytesSchema,
      transports: z.array(z.string().max(40)).max(10).optional(),
    }),
  })
  .transform((credential) => credential as unknown as RegistrationResponseJSON);
const assertionSchema = z
  .looseObject({
    ...credentialMembers,
    response: z.looseObject({
      clientDataJSON: bytesSchema,
      authenticatorData: bytesSchema,
      signature: bytesSchema,
      userHandle: bytesSchema.nullish(),
    }),
  })
  .transform((credential) => credential as unknown as AuthenticationResponseJSON);

const own = { permission: 'authenticated', tenant: false } as const;

export const beginPasskeyRegistration = defineOperation({
  ...own,
  id: 'beginPasskeyRegistration',
  method: 'POST',
  path: '/users/me/passkeys/options',
  summary: 'Get options to make a passkey with (PublicKeyCredentialCreationOptionsJSON of WebAuthn)',
  description:
    'Needs the password, or a sign-in of the last ten minutes. Its challenge is good once, for five minutes.',
  sensitive: true,
  body: z.strictObject({ password: proofPasswordSchema }),
  response: optionsSchema,
  errors: [
    'caller.not_a_user',
    'authentication.recent_sign_in_required',
    'authentication.throttled',
    'passkey.too_many',
  ],
});

export const createPasskey = defineOperation({
  ...own,
  id: 'createPasskey',
  method: 'POST',
  path: '/users/me/passkeys',
  summary: 'Add the passkey that the browser made',
  description: 'Strengthens the session of this browser, which gets a new cookie.',
  sensitive: true,
  browser: true,
  body: z.strictObject({ name: nameSchema.default('Passkey'), credential: registrationSchema }),
  response: passkeySchema,
  status: 201,
  errors: [
    'caller.not_a_user',
    'passkey.refused',
    'passkey.too_many',
    'authentication.token_invalid',
    'resource.already_exists',
  ],
});

export const listPasskeys = defineOperation({
  ...own,
  id: 'listPasskeys',
  method: 'GET',
  path: '/users/me/passkeys',
  summary: "List the caller's passkeys, the oldest first",
  response: z.object({ data: z.array(passkeySchema) }),
  errors: ['caller.not_a_user'],
});

export const renamePasskey = defineOperation({
  ...own,
  id: 'renamePasskey',
  method: 'PATCH',
  path: '/users/me/passkeys/:passkeyId',
  summary: 'Give a passkey another name',
  sensitive: true,
  params: z.strictObject({ passkeyId: idSchema }),
  body: z.strictObject({ name: nameSchema }),
  response: passkeySchema,
  errors: ['caller.not_a_user'],
});

export const deletePasskey = defineOperation({
  ...own,
  id: 'deletePasskey',
  method: 'DELETE',
  path: '/users/me/passkeys/:passkeyId',
  summary: 'Delete a passkey',
  sensitive: true,
  params: z.strictObject({ passkeyId: idSchema }),
  response: z.undefined(),
  status: 204,
  errors: ['caller.not_a_user'],
});

export const beginPasskeySignIn = defineOperation({
  id: 'beginPasskeySignIn',
  method: 'POST',
  path: '/auth/passkey/options',
  summary: 'Get options to ask for a passkey with (PublicKeyCredentialRequestOptionsJSON of WebAuthn)',
  description: 'Its challenge is good once, for five minutes.',
  permission: 'public',
  tenant: false,
  browser: true,
  response: optionsSchema,
  errors: ['authentication.origin_not_trusted'],
});

export const completePasskeySignIn = defineOperation({
  id: 'completePasskeySignIn',
  method: 'POST',
  path: '/auth/passkey',
  summary: 'Sign in with a passkey, or complete the sign-in of this browser with one',
  description: 'Sets the session cookie.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: z.strictObject({ credential: assertionSchema }),
  response: signInProgressSchema,
  errors: ['passkey.refused', 'authentication.email_not_verified', 'authentication.origin_not_trusted'],
});

export function toPasskeyResponse(passkey: Passkey): z.output<typeof passkeySchema> {
  return {
    id: passkey.id,
    name: passkey.name,
    backedUp: passkey.backedUp,
    createdAt: passkey.createdAt.toISOString(),
    lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
  };
}
