import { currencySchema, idSchema, priceModelSchema, priceSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { PlanPrice } from './price.ts';

const priceResponseSchema = priceSchema.extend({
  models: z.record(currencySchema, priceModelSchema).describe('by the further currencies of the plan'),
  planId: idSchema,
  planVersion: z.int(),
  currency: currencySchema,
});

const pricesQuery = pageQuerySchema.extend({ planId: idSchema.optional() });

export const listPrices = defineOperation({
  id: 'listPrices',
  method: 'GET',
  path: '/prices',
  summary: "List the prices of the plans' newest versions, of one plan or of all",
  permission: 'plan:read',
  query: pricesQuery,
  response: pageSchema(priceResponseSchema),
});

export const getPrice = defineOperation({
  id: 'getPrice',
  method: 'GET',
  path: '/prices/:priceId',
  summary: 'Get a price of any plan version',
  permission: 'plan:read',
  params: z.strictObject({ priceId: idSchema }),
  response: priceResponseSchema,
});

export const listTiers = defineOperation({
  id: 'listTiers',
  method: 'GET',
  path: '/tiers',
  summary: "List the prices with a tier table, graduated or volume, of the plans' newest versions",
  permission: 'plan:read',
  query: pricesQuery,
  response: pageSchema(priceResponseSchema),
});

export function toResponse({ position: _position, ...price }: PlanPrice): z.output<typeof priceResponseSchema> {
  return price;
}
