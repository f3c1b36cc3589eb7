import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { currencySchema, decimalSchema } from '../money.ts';
import {
  billingPeriodSchema,
  entitlementSchema,
  planPhaseSchema,
  priceSchema,
  prorationBasisSchema,
} from '../prices.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

/** When a change from one plan of a family to another takes effect unless the caller says otherwise. */
export const planFamilySchema = z.object({
  key: z.string(),
  /** Higher is an upgrade. */
  rank: z.int(),
  upgrade: z.enum(['now', 'period_end']),
  downgrade: z.enum(['now', 'period_end']),
  /** Keys of the plans that a subscription may change to; null: all of the family. */
  changesTo: z.array(z.string()).nullable(),
});

export type PlanFamily = z.infer<typeof planFamilySchema>;

/** One published version of a plan in one currency: what a subscription is sold under and keeps. */
export const planVersionSchema = z.object({
  planId: idSchema,
  planKey: z.string(),
  planName: z.string(),
  version: z.int().min(1),
  kind: z.enum(['plan', 'add_on']),
  family: planFamilySchema.nullable(),
  /** Keys of the plans that an add-on may be sold with; null: with any. */
  addOnTo: z.array(z.string()).nullable(),
  currency: currencySchema,
  period: billingPeriodSchema,
  phases: z.array(planPhaseSchema).min(1),
  prorationBasis: prorationBasisSchema,
  /** Whether the prices contain the tax. */
  taxInclusive: z.boolean(),
  /** Least and most that a period costs, before tax; in major units. */
  minimumSpend: decimalSchema.nullable(),
  maximumSpend: decimalSchema.nullable(),
  prices: z.array(priceSchema),
  entitlements: z.array(entitlementSchema),
  /** Whether the plan is no longer sold; who has it keeps it. */
  archived: z.boolean(),
});

export type PlanVersion = z.infer<typeof planVersionSchema>;

/** A discount as the catalogue defines it. */
export const couponSchema = z.object({
  couponId: idSchema,
  code: z.string(),
  name: z.string(),
  /** Percent of what is eligible, or an amount in major units of `currency`. */
  discount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('percent'), percent: decimalSchema }),
    z.object({ kind: z.literal('amount'), amount: decimalSchema, currency: currencySchema }),
  ]),
  /** How many invoices of a subscription it lowers; null: all. */
  periods: z.int().min(1).nullable(),
  /** What it lowers: keys of plans and of prices; null: everything. */
  plans: z.array(z.string()).nullable(),
  prices: z.array(z.string()).nullable(),
  redeemableUntil: z.iso.datetime().nullable(),
  maximumRedemptions: z.int().min(1).nullable(),
  oncePerAccount: z.boolean(),
  archived: z.boolean(),
});

export type Coupon = z.infer<typeof couponSchema>;

/** What other services may ask of the product service. */
export const productContract = defineContract('product', {
  ...tenantDataProcedures,
  /**
   * The plan's version, or its newest published one, with the prices of a currency (the plan's main one when absent);
   * null when the tenant has no such plan, or the plan is not sold in the currency.
   */
  findPlanVersion: {
    input: z.object({
      tenantId: idSchema,
      planId: idSchema,
      version: z.int().min(1).optional(),
      currency: currencySchema.optional(),
    }),
    output: planVersionSchema.nullable(),
  },
  /** The coupon with a code, archived ones too; null when the tenant has none. */
  findCoupon: {
    input: z.object({ tenantId: idSchema, code: z.string() }),
    output: couponSchema.nullable(),
  },
});
