import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import type { Reconciliation } from './reconciliation.service.ts';
import { reconcilePaymentsExamples } from './reconciliation-examples.ts';

const gatewaySchema = z.enum(['stripe', 'manual', 'bank_transfer']);

export const reconcilePayments = defineOperation({
  id: 'reconcilePayments',
  method: 'GET',
  path: '/payments/reconciliation',
  summary: "Hold the books against the gateways' own, day by day",
  description: 'Asks every gateway account of the tenant, so it takes as long as they do. Days are those of UTC.',
  permission: 'payment:read',
  query: z.strictObject({
    from: z.iso.date(),
    to: z.iso.date().describe('the last day, at most 30 days after the first one'),
  }),
  response: z.object({
    days: z.array(
      z.object({
        date: z.iso.date(),
        gateway: gatewaySchema,
        gatewayAccountId: idSchema.nullable(),
        kind: z.enum(['payment', 'refund', 'chargeback', 'other']).describe('other: fees, payouts, transfers'),
        currency: currencySchema,
        ownCount: z.int(),
        ownMinor: minorUnitsSchema,
        gatewayCount: z.int().nullable().describe('null: there is no gateway with books of its own'),
        gatewayMinor: minorUnitsSchema.nullable(),
        feeMinor: minorUnitsSchema.nullable(),
      }),
    ),
    differences: z.array(
      z.object({
        problem: z.enum(['missing_here', 'missing_at_gateway', 'amount_differs', 'currency_differs']),
        kind: z.enum(['payment', 'refund', 'chargeback']),
        gatewayAccountId: idSchema,
        gatewayId: z.string().nullable(),
        id: idSchema.nullable().describe('of the payment, refund or chargeback here'),
        currency: currencySchema,
        ownMinor: minorUnitsSchema.nullable(),
        gatewayMinor: minorUnitsSchema.nullable(),
      }),
    ),
  }),
  errors: [
    'reconciliation.range_invalid',
    'payment_gateway.unavailable',
    'payment_gateway.rate_limited',
    'payment_gateway.key_refused',
    'payment_gateway.secret_missing',
  ],
  examples: reconcilePaymentsExamples,
});

export function toResponse({ days, differences }: Reconciliation): z.output<typeof reconcilePayments.response> {
  return {
    days: days.map((sum) => ({
      ...sum,
      ownMinor: sum.ownMinor.toString(),
      gatewayMinor: sum.gatewayMinor?.toString() ?? null,
      feeMinor: sum.feeMinor?.toString() ?? null,
    })),
    differences: differences.map((difference) => ({
      ...difference,
      ownMinor: difference.ownMinor?.toString() ?? null,
      gatewayMinor: difference.gatewayMinor?.toString() ?? null,
    })),
  };
}
