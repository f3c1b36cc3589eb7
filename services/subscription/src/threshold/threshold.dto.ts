import { decimalSchema, idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { setBillingThresholdExamples } from './threshold-examples.ts';

const params = z.strictObject({ subscriptionId: idSchema });
const path = '/subscriptions/:subscriptionId/billing-threshold';
const amountSchema = decimalSchema
  .refine((text) => !/^-|^0+(\.0+)?$/.test(text), 'must be more than zero')
  .describe("major units of the subscription's currency");
const response = z.object({ subscriptionId: idSchema, amount: amountSchema });

export const getBillingThreshold = defineOperation({
  id: 'getBillingThreshold',
  method: 'GET',
  path,
  summary: 'Get the amount of usage at which a running period is billed',
  permission: 'subscription:read',
  params,
  response,
});

export const setBillingThreshold = defineOperation({
  id: 'setBillingThreshold',
  method: 'PUT',
  path,
  summary: 'Bill usage before its period ends, whenever so much of it is open',
  permission: 'subscription:write',
  params,
  body: z.strictObject({ amount: amountSchema }),
  response,
  examples: setBillingThresholdExamples,
});

export const removeBillingThreshold = defineOperation({
  id: 'removeBillingThreshold',
  method: 'DELETE',
  path,
  summary: 'Bill usage at the end of its period only',
  permission: 'subscription:write',
  params,
  response: z.undefined(),
  status: 204,
  sensitive: true,
});
