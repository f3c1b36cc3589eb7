import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { ServiceAccount, ServiceAccountSecret } from './service-account.ts';

const nameSchema = z.string().trim().min(1).max(100);
const descriptionSchema = z.string().trim().min(1).max(500).nullable();
const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/, 'must be base64url');
const keyUse = { kid: z.string().min(1).max(200), alg: z.enum(['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA']) };

/** Public keys alone: an object with a private member is refused, not shortened. */
const publicKeySchema = z.union([
  z.strictObject({
    kty: z.literal('RSA'),
    n: base64url.min(342),
    e: base64url,
    use: z.literal('sig').optional(),
    ...keyUse,
  }),
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: base64url,
    y: base64url,
    use: z.literal('sig').optional(),
    ...keyUse,
  }),
  z.strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: base64url,
    use: z.literal('sig').optional(),
    ...keyUse,
  }),
]);
const publicKeysSchema = z
  .array(publicKeySchema)
  .min(1)
  .max(5)
  .nullable()
  .describe('public JSON Web Keys for private_key_jwt; with them the account has no secret');

const serviceAccountSchema = z.object({
  id: idSchema.describe('also its client_id'),
  name: z.string(),
  description: z.string().nullable(),
  publicKeys: z.array(z.record(z.string(), z.unknown())).nullable(),
  createdBy: idSchema.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  version: z.int(),
});

const secretSchema = z.object({
  id: idSchema,
  prefix: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
});

const params = z.strictObject({ serviceAccountId: idSchema });
const noReplay = 'Takes no Idempotency-Key: the answer holds a secret, which is not stored.';
const secretErrors = ['role.too_powerful', 'caller.not_a_user'] as const;

export const listServiceAccounts = defineOperation({
  id: 'listServiceAccounts',
  method: 'GET',
  path: '/service-accounts',
  summary: 'List the service accounts of the tenant',
  permission: 'service-account:read',
  query: pageQuerySchema,
  response: pageSchema(serviceAccountSchema),
});

export const getServiceAccount = defineOperation({
  id: 'getServiceAccount',
  method: 'GET',
  path: '/service-accounts/:serviceAccountId',
  summary: 'Get a service account with its secrets, of which only the beginning is known',
  permission: 'service-account:read',
  params,
  response: serviceAccountSchema.extend({ secrets: z.array(secretSchema) }),
  etag: 'returned',
});

export const createServiceAccount = defineOperation({
  id: 'createServiceAccount',
  method: 'POST',
  path: '/service-accounts',
  summary: 'Make a service account; its secret is in this answer and never shown again',
  description: `${noReplay} It may do nothing until a role is assigned to it.`,
  permission: 'service-account:write',
  sensitive: true,
  body: z.strictObject({
    name: nameSchema,
    description: descriptionSchema.default(null),
    publicKeys: publicKeysSchema.default(null),
  }),
  response: serviceAccountSchema.extend({ secret: z.string().nullable().describe('null: it has public keys') }),
  status: 201,
  etag: 'returned',
  errors: ['resource.already_exists', 'caller.not_a_user'],
});

export const updateServiceAccount = defineOperation({
  id: 'updateServiceAccount',
  method: 'PATCH',
  path: '/service-accounts/:serviceAccountId',
  summary: 'Rename or describe a service account, or change its public keys',
  permission: 'service-account:write',
  sensitive: true,
  params,
  body: z.strictObject({
    name: nameSchema.optional(),
    description: descriptionSchema.optional(),
    publicKeys: publicKeysSchema.optional(),
  }),
  response: serviceAccountSchema,
  etag: 'required',
  errors: ['request.version_mismatch', 'resource.already_exists', ...secretErrors],
});

export const rotateServiceAccountSecret = defineOperation({
  id: 'rotateServiceAccountSecret',
  method: 'POST',
  path: '/service-accounts/:serviceAccountId/secret',
  summary: 'Give a service account another secret, while those before go on for a while',
  description: noReplay,
  permission: 'service-account:write',
  sensitive: true,
  params,
  body: z.strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(30 * 24 * 3600)
      .default(24 * 3600)
      .describe('for how long the secrets before still count'),
  }),
  response: secretSchema.extend({ secret: z.string(), overlapUntil: z.iso.datetime() }),
  status: 201,
  errors: ['service_account.disabled', ...secretErrors],
});

const statusChange = {
  permission: 'service-account:write',
  sensitive: true,
  params,
  response: z.undefined(),
  status: 204,
} as const;

export const disableServiceAccount = defineOperation({
  ...statusChange,
  id: 'disableServiceAccount',
  method: 'POST',
  path: '/service-accounts/:serviceAccountId/disable',
  summary: 'Refuse a service account and its tokens within a second, until it is enabled again',
});

export const enableServiceAccount = defineOperation({
  ...statusChange,
  id: 'enableServiceAccount',
  method: 'POST',
  path: '/service-accounts/:serviceAccountId/enable',
  summary: 'Let a disabled service account work again',
  errors: secretErrors,
});

export const deleteServiceAccount = defineOperation({
  ...statusChange,
  id: 'deleteServiceAccount',
  method: 'DELETE',
  path: '/service-accounts/:serviceAccountId',
  summary: 'Delete a service account with its roles and secrets',
});

export function toResponse(account: ServiceAccount): z.output<typeof serviceAccountSchema> {
  return {
    ...account,
    publicKeys: account.publicKeys === null ? null : account.publicKeys.map((key) => ({ ...key })),
    createdAt: account.createdAt.toISOString(),
    updatedAt: account.updatedAt.toISOString(),
    disabledAt: account.disabledAt?.toISOString() ?? null,
    lastUsedAt: account.lastUsedAt?.toISOString() ?? null,
  };
}

export function toSecretResponse(secret: ServiceAccountSecret): z.output<typeof secretSchema> {
  return {
    ...secret,
    createdAt: secret.createdAt.toISOString(),
    expiresAt: secret.expiresAt?.toISOString() ?? null,
  };
}
