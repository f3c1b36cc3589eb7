import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import { invoiceResponseSchema } from '../invoice/invoice.dto.ts';
import { formatNumber } from '../invoice/invoice.ts';
import { refundableMinor, type CreditNote, type CreditRequest } from './credit-note.ts';
import { issueCreditNoteExamples, writeOffInvoiceExamples } from '../invoice/invoice-examples.ts';

const positiveMinor = minorUnitsSchema.refine((text) => /^0*[1-9]\d*$/.test(text), 'must be more than zero');

export const creditNoteResponseSchema = z.object({
  id: idSchema,
  number: z.string().describe("without gaps in the legal entity's credit notes"),
  legalEntityId: idSchema,
  legalEntityVersion: z.int(),
  invoiceId: idSchema,
  accountId: idSchema,
  currency: currencySchema,
  reason: z.string(),
  netMinor: minorUnitsSchema,
  taxMinor: minorUnitsSchema,
  totalMinor: minorUnitsSchema,
  settledMinor: minorUnitsSchema.describe('what lowered the open amount of the invoice'),
  refundedMinor: minorUnitsSchema.describe('what was given back of the rest'),
  refundableMinor: minorUnitsSchema.describe('what is still to be given back'),
  issuedAt: z.iso.datetime(),
  lines: z.array(
    z.object({
      position: z.int().describe('of the line on the invoice'),
      description: z.string(),
      taxCategory: z.string(),
      taxPercent: z.string().nullable(),
      netMinor: minorUnitsSchema,
      taxMinor: minorUnitsSchema,
    }),
  ),
});

const reasonSchema = z.string().min(1).max(500);
const invoiceParams = z.strictObject({ invoiceId: idSchema });

export const issueCreditNote = defineOperation({
  id: 'issueCreditNote',
  method: 'POST',
  path: '/invoices/:invoiceId/credit-notes',
  summary: 'Take back lines or an amount of a final invoice, with their tax',
  permission: 'credit-note:write',
  params: invoiceParams,
  body: z
    .strictObject({
      reason: reasonSchema,
      lines: z
        .array(
          z.strictObject({
            position: z.int().min(1),
            netMinor: positiveMinor.optional().describe('without tax; all that is left of the line when absent'),
          }),
        )
        .min(1)
        .max(1000)
        .optional(),
      netMinor: positiveMinor.optional().describe('an amount without tax, split over what is left of all lines'),
    })
    .refine(({ lines, netMinor }) => (lines === undefined) !== (netMinor === undefined), {
      path: ['lines'],
      message: 'must stand alone: name lines or netMinor',
    }),
  response: creditNoteResponseSchema,
  status: 201,
  idempotent: true,
  sensitive: true,
  errors: [
    'credit_note.invoice_not_final',
    'credit_note.exceeds_invoice',
    'approval.required',
    'approval.limit_exceeded',
  ],
  problems: approvalProblems,
  examples: issueCreditNoteExamples,
});

export const listCreditNotes = defineOperation({
  id: 'listCreditNotes',
  method: 'GET',
  path: '/credit-notes',
  summary: 'List credit notes, newest first',
  permission: 'credit-note:read',
  query: pageQuerySchema.extend({ invoiceId: idSchema.optional(), accountId: idSchema.optional() }),
  response: pageSchema(creditNoteResponseSchema),
});

export const getCreditNote = defineOperation({
  id: 'getCreditNote',
  method: 'GET',
  path: '/credit-notes/:creditNoteId',
  summary: 'Get a credit note',
  permission: 'credit-note:read',
  params: z.strictObject({ creditNoteId: idSchema }),
  response: creditNoteResponseSchema,
});

export const writeOffInvoice = defineOperation({
  id: 'writeOffInvoice',
  method: 'POST',
  path: '/invoices/:invoiceId/write-off',
  summary: 'Give up what is open of an invoice, or part of it',
  permission: 'credit-note:write',
  params: invoiceParams,
  body: z.strictObject({
    reason: reasonSchema,
    amountMinor: positiveMinor.optional().describe('all that is open when absent'),
  }),
  response: invoiceResponseSchema,
  idempotent: true,
  sensitive: true,
  errors: [
    'credit_note.invoice_not_final',
    'credit_note.exceeds_invoice',
    'approval.required',
    'approval.limit_exceeded',
  ],
  problems: approvalProblems,
  examples: writeOffInvoiceExamples,
});

export function toCreditRequest({
  lines,
  netMinor,
}: Pick<z.output<typeof issueCreditNote.body>, 'lines' | 'netMinor'>): CreditRequest {
  if (netMinor !== undefined) return { netMinor: BigInt(netMinor) };
  return {
    lines: (lines ?? []).map((line) => ({
      position: line.position,
      netMinor: line.netMinor === undefined ? undefined : BigInt(line.netMinor),
    })),
  };
}

export function toResponse(note: CreditNote): z.input<typeof creditNoteResponseSchema> {
  const { numberPrefix, version: _version, ...shown } = note;
  return {
    ...shown,
    number: formatNumber(note.number, numberPrefix),
    netMinor: note.netMinor.toString(),
    taxMinor: note.taxMinor.toString(),
    totalMinor: (note.netMinor + note.taxMinor).toString(),
    settledMinor: note.settledMinor.toString(),
    refundedMinor: note.refundedMinor.toString(),
    refundableMinor: refundableMinor(note).toString(),
    issuedAt: note.issuedAt.toISOString(),
    lines: note.lines.map((line) => ({
      ...line,
      netMinor: line.netMinor.toString(),
      taxMinor: line.taxMinor.toString(),
    })),
  };
}
