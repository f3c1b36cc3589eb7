import {
  allowanceResetSchema,
  billingPeriodSchema,
  currencySchema,
  decimalSchema,
  entitlementSchema,
  planFamilySchema,
  planPhaseSchema,
  priceModelSchema,
  priceSchema,
  prorationBasisSchema,
} from '@plinth/contracts';
import { toFaults } from '@plinth/common';
import { z } from 'zod';
import { checkDistinct, toIssues } from '../faults.ts';
import { keySchema, meterSchema, nameSchema } from '../names.ts';
import { checkFlatSum, checkModel } from './check-prices.ts';

const newModelSchema = priceModelSchema.check(({ value, issues }) => {
  if (issues.length > 0) return;
  const meter = 'meter' in value ? meterSchema.optional().safeParse(value.meter).error : undefined;
  issues.push(...toIssues([...toFaults(meter ?? new z.ZodError([]), '/meter'), ...checkModel(value)], value));
});

const newPriceSchema = z.strictObject({
  key: keySchema,
  description: nameSchema,
  model: newModelSchema.describe('in the main currency of the plan'),
  models: z
    .record(currencySchema, newModelSchema)
    .optional()
    .describe('a model for each further currency, with the same meter, dimensions and timing'),
  taxCategory: keySchema.optional().describe('which tax rates apply; "standard" when absent'),
  phases: z
    .array(keySchema)
    .min(1)
    .max(10)
    .nullable()
    .optional()
    .describe('keys of the phases that it belongs to; null or absent: all'),
});

const newPricesSchema = z
  .array(newPriceSchema)
  .min(1)
  .max(100)
  .check(({ value, issues }) => {
    const isSound = issues.length === 0;
    const keys = value.map((price) => price.key);
    issues.push(...toIssues(checkDistinct(keys, '', 'key'), value));
    if (isSound) issues.push(...toIssues(checkFlatSum(value.map((price) => price.model)), value));
  });

const newEntitlementSchema = z.strictObject({
  feature: keySchema.describe('key of a feature of the same product'),
  value: z
    .union([z.boolean(), decimalSchema], 'must be true, false or a decimal as text')
    .describe('true or false of a boolean feature, a decimal as text of a limit or a metered one'),
  reset: allowanceResetSchema
    .nullable()
    .optional()
    .describe('when a metered allowance begins anew; "period" when absent'),
  rollOver: decimalSchema.nullable().optional().describe('most that is carried into the next allowance; null: nothing'),
  overage: z.enum(['allow', 'deny']).nullable().optional().describe('whether more may be used; "deny" when absent'),
  alertsAt: z.array(z.int().min(1).max(1000)).max(20).optional().describe('percent of the value that raise an alert'),
});

const newEntitlementsSchema = z
  .array(newEntitlementSchema)
  .max(200)
  .check(({ value, issues }) => {
    const keys = value.map((entitlement) => entitlement.feature);
    issues.push(...toIssues(checkDistinct(keys, '', 'feature'), value));
  });

const spendsSchema = z.record(currencySchema, decimalSchema);

/** What a version is published with; `period`, `currency` and `prices` are what a plan cannot do without. */
export const newTermsShape = {
  addOnTo: z
    .array(keySchema)
    .min(1)
    .max(200)
    .nullable()
    .optional()
    .describe('keys of the plans that an add-on may be sold with; null: with any'),
  currency: currencySchema,
  currencies: z.array(currencySchema).max(30).optional().describe('further currencies in which the plan is sold'),
  period: billingPeriodSchema,
  phases: z
    .array(planPhaseSchema.extend({ key: keySchema }))
    .min(1)
    .max(10)
    .optional()
    .describe('in their order; one evergreen phase when absent'),
  prorationBasis: prorationBasisSchema.optional().describe('how parts of a period are measured; "day" when absent'),
  taxInclusive: z.boolean().optional().describe('whether the prices contain the tax'),
  minimumSpend: decimalSchema.nullable().optional().describe('least that a period costs before tax, main currency'),
  minimumSpends: spendsSchema.optional().describe('the same in each further currency'),
  maximumSpend: decimalSchema.nullable().optional().describe('most that a period costs before tax, main currency'),
  maximumSpends: spendsSchema.optional().describe('the same in each further currency'),
  prices: newPricesSchema,
  entitlements: newEntitlementsSchema.optional(),
};

/** A plan's place in a family, as it is given. */
export const newPlacementSchema = z.strictObject({
  key: keySchema.describe('key of a plan family'),
  rank: z.int().min(0).max(1000).describe('a change to a higher rank is an upgrade'),
  changesTo: z
    .array(keySchema)
    .max(200)
    .nullable()
    .optional()
    .describe('keys of the plans of the family that a subscription may change to; null: all'),
});

/** The terms of a version, as they are answered. */
export const termsResponseShape = {
  addOnTo: z.array(z.string()).nullable(),
  currency: currencySchema,
  currencies: z.array(currencySchema),
  period: billingPeriodSchema,
  phases: z.array(planPhaseSchema),
  prorationBasis: prorationBasisSchema,
  taxInclusive: z.boolean(),
  minimumSpend: decimalSchema.nullable(),
  minimumSpends: spendsSchema,
  maximumSpend: decimalSchema.nullable(),
  maximumSpends: spendsSchema,
  prices: z.array(priceSchema.extend({ models: z.record(currencySchema, priceModelSchema) })),
  entitlements: z.array(entitlementSchema),
};

export const familyResponseSchema = planFamilySchema.nullable();
