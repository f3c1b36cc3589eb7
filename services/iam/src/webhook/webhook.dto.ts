import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { webhookEventTypes, type Webhook, type WebhookDelivery } from './webhook.ts';

const urlSchema = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .describe('https; it leads to a public address and is not redirected');
const descriptionSchema = z.string().trim().min(1).max(500).nullable();
const eventTypesSchema = z.array(z.enum(webhookEventTypes)).min(1).max(webhookEventTypes.length);

const webhookSchema = z.object({
  id: idSchema,
  url: z.string(),
  description: z.string().nullable(),
  eventTypes: z.array(z.enum(webhookEventTypes)),
  enabled: z.boolean(),
  disabledBecause: z.enum(['owner', 'failing']).nullable(),
  overlapUntil: z.iso.datetime().nullable().describe('until when messages are also signed with the secret before'),
  createdBy: idSchema.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version: z.int(),
});

const deliverySchema = z.object({
  id: idSchema.describe('webhook-id of the message'),
  eventType: z.string(),
  status: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  createdAt: z.iso.datetime(),
  nextAttemptAt: z.iso.datetime().nullable(),
  lastAttemptAt: z.iso.datetime().nullable(),
  lastStatus: z.int().nullable().describe('HTTP status that the receiver answered with'),
  lastResponse: z.string().nullable().describe('beginning of what it answered'),
  lastError: z.string().nullable(),
  body: z.string().describe('the message as it is signed'),
});

const params = z.strictObject({ webhookId: idSchema });
const deliveryParams = z.strictObject({ webhookId: idSchema, deliveryId: idSchema });
const noReplay = 'Takes no Idempotency-Key: the answer holds a secret, which is not stored.';

export const listWebhooks = defineOperation({
  id: 'listWebhooks',
  method: 'GET',
  path: '/webhooks',
  summary: 'List the webhooks of the tenant',
  permission: 'webhook:read',
  query: pageQuerySchema,
  response: pageSchema(webhookSchema),
});

export const getWebhook = defineOperation({
  id: 'getWebhook',
  method: 'GET',
  path: '/webhooks/:webhookId',
  summary: 'Get a webhook',
  permission: 'webhook:read',
  params,
  response: webhookSchema,
  etag: 'returned',
});

export const createWebhook = defineOperation({
  id: 'createWebhook',
  method: 'POST',
  path: '/webhooks',
  summary: 'Be told of identity events; the signing secret is in this answer and never shown again',
  description: noReplay,
  permission: 'webhook:write',
  sensitive: true,
  body: z.strictObject({ url: urlSchema, description: descriptionSchema.default(null), eventTypes: eventTypesSchema }),
  response: webhookSchema.extend({ secret: z.string() }),
  status: 201,
  etag: 'returned',
  errors: ['webhook.too_many'],
});

export const updateWebhook = defineOperation({
  id: 'updateWebhook',
  method: 'PATCH',
  path: '/webhooks/:webhookId',
  summary: 'Change, disable or enable a webhook',
  permission: 'webhook:write',
  sensitive: true,
  params,
  body: z.strictObject({
    url: urlSchema.optional(),
    description: descriptionSchema.optional(),
    eventTypes: eventTypesSchema.optional(),
    enabled: z.boolean().optional(),
  }),
  response: webhookSchema,
  etag: 'required',
  errors: ['request.version_mismatch'],
});

export const rotateWebhookSecret = defineOperation({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/webhooks/:webhookId/secret',
  summary: 'Sign with another secret, and for a while also with the one before',
  description: noReplay,
  permission: 'webhook:write',
  sensitive: true,
  params,
  body: z.strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(30 * 24 * 3600)
      .default(24 * 3600),
  }),
  response: webhookSchema.extend({ secret: z.string() }),
});

export const deleteWebhook = defineOperation({
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/webhooks/:webhookId',
  summary: 'Delete a webhook with its deliveries',
  permission: 'webhook:write',
  sensitive: true,
  params,
  response: z.undefined(),
  status: 204,
});

export const testWebhook = defineOperation({
  id: 'testWebhook',
  method: 'POST',
  path: '/webhooks/:webhookId/test',
  summary: 'Send a message of type webhook.test',
  permission: 'webhook:write',
  params,
  response: deliverySchema,
  status: 202,
  errors: ['webhook.disabled'],
});

export const listWebhookDeliveries = defineOperation({
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: '/webhooks/:webhookId/deliveries',
  summary: 'List what was sent to a webhook in the last month, the newest first',
  permission: 'webhook:read',
  params,
  query: pageQuerySchema.extend({ status: deliverySchema.shape.status.optional() }),
  response: pageSchema(deliverySchema),
});

export const redeliverWebhook = defineOperation({
  id: 'redeliverWebhook',
  method: 'POST',
  path: '/webhooks/:webhookId/deliveries/:deliveryId/redeliver',
  summary: 'Send a message again, under the same webhook-id',
  permission: 'webhook:write',
  params: deliveryParams,
  response: deliverySchema,
  status: 202,
  errors: ['webhook.disabled'],
});

export function toResponse(webhook: Webhook): z.output<typeof webhookSchema> {
  const { disabledAt, ...rest } = webhook;
  return {
    ...rest,
    eventTypes: [...webhook.eventTypes],
    enabled: disabledAt === null,
    overlapUntil: webhook.overlapUntil?.toISOString() ?? null,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}

export function toDeliveryResponse(delivery: WebhookDelivery): z.output<typeof deliverySchema> {
  return {
    ...delivery,
    createdAt: delivery.createdAt.toISOString(),
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    lastAttemptAt: delivery.lastAttemptAt?.toISOString() ?? null,
  };
}
