import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { currencySchema } from '../money.ts';
import { billingPeriodSchema, priceSchema } from '../prices.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

/** One published version of a plan: what a subscription is sold under and keeps. */
export const planVersionSchema = z.object({
  planId: idSchema,
  planKey: z.string(),
  planName: z.string(),
  version: z.int().min(1),
  currency: currencySchema,
  period: billingPeriodSchema,
  prices: z.array(priceSchema),
  /** Whether the plan is no longer sold; who has it keeps it. */
  archived: z.boolean(),
});

export type PlanVersion = z.infer<typeof planVersionSchema>;

/** What other services may ask of the product service. */
export const productContract = defineContract('product', {
  ...tenantDataProcedures,
  /** The plan's version, or its newest published one; null when the tenant has no such plan. */
  findPlanVersion: {
    input: z.object({ tenantId: idSchema, planId: idSchema, version: z.int().min(1).optional() }),
    output: planVersionSchema.nullable(),
  },
});
