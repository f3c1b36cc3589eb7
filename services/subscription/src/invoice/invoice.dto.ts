import { billingProfileSchema, currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import { zeroTaxReasons } from '../tax/zero-tax-reason.ts';
import { dueMinor, printedNumber, type Invoice, type InvoiceLine } from './invoice.ts';
import { getInvoiceExamples, listInvoicesExamples, voidInvoiceExamples } from './invoice-examples.ts';

const statusSchema = z.enum(['draft', 'finalized', 'past_due', 'paid', 'void', 'written_off']);

export const taxTotalSchema = z.object({
  category: z.string(),
  percent: z.string(),
  label: z.string(),
  reverseCharge: z.boolean(),
  zeroReason: z.enum(zeroTaxReasons).optional().describe('why it is 0 %'),
  taxableMinor: minorUnitsSchema,
  taxMinor: minorUnitsSchema,
});

export const invoiceResponseSchema = z.object({
  id: idSchema,
  number: z.string().nullable().describe('without gaps in the legal entity; null for a draft'),
  legalEntityId: idSchema.describe("who issues it; the tenant's id names the default one"),
  legalEntityVersion: z.int().describe('what was said of the legal entity when it was issued'),
  accountId: idSchema.describe('who pays it'),
  subscriptionId: idSchema.nullable().describe('the only subscription on it; null when there are several or none'),
  reason: z.enum(['period', 'threshold', 'one_off']),
  billedAt: z.iso.datetime(),
  currency: currencySchema,
  timeZone: z.string(),
  status: statusSchema,
  customer: z.object({
    key: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    billing: billingProfileSchema,
  }),
  subtotalMinor: minorUnitsSchema.describe('sum of the rounded lines, in the smallest unit'),
  discountMinor: minorUnitsSchema,
  taxMinor: minorUnitsSchema,
  taxes: z.array(taxTotalSchema),
  totalMinor: minorUnitsSchema,
  dueOn: z.iso.date().nullable(),
  reviewUntil: z.iso
    .datetime()
    .nullable()
    .describe('when a draft is finalized by itself; null: when somebody finalizes it'),
  calculation: z
    .enum(['pending', 'untaxed', 'done'])
    .describe('how far a draft is worked out: discounts and tax are missing, tax is missing, all is there'),
  creditsMinor: minorUnitsSchema.describe('paid from prepaid credit; negative: what was overpaid became credit'),
  paidMinor: minorUnitsSchema,
  creditedMinor: minorUnitsSchema.describe('taken back by credit notes'),
  writtenOffMinor: minorUnitsSchema,
  dueMinor: minorUnitsSchema.describe('still to be paid'),
  lineCount: z.int(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  finalizedAt: z.iso.datetime().nullable(),
  paidAt: z.iso.datetime().nullable(),
  voidedAt: z.iso.datetime().nullable(),
});

export const lineResponseSchema = z.object({
  position: z.int(),
  key: z
    .string()
    .describe('subscription/phase/price/plan version/period/kind/sequence: the same whenever it is billed'),
  kind: z.enum(['recurring', 'usage', 'adjustment', 'minimum', 'maximum', 'one_off']),
  description: z.string(),
  accountId: idSchema.describe('who used or ordered it'),
  subscriptionId: idSchema.nullable(),
  planId: idSchema.nullable(),
  planVersion: z.int().nullable(),
  priceId: idSchema.nullable(),
  priceKey: z.string().nullable(),
  meter: z.string().nullable(),
  quantityRaw: z.string().describe('as metered or subscribed'),
  quantityBilled: z.string().describe('as charged'),
  detail: z
    .record(z.string(), z.unknown())
    .describe('what the amount is recomputed from: unit amounts, tiers, proration'),
  amount: z.string().describe('major units before rounding'),
  amountMinor: minorUnitsSchema,
  discountMinor: minorUnitsSchema,
  taxInclusive: z.boolean().describe('whether the amount contains the tax'),
  discounts: z.array(
    z.object({
      couponId: idSchema,
      code: z.string(),
      amountMinor: minorUnitsSchema,
      percent: z.string().optional().describe('absent where the coupon takes off an amount'),
    }),
  ),
  taxCategory: z.string(),
  taxPercent: z.string().nullable(),
  taxMinor: minorUnitsSchema,
  periodStart: z.iso.datetime(),
  periodEnd: z.iso.datetime(),
});

const params = z.strictObject({ invoiceId: idSchema });

export const listInvoices = defineOperation({
  id: 'listInvoices',
  method: 'GET',
  path: '/invoices',
  summary: 'List invoices, newest first or by total',
  permission: 'invoice:read',
  query: pageQuerySchema.extend({
    accountId: idSchema.optional(),
    subscriptionId: idSchema.optional(),
    status: statusSchema.optional(),
    currency: currencySchema.optional(),
    legalEntityId: idSchema.optional(),
    due: z.stringbool().optional().describe('final ones with something left to pay, or all others'),
    overdueOn: z.iso.date().optional().describe('what is left to pay and was due before this date'),
    sort: z
      .enum(['-billedAt', '-total'])
      .default('-billedAt')
      .describe('-total compares smallest units: name a currency with it'),
  }),
  response: pageSchema(invoiceResponseSchema),
  examples: listInvoicesExamples,
});

export const getInvoice = defineOperation({
  id: 'getInvoice',
  method: 'GET',
  path: '/invoices/:invoiceId',
  summary: 'Get an invoice with its first 200 lines',
  permission: 'invoice:read',
  params,
  response: invoiceResponseSchema.extend({
    lines: z.array(lineResponseSchema),
    nextLinesCursor: z.string().nullable().describe('cursor of GET /invoices/:invoiceId/lines for the rest'),
  }),
  etag: 'returned',
  examples: getInvoiceExamples,
});

export const listInvoiceLines = defineOperation({
  id: 'listInvoiceLines',
  method: 'GET',
  path: '/invoices/:invoiceId/lines',
  summary: "List an invoice's lines",
  permission: 'invoice:read',
  params,
  query: pageQuerySchema,
  response: pageSchema(lineResponseSchema),
});

const transition = {
  method: 'POST',
  permission: 'invoice:write',
  params,
  response: invoiceResponseSchema,
  idempotent: true,
  etag: 'required',
  errors: ['invoice.status_not_allowed', 'request.version_mismatch'],
} as const;

export const finalizeInvoice = defineOperation({
  ...transition,
  id: 'finalizeInvoice',
  path: '/invoices/:invoiceId/finalize',
  summary: 'Give a draft its number; from then on it never changes',
  errors: [...transition.errors, 'tax.service_failed'],
});

export const voidInvoice = defineOperation({
  ...transition,
  id: 'voidInvoice',
  path: '/invoices/:invoiceId/void',
  summary: 'Void a draft, or a final invoice of which nothing was settled; its number stays taken',
  body: z.strictObject({ reason: z.string().min(1).max(500).optional() }).optional(),
  sensitive: true,
  errors: [...transition.errors, 'approval.required', 'approval.limit_exceeded'],
  problems: approvalProblems,
  examples: voidInvoiceExamples,
});

export function toResponse({ numberPrefix, ...invoice }: Invoice): z.output<typeof invoiceResponseSchema> {
  return {
    ...invoice,
    number: printedNumber({ ...invoice, numberPrefix }),
    taxes: [...invoice.taxes],
    subtotalMinor: invoice.subtotalMinor.toString(),
    discountMinor: invoice.discountMinor.toString(),
    taxMinor: invoice.taxMinor.toString(),
    totalMinor: invoice.totalMinor.toString(),
    creditsMinor: invoice.creditsMinor.toString(),
    paidMinor: invoice.paidMinor.toString(),
    creditedMinor: invoice.creditedMinor.toString(),
    writtenOffMinor: invoice.writtenOffMinor.toString(),
    dueMinor: dueMinor(invoice).toString(),
    reviewUntil: invoice.reviewUntil?.toISOString() ?? null,
    billedAt: invoice.billedAt.toISOString(),
    createdAt: invoice.createdAt.toISOString(),
    updatedAt: invoice.updatedAt.toISOString(),
    finalizedAt: invoice.finalizedAt?.toISOString() ?? null,
    paidAt: invoice.paidAt?.toISOString() ?? null,
    voidedAt: invoice.voidedAt?.toISOString() ?? null,
  };
}

export function toLineResponse(line: InvoiceLine): z.output<typeof lineResponseSchema> {
  const { phaseId, periodIndex, sequence, amountPrecise, amountMinor, start, end, ...shown } = line;
  const { subscriptionId, priceKey, planVersion, kind } = shown;
  return {
    ...shown,
    key: [subscriptionId, phaseId, priceKey, planVersion, periodIndex, kind, sequence].join('/'),
    amount: amountPrecise,
    amountMinor: amountMinor.toString(),
    discountMinor: line.discountMinor.toString(),
    discounts: [...line.discounts],
    taxMinor: line.taxMinor.toString(),
    periodStart: start.toISOString(),
    periodEnd: end.toISOString(),
  };
}
