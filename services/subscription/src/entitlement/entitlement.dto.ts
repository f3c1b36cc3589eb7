import { billingPeriodSchema, entitlementSchema, idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { getEntitlementsExamples } from './entitlement-examples.ts';

export const getEntitlements = defineOperation({
  id: 'getEntitlements',
  method: 'GET',
  path: '/subscriptions/entitlements',
  summary: 'What an account may use now, all of its subscriptions together',
  description:
    'Limits and quotas of plans and add-ons add up; an add-on grants its values once for each unit. Trials grant what their plan grants, paused subscriptions nothing.',
  permission: 'subscription:read',
  query: z.strictObject({ accountId: idSchema }),
  response: z.object({
    accountId: idSchema,
    entitlements: z.array(entitlementSchema),
    anchor: z.iso.date().nullable().describe('a day on which a period began, by which allowances are counted'),
    period: billingPeriodSchema.nullable(),
  }),
  examples: getEntitlementsExamples,
});
