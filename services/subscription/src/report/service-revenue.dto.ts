import { currencySchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { monthSchema, reportOperation, reportQuerySchema } from './report.dto.ts';
import type { BilledMeterMonth, ServiceMonth } from './service-revenue.ts';
import { getServiceRevenueExamples } from './report-examples.ts';

export const getServiceRevenue = defineOperation({
  ...reportOperation,
  id: 'getServiceRevenue',
  path: '/invoices/reports/usage-by-service',
  summary: 'Get billed usage by the service that caused it, and what was billed of each meter beside what was used',
  description:
    'By the month in which usage was billed, without tax and after discounts; at most 3 months. What was billed for each period is shared by what services caused of it, as it is metered now. A service is the `service` of the events, or else their source. Meters that neither count nor sum have no parts: their amount is in a row without a service. A meter with the dimension `service` is answered from what was added up; of any other the events are read, at most a million of 20,000 accounts in a billed period. csv has the services.',
  query: reportQuerySchema,
  response: z.object({
    currency: currencySchema,
    data: z.array(
      z.object({
        month: monthSchema,
        meter: z.string(),
        service: z
          .string()
          .nullable()
          .describe('null: what cannot be told apart by services; empty: usage that names none'),
        quantity: z.string().nullable().describe('as it is metered now; null without a service'),
        amountMinor: minorUnitsSchema,
      }),
    ),
    meters: z.array(
      z.object({
        month: monthSchema,
        meter: z.string(),
        billedQuantity: z.string().describe('as it was metered when it was billed, once for each price'),
        usedQuantity: z
          .string()
          .nullable()
          .describe('of the same accounts and periods, as it is metered now; null where quantities do not add up'),
        amountMinor: minorUnitsSchema,
      }),
    ),
  }),
  examples: getServiceRevenueExamples,
});

export function toServiceRow(row: ServiceMonth) {
  return { ...row, amountMinor: row.amountMinor.toString() };
}

export function toBilledMeterRow(row: BilledMeterMonth) {
  return { ...row, amountMinor: row.amountMinor.toString() };
}
