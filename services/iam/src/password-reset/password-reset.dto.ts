import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { emailSchema, passwordSchema, tokenSchema } from '../authentication/authentication.dto.ts';

export const requestPasswordReset = defineOperation({
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/auth/password-reset',
  summary: 'Send a link to set a new password',
  description: 'The answer is the same whether the address is known or not. The link is good for one hour.',
  permission: 'public',
  tenant: false,
  body: z.strictObject({ email: emailSchema }),
  response: z.object({ requested: z.literal(true) }),
  status: 202,
  errors: ['authentication.origin_not_trusted'],
});

export const confirmPasswordReset = defineOperation({
  id: 'confirmPasswordReset',
  method: 'POST',
  path: '/auth/password-reset/confirm',
  summary: 'Set a new password with the token of a link',
  description: 'Every session of the user ends.',
  permission: 'public',
  tenant: false,
  body: z.strictObject({ token: tokenSchema, password: passwordSchema }),
  response: z.object({ changed: z.literal(true) }),
  errors: ['authentication.token_invalid', 'authentication.password_breached', 'authentication.origin_not_trusted'],
});
