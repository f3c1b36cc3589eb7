import { idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import type { Refund } from './refund.ts';
import { createRefundExamples } from '../payment/payment-examples.ts';

const refundSchema = z.object({
  id: idSchema,
  paymentId: idSchema,
  amountMinor: minorUnitsSchema,
  status: z
    .enum(['pending', 'unknown', 'succeeded', 'failed'])
    .describe('unknown: the gateway did not answer; it is asked until it does'),
  reason: z.string(),
  note: z.string().nullable(),
  reference: z.string().nullable(),
  gatewayRefundId: z.string().nullable(),
  failureCode: z.string().nullable(),
  taken: z
    .array(z.object({ invoiceId: idSchema.nullable(), amountMinor: minorUnitsSchema }))
    .describe('the invoices that it had settled; null: what settled nothing'),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const createRefund = defineOperation({
  id: 'createRefund',
  method: 'POST',
  path: '/payments/:paymentId/refunds',
  summary: 'Give a payment back, whole or in part',
  description:
    'Money that settles nothing goes first. An invoice that is open again by it is not charged by itself; issue a ' +
    'credit note for what the customer no longer owes.',
  permission: 'payment:refund',
  params: z.strictObject({ paymentId: idSchema }),
  body: z.strictObject({
    amountMinor: z
      .string()
      .regex(/^[1-9]\d{0,29}$/, 'must be a positive integer in the smallest unit')
      .optional()
      .describe('all that is left when absent'),
    reason: z.string().trim().min(1).max(200),
    note: z.string().trim().min(1).max(2000).optional(),
    reference: z.string().trim().min(1).max(200).optional().describe('such as the name of the transfer back'),
  }),
  response: refundSchema,
  status: 201,
  idempotent: true,
  sensitive: true,
  errors: [
    'refund.too_large',
    'refund.key_taken',
    'payment_gateway.secret_missing',
    'approval.required',
    'approval.limit_exceeded',
  ],
  problems: approvalProblems,
  examples: createRefundExamples,
});

export const listRefunds = defineOperation({
  id: 'listRefunds',
  method: 'GET',
  path: '/payments/refunds',
  summary: 'List refunds, newest first',
  permission: 'payment:read',
  query: pageQuerySchema.extend({ paymentId: idSchema.optional() }),
  response: pageSchema(refundSchema),
});

export const getRefund = defineOperation({
  id: 'getRefund',
  method: 'GET',
  path: '/payments/refunds/:refundId',
  summary: 'Get a refund',
  permission: 'payment:read',
  params: z.strictObject({ refundId: idSchema }),
  response: refundSchema,
  etag: 'returned',
});

export function toResponse(refund: Refund): z.output<typeof refundSchema> {
  const { requestKey: _key, checkAt: _check, gatewayAccountId: _account, ...shown } = refund;
  return {
    ...shown,
    amountMinor: refund.amountMinor.toString(),
    taken: [...refund.taken],
    createdAt: refund.createdAt.toISOString(),
    updatedAt: refund.updatedAt.toISOString(),
  };
}
