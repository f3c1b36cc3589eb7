import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { codeSchema, proofPasswordSchema, signInProgressSchema } from '../authentication/authentication.dto.ts';

const recoveryCodesSchema = z.array(z.string()).describe('shown once; each is good for one sign-in without the app');
const proofBody = z.strictObject({ password: proofPasswordSchema });
const own = { permission: 'authenticated', tenant: false, sensitive: true } as const;
const proofErrors = [
  'caller.not_a_user',
  'authentication.recent_sign_in_required',
  'authentication.throttled',
] as const;

export const getAuthenticator = defineOperation({
  id: 'getAuthenticator',
  method: 'GET',
  path: '/users/me/authenticator',
  summary: "Get what the caller's second factor consists of",
  permission: 'authenticated',
  tenant: false,
  response: z.object({ confirmedAt: z.iso.datetime().nullable(), recoveryCodesLeft: z.int() }),
  errors: ['caller.not_a_user'],
});

export const createAuthenticator = defineOperation({
  ...own,
  id: 'createAuthenticator',
  method: 'POST',
  path: '/users/me/authenticator',
  summary: 'Begin to set up an authenticator app (RFC 6238)',
  description:
    'Needs the password, or a sign-in of the last ten minutes. Sign-ins ask for its code once it is confirmed.',
  body: proofBody,
  response: z.object({
    secret: z.string().describe('base 32, to type into the app'),
    uri: z.string().describe('key URI, otpauth:'),
    qrCode: z.string().describe('the key URI as a QR code, an SVG'),
  }),
  errors: [...proofErrors, 'second_factor.authenticator_exists'],
});

export const confirmAuthenticator = defineOperation({
  ...own,
  id: 'confirmAuthenticator',
  method: 'POST',
  path: '/users/me/authenticator/confirmation',
  summary: 'Confirm an authenticator app with a code that it shows',
  description: 'Strengthens the session of this browser, which gets a new cookie.',
  browser: true,
  body: z.strictObject({ code: codeSchema }),
  response: z.object({ recoveryCodes: recoveryCodesSchema }),
  errors: [
    'caller.not_a_user',
    'second_factor.no_authenticator',
    'second_factor.authenticator_exists',
    'authentication.throttled',
  ],
});

export const removeAuthenticator = defineOperation({
  ...own,
  id: 'removeAuthenticator',
  method: 'POST',
  path: '/users/me/authenticator/removal',
  summary: 'Remove the authenticator app and the recovery codes',
  description: 'Needs the password, or a strong sign-in of the last ten minutes.',
  body: proofBody,
  response: z.object({ removed: z.literal(true) }),
  errors: [...proofErrors, 'second_factor.no_authenticator'],
});

export const renewRecoveryCodes = defineOperation({
  ...own,
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/users/me/recovery-codes',
  summary: 'Make new recovery codes; the old ones no longer work',
  description: 'Needs the password, or a strong sign-in of the last ten minutes.',
  body: proofBody,
  response: z.object({ recoveryCodes: recoveryCodesSchema }),
  errors: [...proofErrors, 'second_factor.no_authenticator'],
});

export const completeSecondFactor = defineOperation({
  id: 'completeSecondFactor',
  method: 'POST',
  path: '/auth/second-factor',
  summary: 'Complete the sign-in of this browser with a code of the authenticator app or a recovery code',
  description: 'The session goes on under a new cookie. Guessing slows down like guessing passwords.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: z.union([z.strictObject({ code: codeSchema }), z.strictObject({ recoveryCode: z.string().min(1).max(40) })], {
    error: 'must have a code of six digits, or a recovery code',
  }),
  response: signInProgressSchema,
  errors: [
    'auth.required',
    'authentication.code_invalid',
    'authentication.throttled',
    'authentication.origin_not_trusted',
  ],
});
