import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import { invoiceResponseSchema } from '../invoice/invoice.dto.ts';
import type { Allocation } from './payment.store.ts';
import { refundableMinor, unappliedMinor, type Payment } from './payment.ts';
import { applyPaymentExamples, payInvoiceExamples } from './payment-examples.ts';

const statusSchema = z.enum(['pending', 'requires_action', 'unknown', 'succeeded', 'failed']);
const positiveMinorSchema = z.string().regex(/^[1-9]\d{0,29}$/, 'must be a positive integer in the smallest unit');

export const paymentResponseSchema = z.object({
  id: idSchema,
  legalEntityId: idSchema,
  accountId: idSchema,
  invoiceId: idSchema.nullable().describe('what it was made for; null for money that came without an invoice'),
  gateway: z.enum(['stripe', 'manual', 'bank_transfer']),
  gatewayAccountId: idSchema.nullable(),
  paymentMethodId: idSchema.nullable(),
  gatewayPaymentId: z.string().nullable(),
  currency: currencySchema,
  amountMinor: minorUnitsSchema,
  appliedMinor: minorUnitsSchema.describe('what of it settles invoices'),
  unappliedMinor: minorUnitsSchema.describe('what was received and settles nothing yet'),
  refundedMinor: minorUnitsSchema,
  chargedBackMinor: minorUnitsSchema,
  grantedMinor: minorUnitsSchema.describe('what was turned into prepaid credit'),
  refundableMinor: minorUnitsSchema,
  status: statusSchema.describe(
    'unknown: the gateway did not answer; it is asked until it does, and never charged twice',
  ),
  cause: z.enum(['request', 'automatic', 'recorded']),
  failure: z
    .object({
      kind: z
        .enum(['hard', 'soft', 'authentication', 'temporary', 'refused', 'canceled'])
        .describe('hard: the payment method is not charged again; authentication: the customer has to be present'),
      code: z.string(),
      message: z.string(),
    })
    .nullable(),
  nextAction: z
    .object({ clientSecret: z.string().nullable(), url: z.string().nullable() })
    .nullable()
    .describe("what the customer has to do, for the gateway's code in their browser"),
  reference: z.string().nullable(),
  note: z.string().nullable(),
  receivedOn: z.iso.date().nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  succeededAt: z.iso.datetime().nullable(),
});

const params = z.strictObject({ paymentId: idSchema });

export const listPayments = defineOperation({
  id: 'listPayments',
  method: 'GET',
  path: '/payments',
  summary: 'List payments and attempts, newest first',
  permission: 'payment:read',
  query: pageQuerySchema.extend({
    accountId: idSchema.optional(),
    invoiceId: idSchema.optional(),
    status: statusSchema.optional(),
  }),
  response: pageSchema(paymentResponseSchema),
});

export const getPayment = defineOperation({
  id: 'getPayment',
  method: 'GET',
  path: '/payments/:paymentId',
  summary: 'Get a payment with the invoices that it settles',
  permission: 'payment:read',
  params,
  response: paymentResponseSchema.extend({
    allocations: z.array(z.object({ invoiceId: idSchema, amountMinor: minorUnitsSchema })),
  }),
  etag: 'returned',
});

export const payInvoice = defineOperation({
  id: 'payInvoice',
  method: 'POST',
  path: '/invoices/:invoiceId/pay',
  summary: 'Charge an invoice now, or record money that was received for it',
  description:
    'Without `received` the default or the named payment method is charged. The answer has the payment whatever became ' +
    'of it: look at `payment.status`. Money above what is due stays unapplied. With `received` it counts against the ' +
    "caller's limit for recorded payments.",
  permission: 'payment:write',
  params: z.strictObject({ invoiceId: idSchema }),
  body: z
    .strictObject({
      paymentMethodId: idSchema.optional(),
      amountMinor: positiveMinorSchema.optional().describe('all that is due when absent'),
      customerPresent: z.boolean().optional().describe('whether the customer can confirm the payment now'),
      received: z
        .strictObject({
          by: z.enum(['manual', 'bank_transfer']),
          on: z.iso.date().optional(),
          reference: z.string().trim().min(1).max(200).optional(),
          note: z.string().trim().min(1).max(2000).optional(),
        })
        .optional(),
    })
    .refine(
      (body) =>
        body.received === undefined || (body.paymentMethodId === undefined && body.customerPresent === undefined),
      {
        path: ['received'],
        message: 'cannot be given together with paymentMethodId or customerPresent',
      },
    )
    .optional(),
  response: z.object({ invoice: invoiceResponseSchema, payment: paymentResponseSchema }),
  idempotent: true,
  etag: 'required',
  sensitive: true,
  errors: [
    'payment.nothing_due',
    'payment.running',
    'payment.method_missing',
    'payment.method_unusable',
    'payment.amount_too_large',
    'payment.key_taken',
    'payment_gateway.disabled',
    'payment_gateway.secret_missing',
    'request.version_mismatch',
    'approval.required',
    'approval.limit_exceeded',
  ],
  problems: approvalProblems,
  examples: payInvoiceExamples,
});

export const applyPayment = defineOperation({
  id: 'applyPayment',
  method: 'POST',
  path: '/payments/:paymentId/apply',
  summary: 'Settle an invoice with money that settles nothing yet',
  permission: 'payment:write',
  params,
  body: z.strictObject({
    invoiceId: idSchema,
    amountMinor: positiveMinorSchema.optional().describe('as much as there is and is due when absent'),
  }),
  response: paymentResponseSchema,
  idempotent: true,
  errors: ['payment.nothing_due', 'payment.running', 'payment.mismatch', 'payment.amount_too_large'],
  examples: applyPaymentExamples,
});

export const cancelPayment = defineOperation({
  id: 'cancelPayment',
  method: 'POST',
  path: '/payments/:paymentId/cancel',
  summary: 'Give up a payment that waits for the customer',
  permission: 'payment:write',
  params,
  response: paymentResponseSchema,
  idempotent: true,
  errors: ['payment_gateway.unavailable', 'payment_gateway.rate_limited', 'payment_gateway.key_refused'],
});

export function toResponse(payment: Payment): z.output<typeof paymentResponseSchema> {
  const { requestKey: _key, checkAt: _check, failureCode, failureMessage, failure, ...shown } = payment;
  return {
    ...shown,
    failure: failure === null ? null : { kind: failure, code: failureCode!, message: failureMessage! },
    amountMinor: payment.amountMinor.toString(),
    appliedMinor: payment.appliedMinor.toString(),
    unappliedMinor: unappliedMinor(payment).toString(),
    refundedMinor: payment.refundedMinor.toString(),
    chargedBackMinor: payment.chargedBackMinor.toString(),
    grantedMinor: payment.grantedMinor.toString(),
    refundableMinor: refundableMinor(payment).toString(),
    createdAt: payment.createdAt.toISOString(),
    updatedAt: payment.updatedAt.toISOString(),
    succeededAt: payment.succeededAt?.toISOString() ?? null,
  };
}

export function toAllocationResponse({ invoiceId, amountMinor }: Allocation) {
  return { invoiceId, amountMinor: amountMinor.toString() };
}
