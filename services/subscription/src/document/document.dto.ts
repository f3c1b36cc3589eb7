import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import type { Statement } from './statement.ts';
import { ublProfiles } from './ubl/profile.ts';
import { getInvoicePdfExamples, getInvoiceUblExamples } from '../invoice/invoice-examples.ts';
import { getCreditNoteUblExamples, getStatementExamples, getStatementPdfExamples } from './document-examples.ts';

const params = z.strictObject({ invoiceId: idSchema });
const pdf = {
  produces: 'application/pdf',
  response: z.string().meta({ contentMediaType: 'application/pdf' }),
} as const;

export const getInvoicePdf = defineOperation({
  ...pdf,
  id: 'getInvoicePdf',
  method: 'GET',
  path: '/invoices/:invoiceId/pdf',
  summary: 'Get an invoice as a PDF',
  description:
    "In the language of the account's billing profile: English, German, French or Spanish. A final invoice is the same file whenever it is asked for; drafts and void ones are marked across every page.",
  permission: 'invoice:read',
  params,
  examples: getInvoicePdfExamples,
});

const ubl = {
  method: 'GET',
  description: 'What is missing for it is refused with the fields to fill in, of the legal entity or of the account.',
  query: z.strictObject({
    profile: z
      .enum(ublProfiles)
      .default('en16931')
      .describe('the standard alone, XRechnung 3.0, or Peppol BIS Billing 3.0'),
  }),
  produces: 'application/xml',
  response: z.string().meta({ contentMediaType: 'application/xml' }),
  errors: ['document.e_invoice_incomplete'],
} as const;

export const getInvoiceUbl = defineOperation({
  ...ubl,
  id: 'getInvoiceUbl',
  path: '/invoices/:invoiceId/ubl',
  summary: 'Get a final invoice as an e-invoice: EN 16931 in UBL 2.1',
  permission: 'invoice:read',
  params,
  examples: getInvoiceUblExamples,
});

const creditNoteParams = z.strictObject({ creditNoteId: idSchema });

export const getCreditNotePdf = defineOperation({
  ...pdf,
  id: 'getCreditNotePdf',
  method: 'GET',
  path: '/credit-notes/:creditNoteId/pdf',
  summary: 'Get a credit note as a PDF',
  permission: 'credit-note:read',
  params: creditNoteParams,
});

export const getCreditNoteUbl = defineOperation({
  ...ubl,
  id: 'getCreditNoteUbl',
  path: '/credit-notes/:creditNoteId/ubl',
  summary: 'Get a credit note as an e-invoice: EN 16931 in UBL 2.1',
  permission: 'credit-note:read',
  params: creditNoteParams,
  examples: getCreditNoteUblExamples,
});

const longestDays = 366;
const statementQuery = z
  .strictObject({
    accountId: idSchema,
    from: z.iso.date().describe("first day, in the account's time zone"),
    to: z.iso.date().describe('the day after the last one'),
    legalEntityId: idSchema.optional().describe('absent: the one that bills the account'),
  })
  .refine(({ from, to }) => from < to && Date.parse(to) - Date.parse(from) <= longestDays * 86_400_000, {
    path: ['to'],
    message: `must be after from, by ${longestDays} days at most`,
  });

const entrySchema = z.object({
  postedAt: z.iso.datetime(),
  kind: z.enum([
    'invoice',
    'credit_note',
    'payment',
    'refund',
    'chargeback',
    'credit_grant',
    'write_off',
    'credits_applied',
    'void',
    'other',
  ]),
  sourceId: idSchema.describe('of the invoice, credit note, payment and so on'),
  number: z.string().nullable().describe('of an invoice or a credit note'),
  amountMinor: minorUnitsSchema.describe('positive: more is owed'),
  balanceMinor: minorUnitsSchema.describe('what is owed after it'),
});

export const getStatement = defineOperation({
  id: 'getStatement',
  method: 'GET',
  path: '/invoices/statements',
  summary: "Get an account's statement: balances, invoices, credit notes and payments of a span of days",
  permission: 'invoice:read',
  query: statementQuery,
  response: z.object({
    accountId: idSchema,
    legalEntityId: idSchema,
    from: z.iso.date(),
    to: z.iso.date(),
    timeZone: z.string(),
    balances: z
      .array(
        z.object({
          currency: currencySchema,
          openingMinor: minorUnitsSchema,
          entries: z.array(entrySchema),
          closingMinor: minorUnitsSchema,
        }),
      )
      .describe('by currency; empty where nothing was ever owed'),
  }),
  examples: getStatementExamples,
});

export const getStatementPdf = defineOperation({
  ...pdf,
  id: 'getStatementPdf',
  method: 'GET',
  path: '/invoices/statements/pdf',
  summary: "Get an account's statement as a PDF",
  permission: 'invoice:read',
  query: statementQuery,
  examples: getStatementPdfExamples,
});

export function toStatementResponse(statement: Statement): z.output<typeof getStatement.response> {
  const { account, legalEntityId, from, to, balances } = statement;
  return {
    accountId: account.id,
    legalEntityId,
    from,
    to,
    timeZone: account.timeZone,
    balances: balances.map(({ currency, openingMinor, closingMinor, entries }) => ({
      currency,
      openingMinor: openingMinor.toString(),
      entries: entries.map(({ postedAt, kind, sourceId, number, amountMinor, balanceMinor }) => ({
        postedAt: postedAt.toISOString(),
        kind,
        sourceId,
        number,
        amountMinor: amountMinor.toString(),
        balanceMinor: balanceMinor.toString(),
      })),
      closingMinor: closingMinor.toString(),
    })),
  };
}
