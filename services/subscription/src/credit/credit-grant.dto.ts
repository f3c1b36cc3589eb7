import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import { paymentResponseSchema } from '../payment/payment.dto.ts';
import type { GrantRequestSource } from './credit-grant.service.ts';
import { grantResponseSchema, positiveMinorSchema } from './credit.dto.ts';
import { standardPriority } from './credit.ts';
import { grantCreditExamples } from './credit-examples.ts';

const textSchema = z.string().trim().min(1);

const sourceSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('promotion'), amountMinor: positiveMinorSchema }),
  z.strictObject({
    type: z.literal('received'),
    amountMinor: positiveMinorSchema,
    by: z.enum(['manual', 'bank_transfer']),
    on: z.iso.date().optional(),
    reference: textSchema.max(200).optional(),
    note: textSchema.max(2000).optional(),
  }),
  z.strictObject({
    type: z.literal('charge'),
    amountMinor: positiveMinorSchema,
    paymentMethodId: idSchema.optional().describe("the account's default one when absent"),
    customerPresent: z.boolean().default(false).describe('whether the customer can confirm the payment now'),
  }),
  z.strictObject({
    type: z.literal('payment').describe('money that was received and settles nothing'),
    paymentId: idSchema,
    amountMinor: positiveMinorSchema.optional().describe('all of it when absent'),
  }),
  z.strictObject({
    type: z.literal('credit_note').describe('what a credit note leaves to be given back'),
    creditNoteId: idSchema,
    amountMinor: positiveMinorSchema.optional().describe('all of it when absent'),
  }),
]);

export const grantCredit = defineOperation({
  id: 'grantCredit',
  method: 'POST',
  path: '/credits/grants',
  summary: 'Grant prepaid credit: as a promotion, bought, or from money that is owed back',
  description:
    'What is charged is granted once the payment has succeeded: look at `grant` and `payment.status`. Of a credit note, what credit had paid goes back to the grants that it came from (`returnedMinor`).',
  permission: 'credit:write',
  body: z.strictObject({
    accountId: idSchema,
    currency: currencySchema.optional().describe("the account's own when absent"),
    source: sourceSchema,
    priority: z.int().min(0).max(1000).default(standardPriority).describe('the lowest is used first'),
    expiresAt: z.iso.datetime().nullable().default(null).describe('from this instant on it pays nothing; null: never'),
    reason: textSchema.max(500),
  }),
  response: z.object({
    grant: grantResponseSchema
      .nullable()
      .describe('null while its payment has not succeeded, or all of it was returned'),
    payment: paymentResponseSchema.nullable(),
    returnedMinor: minorUnitsSchema,
  }),
  status: 201,
  idempotent: true,
  sensitive: true,
  errors: [
    'credit.paid_by_other',
    'credit.source_mismatch',
    'credit.source_exceeded',
    'payment.method_missing',
    'payment.method_unusable',
    'payment.key_taken',
    'payment_gateway.disabled',
    'payment_gateway.secret_missing',
    'approval.required',
    'approval.limit_exceeded',
  ],
  problems: approvalProblems,
  examples: grantCreditExamples,
});

/** What a request says of where the credit comes from. */
export function toSource(source: z.output<typeof sourceSchema>): GrantRequestSource {
  switch (source.type) {
    case 'promotion':
      return { type: 'promotion', amountMinor: BigInt(source.amountMinor) };
    case 'received': {
      const { by: gateway, on: receivedOn = null, reference = null, note = null } = source;
      const received = { gateway, receivedOn, reference, note };
      return { type: 'received', amountMinor: BigInt(source.amountMinor), received };
    }
    case 'charge': {
      const { paymentMethodId, customerPresent } = source;
      const by = { cause: 'request' as const, paymentMethodId, customerPresent };
      return { type: 'charge', amountMinor: BigInt(source.amountMinor), by };
    }
    default: {
      const amountMinor = source.amountMinor === undefined ? undefined : BigInt(source.amountMinor);
      return { ...source, amountMinor };
    }
  }
}
