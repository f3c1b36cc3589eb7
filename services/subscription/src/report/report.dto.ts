import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import type { ChurnMonth, CohortMonth, Movement, MrrMonth } from './mrr.ts';
import type { AgedReceivable } from './receivables.store.ts';
import type { RecognitionSchedule } from './revenue-recognition.ts';
import type { InvoiceVolume, MeterMonth } from './usage-revenue.store.ts';
import {
  getChurnExamples,
  getCohortsExamples,
  getMrrExamples,
  getReceivablesExamples,
  getRevenueRecognitionExamples,
  getUsageRevenueExamples,
} from './report-examples.ts';

export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2024-06');
const formatSchema = z
  .enum(['json', 'csv'])
  .default('json')
  .describe('csv: the rows as a file, amounts in the smallest unit');
export const reportQuerySchema = z.strictObject({
  from: monthSchema.describe('first month'),
  to: monthSchema.describe('last month, included'),
  currency: currencySchema.describe('nothing is converted: a report is of one currency'),
  format: formatSchema,
});
const percentSchema = z.string().nullable().describe('percent; null where there was nothing when the month began');
const movementSchema = z.object({ customers: z.int(), amountMinor: minorUnitsSchema });
export const reportOperation = { method: 'GET', permission: 'report:read' } as const;

export const getRevenueRecognition = defineOperation({
  ...reportOperation,
  id: 'getRevenueRecognition',
  path: '/invoices/reports/revenue-recognition',
  summary: 'Get the revenue recognition schedule: invoiced, earned and deferred by month, without tax',
  description:
    'Each line of a final invoice is earned by day over its service period, in whole units by largest remainder. Credit notes lower what they are for; what they take back of earlier months counts in their own. A `to` in the future shows how what is deferred will be earned.',
  query: reportQuerySchema.extend({ legalEntityId: idSchema.optional(), invoiceId: idSchema.optional() }),
  response: z.object({
    currency: currencySchema,
    openingDeferredMinor: minorUnitsSchema,
    data: z.array(
      z.object({
        month: monthSchema,
        invoicedMinor: minorUnitsSchema,
        creditedMinor: minorUnitsSchema,
        recognizedMinor: minorUnitsSchema,
        deferredMinor: minorUnitsSchema.describe('at the end of the month; negative: earned and not invoiced yet'),
      }),
    ),
  }),
  examples: getRevenueRecognitionExamples,
});

export const getMrr = defineOperation({
  ...reportOperation,
  id: 'getMrr',
  path: '/invoices/reports/mrr',
  summary: 'Get monthly recurring revenue and how it moved',
  description:
    'Flat fees and seats of the phases in force on the last day of each month, normalised to months; without trials, pauses, usage, coupons and tax that is added. opening + new + reactivation + expansion + contraction + churn = closing.',
  query: reportQuerySchema,
  response: z.object({
    currency: currencySchema,
    data: z.array(
      z.object({
        month: monthSchema,
        opening: movementSchema,
        new: movementSchema,
        reactivation: movementSchema,
        expansion: movementSchema,
        contraction: movementSchema,
        churn: movementSchema,
        closing: movementSchema,
      }),
    ),
  }),
  examples: getMrrExamples,
});

export const getChurn = defineOperation({
  ...reportOperation,
  id: 'getChurn',
  path: '/invoices/reports/churn',
  summary: 'Get the customers and the recurring revenue that were lost by month',
  query: reportQuerySchema,
  response: z.object({
    currency: currencySchema,
    data: z.array(
      z.object({
        month: monthSchema,
        opening: movementSchema,
        lostCustomers: z.int(),
        churnedMinor: minorUnitsSchema,
        contractedMinor: minorUnitsSchema,
        expandedMinor: minorUnitsSchema,
        customerChurnPercent: percentSchema,
        grossRevenueChurnPercent: percentSchema,
        netRevenueChurnPercent: percentSchema,
      }),
    ),
  }),
  examples: getChurnExamples,
});

export const getCohorts = defineOperation({
  ...reportOperation,
  id: 'getCohorts',
  path: '/invoices/reports/cohorts',
  summary: 'Get how many customers and how much recurring revenue is left of those who began in each month',
  query: reportQuerySchema,
  response: z.object({
    currency: currencySchema,
    data: z.array(
      z.object({
        cohort: monthSchema.describe('in which their first paid phase began'),
        month: monthSchema,
        size: z.int(),
        customers: z.int(),
        amountMinor: minorUnitsSchema,
      }),
    ),
  }),
  examples: getCohortsExamples,
});

const agedSchema = z.object({
  invoices: z.int(),
  notDueMinor: minorUnitsSchema,
  days1To30Minor: minorUnitsSchema,
  days31To60Minor: minorUnitsSchema,
  days61To90Minor: minorUnitsSchema,
  over90DaysMinor: minorUnitsSchema,
  openMinor: minorUnitsSchema,
  overpaidMinor: minorUnitsSchema.describe('what is owed to the customer; open less overpaid is what the ledger says'),
});

export const getReceivables = defineOperation({
  ...reportOperation,
  id: 'getReceivables',
  path: '/invoices/reports/receivables',
  summary: 'Get what is open now by how long it is past due, the largest accounts first',
  query: z.strictObject({
    currency: currencySchema,
    limit: z.coerce.number().int().min(1).max(10_000).default(200).describe('accounts; the total is of all'),
    format: formatSchema,
  }),
  response: z.object({
    currency: currencySchema,
    at: z.iso.datetime(),
    total: agedSchema,
    data: z.array(agedSchema.extend({ accountId: idSchema })),
  }),
  examples: getReceivablesExamples,
});

export const getUsageRevenue = defineOperation({
  ...reportOperation,
  id: 'getUsageRevenue',
  path: '/invoices/reports/usage',
  summary: 'Get billed usage by meter, beside all that was invoiced',
  description: 'By the month in which it was billed, without tax and after discounts. csv has the meters.',
  query: reportQuerySchema,
  response: z.object({
    currency: currencySchema,
    data: z.array(
      z.object({
        month: monthSchema,
        meter: z.string(),
        quantity: z.string().describe('as metered'),
        accounts: z.int(),
        amountMinor: minorUnitsSchema,
      }),
    ),
    volumes: z.array(
      z.object({ month: monthSchema, invoices: z.int(), netMinor: minorUnitsSchema, usageMinor: minorUnitsSchema }),
    ),
  }),
  examples: getUsageRevenueExamples,
});

export function toRecognitionRows({ months }: RecognitionSchedule) {
  return months.map((row) => ({
    month: row.month,
    invoicedMinor: row.invoicedMinor.toString(),
    creditedMinor: row.creditedMinor.toString(),
    recognizedMinor: row.recognizedMinor.toString(),
    deferredMinor: row.deferredMinor.toString(),
  }));
}

const movements = ['opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'closing'] as const;

export function toMrrRow(row: MrrMonth) {
  const shown = Object.fromEntries(movements.map((name) => [name, toMovement(row[name])]));
  return { month: row.month, ...(shown as Record<(typeof movements)[number], ReturnType<typeof toMovement>>) };
}

/** The same in one level, for a table. */
export function toMrrColumns(row: MrrMonth): Record<string, string | number> {
  return {
    month: row.month,
    ...Object.fromEntries(
      movements.flatMap((name) => [
        [`${name}Customers`, row[name].customers],
        [`${name}Minor`, row[name].amountMinor.toString()],
      ]),
    ),
  };
}

export function toChurnRow(row: ChurnMonth) {
  return { ...toChurnAmounts(row), opening: toMovement(row.opening) };
}

export function toChurnColumns(row: ChurnMonth): Record<string, string | number | null> {
  const { opening, ...shown } = toChurnAmounts(row);
  return { ...shown, openingCustomers: opening.customers, openingMinor: opening.amountMinor.toString() };
}

function toChurnAmounts(row: ChurnMonth) {
  return {
    ...row,
    churnedMinor: row.churnedMinor.toString(),
    contractedMinor: row.contractedMinor.toString(),
    expandedMinor: row.expandedMinor.toString(),
  };
}

export function toCohortRow(row: CohortMonth) {
  return { ...row, amountMinor: row.amountMinor.toString() };
}

export function toAged({ invoices, amounts, openMinor, overpaidMinor }: Omit<AgedReceivable, 'accountId'>) {
  return {
    invoices,
    notDueMinor: amounts.notDue.toString(),
    days1To30Minor: amounts.days1To30.toString(),
    days31To60Minor: amounts.days31To60.toString(),
    days61To90Minor: amounts.days61To90.toString(),
    over90DaysMinor: amounts.over90Days.toString(),
    openMinor: openMinor.toString(),
    overpaidMinor: overpaidMinor.toString(),
  };
}

export function toMeterRow(row: MeterMonth) {
  return { ...row, amountMinor: row.amountMinor.toString() };
}

export function toVolumeRow(row: InvoiceVolume) {
  return { ...row, netMinor: row.netMinor.toString(), usageMinor: row.usageMinor.toString() };
}

function toMovement({ customers, amountMinor }: Movement) {
  return { customers, amountMinor: amountMinor.toString() };
}
