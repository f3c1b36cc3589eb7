import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { BankTransfer } from './bank-transfer.ts';
import {
  applyBankTransferExamples,
  importBankStatementExamples,
  listBankTransfersExamples,
} from '../payment/payment-examples.ts';

const statusSchema = z.enum(['unmatched', 'matched', 'ignored']);

const transferSchema = z.object({
  id: idSchema,
  bankAccount: z.string(),
  bankReference: z.string().describe('what the bank calls it'),
  bookedOn: z.iso.date(),
  currency: currencySchema,
  amountMinor: minorUnitsSchema,
  payer: z.string().nullable(),
  reference: z.string().describe('what the payer wrote'),
  status: statusSchema,
  mismatch: z
    .enum(['no_reference', 'several_invoices', 'not_open', 'currency_differs', 'amount_differs', 'payment_running'])
    .nullable()
    .describe('why it was not matched by itself'),
  paymentId: idSchema.nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const params = z.strictObject({ transferId: idSchema });

export const importBankStatement = defineOperation({
  id: 'importBankStatement',
  method: 'POST',
  path: '/payments/bank-statements',
  summary: 'Take the transfers that came in from a bank statement',
  description:
    'A transfer that names one open invoice and has exactly its amount settles it; any other one is listed for an agent. ' +
    'Taken again, a statement changes nothing.',
  permission: 'payment:write',
  body: z.strictObject({
    format: z.enum(['camt.053', 'csv']),
    content: z
      .string()
      .min(1)
      .max(900_000)
      .describe('CSV: columns bankAccount, bankReference, bookedOn, currency, amount, reference, payer'),
  }),
  response: z.object({
    imported: z.int(),
    matched: z.int(),
    unmatched: z.int(),
    known: z.int().describe('lines that an earlier statement had'),
  }),
  idempotent: true,
  sensitive: true,
  errors: ['bank_statement.unreadable'],
  examples: importBankStatementExamples,
});

export const listBankTransfers = defineOperation({
  id: 'listBankTransfers',
  method: 'GET',
  path: '/payments/bank-transfers',
  summary: 'List transfers that came in, newest first',
  permission: 'payment:read',
  query: pageQuerySchema.extend({ status: statusSchema.optional() }),
  response: pageSchema(transferSchema),
  examples: listBankTransfersExamples,
});

export const applyBankTransfer = defineOperation({
  id: 'applyBankTransfer',
  method: 'POST',
  path: '/payments/bank-transfers/:transferId/apply',
  summary: 'Settle an invoice with a transfer that was not matched; what is too much stays unapplied',
  permission: 'payment:write',
  params,
  body: z.strictObject({ invoiceId: idSchema }),
  response: transferSchema,
  idempotent: true,
  errors: ['bank_transfer.not_open', 'payment.nothing_due', 'payment.running', 'payment.mismatch'],
  examples: applyBankTransferExamples,
});

export const ignoreBankTransfer = defineOperation({
  id: 'ignoreBankTransfer',
  method: 'POST',
  path: '/payments/bank-transfers/:transferId/ignore',
  summary: 'Set a transfer aside that is for no invoice',
  permission: 'payment:write',
  params,
  response: transferSchema,
  idempotent: true,
  errors: ['bank_transfer.not_open'],
});

export function toResponse(transfer: BankTransfer): z.output<typeof transferSchema> {
  return {
    ...transfer,
    amountMinor: transfer.amountMinor.toString(),
    createdAt: transfer.createdAt.toISOString(),
    updatedAt: transfer.updatedAt.toISOString(),
  };
}
