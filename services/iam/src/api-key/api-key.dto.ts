import { idSchema, permissions } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { ApiKey } from './api-key.ts';

const apiKeySchema = z.object({
  id: idSchema,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(permissions)),
  createdBy: idSchema,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  rateLimit: z.int().nullable().describe('requests a minute in all, beside the limits of routes'),
  rotatedAt: z.iso.datetime().nullable(),
  overlapUntil: z.iso.datetime().nullable().describe('until when the secret before the last rotation counts'),
  lastUsedAt: z.iso.datetime().nullable(),
});

const nameSchema = z.string().trim().min(1).max(100);
const rateLimitSchema = z.int().min(1).max(100_000).nullable();
const longestOverlapSeconds = 30 * 24 * 3600;

const apiKeyParams = z.strictObject({ apiKeyId: idSchema });

export const listApiKeys = defineOperation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api-keys',
  summary: 'List the API keys of the tenant, the revoked ones too',
  permission: 'api-key:read',
  query: pageQuerySchema,
  response: pageSchema(apiKeySchema),
});

export const getApiKey = defineOperation({
  id: 'getApiKey',
  method: 'GET',
  path: '/api-keys/:apiKeyId',
  summary: 'Get an API key',
  permission: 'api-key:read',
  params: apiKeyParams,
  response: apiKeySchema,
});

export const createApiKey = defineOperation({
  id: 'createApiKey',
  method: 'POST',
  path: '/api-keys',
  summary: 'Make an API key; the key is in this answer and never shown again',
  // Replaying the answer would mean storing the key. Who loses the answer revokes the key and makes another.
  description: 'Takes no Idempotency-Key: the answer holds a secret, which is not stored.',
  permission: 'api-key:write',
  sensitive: true,
  body: z.strictObject({
    name: nameSchema,
    scopes: z.array(z.enum(permissions)).min(1).max(permissions.length),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    rateLimit: rateLimitSchema.default(null),
  }),
  response: apiKeySchema.extend({ key: z.string() }),
  status: 201,
  errors: [
    'api_key.scope_not_held',
    'api_key.expiry_past',
    'api_key.token_narrowed',
    'caller.not_a_user',
    'tenant.limit_reached',
  ],
});

export const updateApiKey = defineOperation({
  id: 'updateApiKey',
  method: 'PATCH',
  path: '/api-keys/:apiKeyId',
  summary: 'Rename an API key or change its rate limit',
  permission: 'api-key:write',
  sensitive: true,
  params: apiKeyParams,
  body: z.strictObject({ name: nameSchema.optional(), rateLimit: rateLimitSchema.optional() }),
  response: apiKeySchema,
  errors: ['caller.not_a_user'],
});

export const rotateApiKey = defineOperation({
  id: 'rotateApiKey',
  method: 'POST',
  path: '/api-keys/:apiKeyId/rotate',
  summary: 'Give an API key another secret, while the one before goes on for a while',
  description: 'Takes no Idempotency-Key: the answer holds a secret, which is not stored.',
  permission: 'api-key:write',
  sensitive: true,
  params: apiKeyParams,
  body: z.strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(longestOverlapSeconds)
      .default(24 * 3600)
      .describe('for how long the secret before still counts; an older one ends at once'),
  }),
  response: apiKeySchema.extend({ key: z.string() }),
  errors: ['api_key.scope_not_held', 'api_key.token_narrowed', 'api_key.ended', 'caller.not_a_user'],
});

export const revokeApiKey = defineOperation({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api-keys/:apiKeyId',
  summary: 'Revoke an API key; it stays in the list',
  permission: 'api-key:write',
  sensitive: true,
  params: apiKeyParams,
  response: z.undefined(),
  status: 204,
});

export function toResponse(apiKey: ApiKey): z.output<typeof apiKeySchema> {
  return {
    ...apiKey,
    scopes: [...apiKey.scopes],
    createdAt: apiKey.createdAt.toISOString(),
    expiresAt: apiKey.expiresAt?.toISOString() ?? null,
    revokedAt: apiKey.revokedAt?.toISOString() ?? null,
    rotatedAt: apiKey.rotatedAt?.toISOString() ?? null,
    overlapUntil: apiKey.overlapUntil?.toISOString() ?? null,
    lastUsedAt: apiKey.lastUsedAt?.toISOString() ?? null,
  };
}
