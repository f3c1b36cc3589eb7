import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { emailSchema, signInProgressSchema, tokenProofSchema } from '../authentication/authentication.dto.ts';

export const requestEmailSignIn = defineOperation({
  id: 'requestEmailSignIn',
  method: 'POST',
  path: '/auth/email-sign-in',
  summary: 'Send a link and a code to sign in with',
  description: 'The answer is the same whether the address is known or not. Both are good for ten minutes.',
  permission: 'public',
  tenant: false,
  body: z.strictObject({ email: emailSchema }),
  response: z.object({ requested: z.literal(true) }),
  status: 202,
  errors: ['authentication.origin_not_trusted'],
});

export const confirmEmailSignIn = defineOperation({
  id: 'confirmEmailSignIn',
  method: 'POST',
  path: '/auth/email-sign-in/confirm',
  summary: 'Sign in with the token of a link, or with a code',
  description: 'Sets the session cookie. Guessing codes slows down like guessing passwords.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: tokenProofSchema,
  response: signInProgressSchema,
  errors: [
    'authentication.token_invalid',
    'authentication.code_invalid',
    'authentication.throttled',
    'authentication.origin_not_trusted',
  ],
});
