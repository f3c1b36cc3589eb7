import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { emailSchema, signInProgressSchema, tokenProofSchema } from '../authentication/authentication.dto.ts';

export const verifyEmail = defineOperation({
  id: 'verifyEmail',
  method: 'POST',
  path: '/auth/verify-email',
  summary: 'Confirm an email address with the link or the code that it got',
  description: 'Completes a sign-up that waits for it, and then sets the session cookie.',
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

export const requestVerification = defineOperation({
  id: 'requestVerification',
  method: 'POST',
  path: '/auth/verification',
  summary: 'Send the mail that confirms an email address again',
  description: 'The answer is the same whether the address is known or not.',
  permission: 'public',
  tenant: false,
  browser: true,
  body: z.strictObject({ email: emailSchema }),
  response: z.object({ requested: z.literal(true) }),
  status: 202,
  errors: ['authentication.origin_not_trusted'],
});
