import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { GatewayAccount } from './gateway-account.ts';
import { createGatewayAccountExamples, updateGatewayAccountExamples } from './gateway-account-examples.ts';

const settings = {
  name: z.string().trim().min(1).max(100),
  legalEntityId: idSchema.nullable().describe('whose invoices it is for; null: of every legal entity'),
  publishableKey: z.string().min(1).max(500).nullable().describe("for the gateway's code in a browser; no secret"),
  secretKey: z.string().min(1).max(500).describe('kept encrypted and never shown again'),
  webhookSecret: z
    .string()
    .min(1)
    .max(500)
    .nullable()
    .describe('signs what the gateway sends to POST /payments/webhooks/:gatewayAccountId; never shown again'),
  enabled: z.boolean(),
};

const gatewayAccountSchema = z.object({
  id: idSchema,
  gateway: z.enum(['stripe']),
  name: z.string(),
  legalEntityId: idSchema.nullable(),
  publishableKey: z.string().nullable(),
  hasWebhookSecret: z.boolean(),
  enabled: z.boolean(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const params = z.strictObject({ gatewayAccountId: idSchema });

export const listGatewayAccounts = defineOperation({
  id: 'listGatewayAccounts',
  method: 'GET',
  path: '/payments/gateway-accounts',
  summary: "List the tenant's accounts at payment gateways",
  permission: 'payment:read',
  query: pageQuerySchema,
  response: pageSchema(gatewayAccountSchema),
});

export const getGatewayAccount = defineOperation({
  id: 'getGatewayAccount',
  method: 'GET',
  path: '/payments/gateway-accounts/:gatewayAccountId',
  summary: 'Get an account at a payment gateway',
  permission: 'payment:read',
  params,
  response: gatewayAccountSchema,
  etag: 'returned',
});

export const createGatewayAccount = defineOperation({
  id: 'createGatewayAccount',
  method: 'POST',
  path: '/payments/gateway-accounts',
  summary: 'Connect an account at a payment gateway',
  permission: 'payment:write',
  sensitive: true,
  body: z.strictObject({
    gateway: z.enum(['stripe']),
    name: settings.name,
    legalEntityId: settings.legalEntityId.default(null),
    publishableKey: settings.publishableKey.default(null),
    secretKey: settings.secretKey,
    webhookSecret: settings.webhookSecret.default(null),
    enabled: settings.enabled.default(true),
  }),
  response: gatewayAccountSchema,
  status: 201,
  etag: 'returned',
  errors: ['payment_gateway.secret_missing'],
  examples: createGatewayAccountExamples,
});

export const updateGatewayAccount = defineOperation({
  id: 'updateGatewayAccount',
  method: 'PATCH',
  path: '/payments/gateway-accounts/:gatewayAccountId',
  summary: 'Change, disable or enable an account at a payment gateway, or give it other keys',
  permission: 'payment:write',
  sensitive: true,
  params,
  body: z.strictObject(settings).partial(),
  response: gatewayAccountSchema,
  etag: 'required',
  errors: ['payment_gateway.secret_missing', 'request.version_mismatch'],
  examples: updateGatewayAccountExamples,
});

export function toResponse({ tenantId: _tenant, ...account }: GatewayAccount): z.output<typeof gatewayAccountSchema> {
  return { ...account, createdAt: account.createdAt.toISOString(), updatedAt: account.updatedAt.toISOString() };
}
