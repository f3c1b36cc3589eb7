import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import type { Dunning, DunningPolicy } from './dunning.ts';
import { setDunningPolicyExamples } from '../payment/payment-examples.ts';

const stepSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'must be lower-case letters, digits and hyphens'),
  afterDays: z.int().min(0).max(730).describe('whole days after the due date, in the zone of the invoice'),
  retry: z.boolean().default(false).describe('whether the payment method is charged again'),
  notice: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe('text that is mailed: first, second, last, or any other name for a plain reminder; null: none'),
  action: z.enum(['none', 'write_off', 'pause_subscriptions', 'cancel_subscriptions']).default('none'),
});

const stepsSchema = z
  .array(stepSchema)
  .max(50)
  .refine((steps) => new Set(steps.map(({ key }) => key)).size === steps.length, 'every step needs a key of its own');

const policySchema = z.object({
  id: idSchema,
  legalEntityId: idSchema.nullable(),
  steps: z.array(stepSchema),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const dunningSchema = z.object({
  invoiceId: idSchema,
  accountId: idSchema,
  reached: z.array(z.string()).describe('keys of the steps that were reached'),
  paused: z
    .enum(['refund', 'chargeback', 'agent', 'dispute'])
    .nullable()
    .describe('why nothing happens by itself; null: it does'),
  lastStepAt: z.iso.datetime().nullable(),
  version: z.int(),
});

const params = z.strictObject({ invoiceId: idSchema });

export const listDunningPolicies = defineOperation({
  id: 'listDunningPolicies',
  method: 'GET',
  path: '/payments/dunning-policies',
  summary: 'List what happens to unpaid invoices',
  permission: 'payment:read',
  response: z.object({
    data: z.array(policySchema),
    defaultSteps: z.array(stepSchema).describe('what holds where nothing is set'),
  }),
});

export const setDunningPolicy = defineOperation({
  id: 'setDunningPolicy',
  method: 'PUT',
  path: '/payments/dunning-policies/:legalEntityId',
  summary: 'Set what happens to unpaid invoices of a legal entity, or of all others',
  permission: 'payment:write',
  params: z.strictObject({
    legalEntityId: z.union([idSchema, z.literal('default')]).describe('default: of every one without steps of its own'),
  }),
  body: z.strictObject({ steps: stepsSchema }),
  response: policySchema,
  etag: 'required',
  sensitive: true,
  errors: ['request.version_mismatch'],
  examples: setDunningPolicyExamples,
});

export const getInvoiceDunning = defineOperation({
  id: 'getInvoiceDunning',
  method: 'GET',
  path: '/invoices/:invoiceId/dunning',
  summary: 'Get how far the dunning of an invoice has come',
  permission: 'payment:read',
  params,
  response: dunningSchema,
  etag: 'returned',
});

export const pauseInvoiceDunning = defineOperation({
  id: 'pauseInvoiceDunning',
  method: 'POST',
  path: '/invoices/:invoiceId/dunning/pause',
  summary: 'Charge and remind by itself no more, such as while something is cleared up',
  permission: 'payment:write',
  params,
  response: dunningSchema,
});

export const resumeInvoiceDunning = defineOperation({
  id: 'resumeInvoiceDunning',
  method: 'POST',
  path: '/invoices/:invoiceId/dunning/resume',
  summary: 'Charge and remind by itself again',
  permission: 'payment:write',
  params,
  response: dunningSchema,
});

export function toPolicyResponse(policy: DunningPolicy): z.output<typeof policySchema> {
  return {
    ...policy,
    steps: [...policy.steps],
    createdAt: policy.createdAt.toISOString(),
    updatedAt: policy.updatedAt.toISOString(),
  };
}

export function toDunningResponse(dunning: Dunning): z.output<typeof dunningSchema> {
  const { createdAt: _created, updatedAt: _updated, ...shown } = dunning;
  return { ...shown, reached: [...dunning.reached], lastStepAt: dunning.lastStepAt?.toISOString() ?? null };
}
