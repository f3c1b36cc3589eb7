import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';

export const longestMinutes = 60;

export const startImpersonation = defineOperation({
  id: 'startImpersonation',
  method: 'POST',
  path: '/impersonations',
  summary: 'Act as a user, for support',
  description:
    'Sets a session cookie that ends after the given time at the latest. The audit trail of each tenant of the user says so, and so does each entry that is made meanwhile. Credentials and deletions stay out of reach.',
  permission: 'user:impersonate',
  tenant: false,
  sensitive: true,
  browser: true,
  status: 201,
  body: z.strictObject({
    userId: idSchema,
    reason: z.string().trim().min(5).max(500).describe('why, for the audit trail: a ticket number'),
    minutes: z.int().min(1).max(longestMinutes).default(30),
  }),
  response: z.object({ userId: idSchema, sessionId: idSchema, endsAt: z.iso.datetime() }),
  errors: ['caller.not_a_user', 'impersonation.not_allowed', 'resource.not_found'],
});

export const endImpersonation = defineOperation({
  id: 'endImpersonation',
  method: 'DELETE',
  path: '/impersonations/current',
  summary: 'Stop acting as a user and go on as oneself',
  permission: 'authenticated',
  tenant: false,
  browser: true,
  response: z.undefined(),
  status: 204,
  errors: ['impersonation.none'],
});
