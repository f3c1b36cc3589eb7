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
  lastUsedAt: z.iso.datetime().nullable(),
});

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
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(permissions)).min(1).max(permissions.length),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
  }),
  response: apiKeySchema.extend({ key: z.string() }),
  status: 201,
  errors: ['api_key.scope_not_held', 'api_key.expiry_past', 'caller.not_a_user'],
});

export const revokeApiKey = defineOperation({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api-keys/:apiKeyId',
  summary: 'Revoke an API key; it stays in the list',
  permission: 'api-key:write',
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
    lastUsedAt: apiKey.lastUsedAt?.toISOString() ?? null,
  };
}
