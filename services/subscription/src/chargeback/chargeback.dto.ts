import { idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { Chargeback } from './chargeback.ts';

const statusSchema = z.enum(['inquiry', 'needs_response', 'under_review', 'won', 'lost']);

const chargebackSchema = z.object({
  id: idSchema,
  paymentId: idSchema,
  gatewayAccountId: idSchema,
  gatewayDisputeId: z.string(),
  amountMinor: minorUnitsSchema,
  reason: z.string().describe("the bank's reason, in the gateway's words"),
  status: statusSchema.describe('inquiry: the bank asks and has taken nothing'),
  withdrawn: z.boolean().describe('whether the money is with the customer at the moment'),
  taken: z.array(z.object({ invoiceId: idSchema.nullable(), amountMinor: minorUnitsSchema })),
  evidenceDueBy: z.iso.datetime().nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
});

export const listChargebacks = defineOperation({
  id: 'listChargebacks',
  method: 'GET',
  path: '/payments/chargebacks',
  summary: 'List chargebacks, newest first',
  permission: 'payment:read',
  query: pageQuerySchema.extend({ paymentId: idSchema.optional(), status: statusSchema.optional() }),
  response: pageSchema(chargebackSchema),
});

export const getChargeback = defineOperation({
  id: 'getChargeback',
  method: 'GET',
  path: '/payments/chargebacks/:chargebackId',
  summary: 'Get a chargeback',
  permission: 'payment:read',
  params: z.strictObject({ chargebackId: idSchema }),
  response: chargebackSchema,
  etag: 'returned',
});

export function toResponse({ toldAt: _told, ...chargeback }: Chargeback): z.output<typeof chargebackSchema> {
  return {
    ...chargeback,
    amountMinor: chargeback.amountMinor.toString(),
    taken: [...chargeback.taken],
    evidenceDueBy: chargeback.evidenceDueBy?.toISOString() ?? null,
    createdAt: chargeback.createdAt.toISOString(),
    updatedAt: chargeback.updatedAt.toISOString(),
    closedAt: chargeback.closedAt?.toISOString() ?? null,
  };
}
