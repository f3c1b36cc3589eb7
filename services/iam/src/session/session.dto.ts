import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Session } from './session.ts';
import { describeUserAgent } from './user-agent.ts';

const sessionSchema = z.object({
  id: idSchema,
  name: z.string().describe("the user's own name for it, or what the browser says of itself"),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  methods: z.array(z.string()).describe('how the user proved who they are (RFC 8176)'),
  createdAt: z.iso.datetime(),
  usedAt: z.iso.datetime().describe('to the minute'),
  expiresAt: z.iso.datetime().describe('when it ends unless it is used before'),
  current: z.boolean().describe('whether this request came with it'),
});

export const listSessions = defineOperation({
  id: 'listSessions',
  method: 'GET',
  path: '/sessions',
  summary: "List the caller's own sessions, the newest first",
  permission: 'authenticated',
  tenant: false,
  query: pageQuerySchema,
  response: pageSchema(sessionSchema),
  errors: ['caller.not_a_user'],
});

export const renameSession = defineOperation({
  id: 'renameSession',
  method: 'PATCH',
  path: '/sessions/:sessionId',
  summary: "Give one of the caller's own sessions a name",
  permission: 'authenticated',
  tenant: false,
  params: z.strictObject({ sessionId: idSchema }),
  body: z.strictObject({ name: z.string().trim().min(1).max(100) }),
  response: z.undefined(),
  status: 204,
  errors: ['caller.not_a_user'],
});

export const revokeSession = defineOperation({
  id: 'revokeSession',
  method: 'DELETE',
  path: '/sessions/:sessionId',
  summary: "End one of the caller's own sessions",
  description: 'Access tokens that were issued to it are refused within seconds.',
  permission: 'authenticated',
  sensitive: true,
  tenant: false,
  params: z.strictObject({ sessionId: idSchema }),
  response: z.undefined(),
  status: 204,
  errors: ['caller.not_a_user'],
});

export const revokeAllSessions = defineOperation({
  id: 'revokeAllSessions',
  method: 'DELETE',
  path: '/sessions',
  summary: "End all of the caller's own sessions, this one too",
  permission: 'authenticated',
  sensitive: true,
  tenant: false,
  response: z.undefined(),
  status: 204,
  errors: ['caller.not_a_user'],
});

export function toResponse(session: Session): z.output<typeof sessionSchema> {
  return {
    ...session,
    name: session.name ?? describeUserAgent(session.userAgent),
    methods: [...session.methods],
    createdAt: session.createdAt.toISOString(),
    usedAt: session.usedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}
