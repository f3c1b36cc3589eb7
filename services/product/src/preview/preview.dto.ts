import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { newVersionSchema, termsChangeSchema } from '../plan/plan.dto.ts';
import { previewPlanVersionExamples } from '../plan/plan-examples.ts';

const sampleSchema = z.object({
  subscriptionId: idSchema,
  accountId: idSchema,
  from: z.iso.datetime(),
  to: z.iso.datetime().describe('end of its last period, exclusive'),
  currentMinor: minorUnitsSchema,
  newMinor: minorUnitsSchema,
});

export const previewPlanVersion = defineOperation({
  id: 'previewPlanVersion',
  method: 'POST',
  path: '/plans/:planId/versions/preview',
  summary: 'Preview a new version of a plan on its subscriptions, without publishing it',
  description:
    'Takes what publishing takes and finds the same faults. Subscriptions keep their version when a new one is ' +
    'published; this tells what moving them to it would mean: what their last period cost, and would have cost, before ' +
    'coupons, credits and taxes.',
  permission: 'plan:write',
  params: z.strictObject({ planId: idSchema }),
  query: z.strictObject({
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(500)
      .default(100)
      .describe('how many subscriptions of each currency are rated, the oldest first'),
  }),
  body: newVersionSchema,
  response: z.object({
    planId: idSchema,
    planVersion: z.int().describe('the number that the version would get'),
    changes: z.array(termsChangeSchema).describe('in what it differs from the newest version'),
    currencies: z.array(
      z.object({
        currency: currencySchema,
        subscriptions: z.int().describe('how many have the plan in this currency, now or later, in any version'),
        accounts: z.int(),
        rated: z.int().describe('how many of them the amounts are of'),
        currentMinor: minorUnitsSchema,
        newMinor: minorUnitsSchema,
        samples: z.array(sampleSchema),
      }),
    ),
    droppedCurrencies: z.array(currencySchema).describe('in which the version would no longer be sold'),
  }),
  status: 200,
  errors: ['plan.archived', 'service.unavailable', 'service.timeout'],
  examples: previewPlanVersionExamples,
});

export type VersionPreview = z.output<typeof previewPlanVersion.response>;
