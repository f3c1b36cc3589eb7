import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { formatNumber, type Invoice, type InvoiceLine } from './invoice.ts';

const statusSchema = z.enum(['draft', 'finalized', 'paid', 'void']);

export const invoiceResponseSchema = z.object({
  id: idSchema,
  number: z.string().nullable().describe('without gaps in the tenant; null for a draft'),
  accountId: idSchema,
  subscriptionId: idSchema,
  billingIndex: z.int().describe('the k-th billing closes period k - 1 and charges period k in advance'),
  billedAt: z.iso.datetime(),
  currency: currencySchema,
  timeZone: z.string(),
  status: statusSchema,
  totalMinor: minorUnitsSchema.describe('sum of the rounded lines, in the smallest unit'),
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
  key: z.string().describe('subscription/phase/price/plan version/period/kind: the same whenever it is billed'),
  kind: z.enum(['recurring', 'usage', 'adjustment']),
  description: z.string(),
  planId: idSchema,
  planVersion: z.int(),
  priceId: idSchema,
  priceKey: z.string(),
  meter: z.string().nullable(),
  quantityRaw: z.string().describe('as metered or subscribed'),
  quantityBilled: z.string().describe('as charged'),
  detail: z
    .record(z.string(), z.unknown())
    .describe('what the amount is recomputed from: unit amounts, tiers, proration'),
  amount: z.string().describe('major units before rounding'),
  amountMinor: minorUnitsSchema,
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
    sort: z
      .enum(['-billedAt', '-total'])
      .default('-billedAt')
      .describe('-total compares smallest units: name a currency with it'),
  }),
  response: pageSchema(invoiceResponseSchema),
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
});

export const payInvoice = defineOperation({
  ...transition,
  id: 'payInvoice',
  path: '/invoices/:invoiceId/pay',
  summary: 'Mark a finalized invoice as paid',
});

export const voidInvoice = defineOperation({
  ...transition,
  id: 'voidInvoice',
  path: '/invoices/:invoiceId/void',
  summary: 'Void a draft or a finalized invoice; its number stays taken',
});

export function toResponse(invoice: Invoice): z.output<typeof invoiceResponseSchema> {
  return {
    ...invoice,
    number: invoice.number === null ? null : formatNumber(invoice.number),
    totalMinor: invoice.totalMinor.toString(),
    billedAt: invoice.billedAt.toISOString(),
    createdAt: invoice.createdAt.toISOString(),
    updatedAt: invoice.updatedAt.toISOString(),
    finalizedAt: invoice.finalizedAt?.toISOString() ?? null,
    paidAt: invoice.paidAt?.toISOString() ?? null,
    voidedAt: invoice.voidedAt?.toISOString() ?? null,
  };
}

export function toLineResponse(line: InvoiceLine): z.output<typeof lineResponseSchema> {
  const {
    position,
    kind,
    description,
    planId,
    planVersion,
    priceId,
    priceKey,
    meter,
    quantityRaw,
    quantityBilled,
    detail,
  } = line;
  return {
    position,
    key: [line.subscriptionId, line.phaseId, priceKey, planVersion, line.periodIndex, kind].join('/'),
    kind,
    description,
    planId,
    planVersion,
    priceId,
    priceKey,
    meter,
    quantityRaw,
    quantityBilled,
    detail,
    amount: line.amountPrecise,
    amountMinor: line.amountMinor.toString(),
    periodStart: line.start.toISOString(),
    periodEnd: line.end.toISOString(),
  };
}
