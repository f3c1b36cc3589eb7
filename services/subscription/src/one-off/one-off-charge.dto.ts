import { currencySchema, decimalSchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import type { OneOffCharge } from './one-off-charge.ts';
import { createChargeExamples } from '../invoice/invoice-examples.ts';

const positiveDecimal = decimalSchema.refine((text) => !/^-|^0+(\.0+)?$/.test(text), 'must be more than zero');

const chargeResponseSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  currency: currencySchema,
  description: z.string(),
  quantity: z.string(),
  unitAmount: z.string(),
  amountMinor: minorUnitsSchema,
  taxCategory: z.string(),
  taxInclusive: z.boolean(),
  invoiceId: idSchema.nullable().describe('the invoice that it is on; null while it waits for one'),
  createdAt: z.iso.datetime(),
  canceledAt: z.iso.datetime().nullable(),
});

export const createCharge = defineOperation({
  id: 'createCharge',
  method: 'POST',
  path: '/invoices/charges',
  summary: 'Charge something once: on the next invoice of who pays for the account, or on one of its own',
  permission: 'invoice:write',
  body: z.strictObject({
    accountId: idSchema,
    currency: currencySchema,
    description: z.string().min(1).max(500),
    quantity: positiveDecimal.default('1'),
    unitAmount: decimalSchema.describe('major units; negative for what is given back'),
    taxCategory: z.string().min(1).max(100).default('standard'),
    taxInclusive: z.boolean().default(false),
    when: z.enum(['next_invoice', 'now']).default('next_invoice'),
  }),
  response: chargeResponseSchema,
  status: 201,
  idempotent: true,
  sensitive: true,
  errors: ['approval.required', 'approval.limit_exceeded'],
  problems: approvalProblems,
  examples: createChargeExamples,
});

export const listCharges = defineOperation({
  id: 'listCharges',
  method: 'GET',
  path: '/invoices/charges',
  summary: 'List what was charged once, newest first',
  permission: 'invoice:read',
  query: pageQuerySchema.extend({ accountId: idSchema.optional(), pending: z.stringbool().optional() }),
  response: pageSchema(chargeResponseSchema),
});

export const cancelCharge = defineOperation({
  id: 'cancelCharge',
  method: 'DELETE',
  path: '/invoices/charges/:chargeId',
  summary: 'Take back a charge that is on no invoice yet',
  permission: 'invoice:write',
  params: z.strictObject({ chargeId: idSchema }),
  response: z.undefined(),
  status: 204,
  sensitive: true,
  errors: ['charge.invoiced', 'approval.required', 'approval.limit_exceeded'],
  problems: approvalProblems,
});

export function toResponse(charge: OneOffCharge): z.input<typeof chargeResponseSchema> {
  return {
    ...charge,
    amountMinor: charge.amountMinor.toString(),
    createdAt: charge.createdAt.toISOString(),
    canceledAt: charge.canceledAt?.toISOString() ?? null,
  };
}
