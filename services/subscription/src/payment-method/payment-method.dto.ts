import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { PaymentMethod } from './payment-method.ts';
import { attachPaymentMethodExamples, startPaymentMethodSetupExamples } from './payment-method-examples.ts';

const methodSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  gatewayAccountId: idSchema,
  gatewayMethodId: z.string(),
  type: z.string(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  expiryMonth: z.int().nullable(),
  expiryYear: z.int().nullable(),
  isDefault: z.boolean(),
  status: z
    .enum(['active', 'declined', 'removed'])
    .describe('declined: not charged by itself until it is made the default again'),
  declineCode: z.string().nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const params = z.strictObject({ paymentMethodId: idSchema });
const owner = { accountId: idSchema, gatewayAccountId: idSchema };
const gatewayErrors = [
  'payment_gateway.disabled',
  'payment_gateway.secret_missing',
  'payment_gateway.unavailable',
  'payment_gateway.rate_limited',
  'payment_gateway.refused',
  'payment_gateway.key_refused',
] as const;

export const listPaymentMethods = defineOperation({
  id: 'listPaymentMethods',
  method: 'GET',
  path: '/payments/methods',
  summary: 'List what accounts can be charged by',
  permission: 'payment:read',
  query: pageQuerySchema.extend({ accountId: idSchema.optional() }),
  response: pageSchema(methodSchema),
});

export const getPaymentMethod = defineOperation({
  id: 'getPaymentMethod',
  method: 'GET',
  path: '/payments/methods/:paymentMethodId',
  summary: 'Get a payment method',
  permission: 'payment:read',
  params,
  response: methodSchema,
  etag: 'returned',
});

export const startPaymentMethodSetup = defineOperation({
  id: 'startPaymentMethodSetup',
  method: 'POST',
  path: '/payments/methods/setups',
  summary: "Begin to collect a payment method with the gateway's code in the customer's browser",
  description: 'Takes no Idempotency-Key: the answer holds a secret of the customer, which is not stored.',
  permission: 'payment:write',
  body: z.strictObject(owner),
  response: z.object({
    setupId: z.string(),
    clientSecret: z.string(),
    gatewayCustomerId: z.string(),
    publishableKey: z.string().nullable(),
  }),
  status: 201,
  sensitive: true,
  errors: gatewayErrors,
  examples: startPaymentMethodSetupExamples,
});

export const attachPaymentMethod = defineOperation({
  id: 'attachPaymentMethod',
  method: 'POST',
  path: '/payments/methods',
  summary: 'Keep what was collected; the first one of an account is its default',
  permission: 'payment:write',
  body: z.strictObject({
    ...owner,
    token: z
      .string()
      .regex(/^[A-Za-z0-9_]{1,255}$/, "must be the gateway's name of a setup or a payment method")
      .describe('the finished setup, or the payment method that the browser was given; never the number of a card'),
    makeDefault: z.boolean().default(false),
  }),
  response: methodSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  sensitive: true,
  errors: gatewayErrors,
  examples: attachPaymentMethodExamples,
});

export const makePaymentMethodDefault = defineOperation({
  id: 'makePaymentMethodDefault',
  method: 'POST',
  path: '/payments/methods/:paymentMethodId/default',
  summary: 'Charge the account by this one, also if it was declined before',
  permission: 'payment:write',
  params,
  response: methodSchema,
  idempotent: true,
  etag: 'required',
  errors: ['request.version_mismatch'],
});

export const removePaymentMethod = defineOperation({
  id: 'removePaymentMethod',
  method: 'DELETE',
  path: '/payments/methods/:paymentMethodId',
  summary: 'Remove a payment method, here and at the gateway',
  permission: 'payment:write',
  params,
  response: z.undefined(),
  status: 204,
  sensitive: true,
  errors: ['payment_gateway.unavailable', 'payment_gateway.rate_limited', 'payment_gateway.key_refused'],
});

export function toResponse(method: PaymentMethod): z.output<typeof methodSchema> {
  const { gatewayCustomerId: _customer, expiryNoticeDays: _notice, ...shown } = method;
  return { ...shown, createdAt: method.createdAt.toISOString(), updatedAt: method.updatedAt.toISOString() };
}
