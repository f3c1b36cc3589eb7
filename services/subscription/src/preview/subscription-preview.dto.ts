import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { changeShapes, previewErrors, timed } from '../subscription/subscription-change.dto.ts';
import {
  newSubscriptionSchema,
  saleErrors,
  subscriptionParams,
  subscriptionResponseSchema,
  toResponse as toSubscriptionResponse,
} from '../subscription/subscription.dto.ts';
import type { CompletedInvoice } from '../invoice/draft-completion.service.ts';
import { taxTotalSchema } from '../invoice/invoice.dto.ts';
import { dueMinor } from '../invoice/invoice.ts';
import type { SubscriptionPreview } from './subscription-preview.service.ts';
import {
  previewSubscriptionChangeExamples,
  previewSubscriptionExamples,
} from '../subscription/subscription-examples.ts';

const action = <Action extends string>(name: Action) => ({ action: z.literal(name) });
const addOnId = { addOnId: idSchema };

const changeRequestSchema = z.discriminatedUnion('action', [
  timed({ ...action('change'), ...changeShapes.change }),
  timed({ ...action('cancel'), ...changeShapes.cancel }),
  z.strictObject(action('reactivate')),
  timed({ ...action('pause'), ...changeShapes.pause }),
  timed({ ...action('resume'), ...changeShapes.resume }),
  timed({ ...action('add_add_on'), ...changeShapes.add_add_on }),
  timed({ ...action('change_add_on'), ...addOnId, ...changeShapes.change_add_on }),
  timed({ ...action('remove_add_on'), ...addOnId, ...changeShapes.remove_add_on }),
  z.strictObject({ ...action('remove_scheduled'), scheduledChangeId: z.string().max(100) }),
  z.strictObject({ ...action('commit'), ...changeShapes.commit }),
  z.strictObject({ ...action('set_term'), ...changeShapes.set_term }),
  z.strictObject({ ...action('renew'), ...changeShapes.renew }),
]);

const invoiceSchema = z.object({
  billedAt: z.iso.datetime(),
  currency: currencySchema,
  subtotalMinor: minorUnitsSchema,
  discountMinor: minorUnitsSchema,
  taxMinor: minorUnitsSchema
    .nullable()
    .describe('null where it is not known, because an external service works it out when the invoice is written'),
  taxes: z.array(taxTotalSchema),
  totalMinor: minorUnitsSchema.describe('without tax where that is not known'),
  creditsMinor: minorUnitsSchema
    .nullable()
    .describe('prepaid credit that would be used, as it stands now; null where the tax is not known'),
  dueMinor: minorUnitsSchema.nullable().describe('what is left to pay; null where the tax is not known'),
  lines: z.array(
    z.object({
      kind: z.string(),
      description: z.string(),
      priceKey: z.string().nullable(),
      periodIndex: z.int().nullable(),
      quantityBilled: z.string(),
      amountMinor: minorUnitsSchema,
      discountMinor: minorUnitsSchema,
      taxMinor: minorUnitsSchema,
      periodStart: z.iso.datetime(),
      periodEnd: z.iso.datetime(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
});

const previewSchema = z.object({
  subscription: subscriptionResponseSchema.describe('as it would be'),
  invoices: z
    .array(invoiceSchema)
    .describe(
      'what is due and the next billing, with usage so far; of a consolidated invoice the part of this subscription',
    ),
  without: z.array(invoiceSchema).describe('what these invoices would be without the change'),
  differenceMinor: minorUnitsSchema.describe('what all of `invoices` cost more than all of `without`'),
});

export const previewSubscription = defineOperation({
  id: 'previewSubscription',
  method: 'POST',
  path: '/subscriptions/preview',
  summary: 'See what a new subscription would cost; nothing is written',
  permission: 'subscription:read',
  body: newSubscriptionSchema,
  response: previewSchema,
  errors: saleErrors,
  examples: previewSubscriptionExamples,
});

export const previewSubscriptionChange = defineOperation({
  id: 'previewSubscriptionChange',
  method: 'POST',
  path: '/subscriptions/:subscriptionId/preview',
  summary: 'See the exact effect of a change on the next invoices; nothing is written',
  description: 'Takes what the operation of the change takes, and `action`.',
  permission: 'subscription:read',
  params: subscriptionParams,
  body: changeRequestSchema,
  response: previewSchema,
  errors: [...previewErrors, 'invoice.usage_unreadable'],
  examples: previewSubscriptionChangeExamples,
});

export function toResponse({
  subscription,
  now,
  invoices,
  without,
}: SubscriptionPreview): z.output<typeof previewSchema> {
  const difference = sumOf(invoices) - sumOf(without);
  return {
    subscription: toSubscriptionResponse(subscription, now),
    invoices: invoices.map(toInvoice),
    without: without.map(toInvoice),
    differenceMinor: difference.toString(),
  };
}

function sumOf(drafts: readonly CompletedInvoice[]): bigint {
  return drafts.reduce((sum, { totalMinor }) => sum + totalMinor, 0n);
}

function toInvoice(draft: CompletedInvoice): z.output<typeof invoiceSchema> {
  const isTaxed = draft.calculation !== 'untaxed';
  return {
    billedAt: draft.billedAt.toISOString(),
    currency: draft.currency,
    subtotalMinor: draft.subtotalMinor.toString(),
    discountMinor: draft.discountMinor.toString(),
    taxMinor: isTaxed ? draft.taxMinor.toString() : null,
    taxes: [...draft.taxes],
    totalMinor: draft.totalMinor.toString(),
    creditsMinor: isTaxed ? draft.creditsMinor.toString() : null,
    dueMinor: isTaxed ? dueMinor(draft).toString() : null,
    lines: draft.lines.map((line) => ({
      kind: line.kind,
      description: line.description,
      priceKey: line.priceKey,
      periodIndex: line.periodIndex,
      quantityBilled: line.quantityBilled,
      amountMinor: line.amountMinor.toString(),
      discountMinor: line.discountMinor.toString(),
      taxMinor: line.taxMinor.toString(),
      periodStart: line.start.toISOString(),
      periodEnd: line.end.toISOString(),
      detail: { ...line.detail },
    })),
  };
}
