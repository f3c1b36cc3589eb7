import { z } from 'zod';
import { decimalSchema } from './money.ts';
import { idSchema } from './ids.ts';

/** A tier covers quantities up to and including `upTo`; the last one has none. */
export const priceTierSchema = z.strictObject({
  upTo: decimalSchema.nullable(),
  unitAmount: decimalSchema.describe('major units, for example "0.0005"'),
  flatAmount: decimalSchema.optional().describe('charged on entry to the tier'),
});

/** A tier of a graduated percentage: its rate applies to the part of the amount that lies in the tier. */
export const rateTierSchema = z.strictObject({
  upTo: decimalSchema.nullable(),
  rate: decimalSchema.describe('percent, for example "2.9"'),
  flatAmount: decimalSchema.optional().describe('charged on entry to the tier'),
});

/** A cell of a matrix: the unit amount of usage whose dimensions have these values. */
export const matrixCellSchema = z.strictObject({
  values: z.record(z.string().max(100), z.string().max(200)).describe('a value for each dimension'),
  unitAmount: decimalSchema,
});

/** How a metered quantity becomes the quantity that is rated, such as bytes gigabytes. Rounded once, before rating. */
export const unitConversionSchema = z.strictObject({
  divisor: decimalSchema.describe('the raw quantity is divided by it, for example "1000000000"'),
  rounding: z.enum(['none', 'up', 'down', 'half_up']),
  digits: z.int().min(0).max(12).default(0).optional().describe('fraction digits kept when it is rounded'),
});

const usagePart = {
  meter: z.string().describe('key of the meter; absent: the subscribed quantity (seats)').optional(),
  conversion: unitConversionSchema.optional(),
};
const meteredPart = { meter: z.string().describe('key of the meter'), conversion: unitConversionSchema.optional() };
const tiersPart = {
  tiers: z.array(priceTierSchema).min(1).max(100),
  flatAtZero: z.boolean().optional().describe("whether the first tier's flat amount falls due without usage too"),
};

/** How a quantity becomes money. Amounts are exact decimals in major units of the price's currency. */
export const priceModelSchema = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('flat'), amount: decimalSchema, timing: z.enum(['advance', 'arrears']) }),
  z.strictObject({ model: z.literal('per_unit'), unitAmount: decimalSchema, ...usagePart }),
  z.strictObject({ model: z.literal('graduated'), ...tiersPart, ...usagePart }),
  z.strictObject({ model: z.literal('volume'), ...tiersPart, ...usagePart }),
  z.strictObject({
    model: z.literal('package'),
    packageSize: decimalSchema,
    packageAmount: decimalSchema,
    freeUnits: decimalSchema.optional(),
    rounding: z.enum(['up', 'down']).default('up').optional(),
    ...usagePart,
  }),
  z.strictObject({
    model: z.literal('percentage'),
    rate: decimalSchema.describe('percent of the metered amount'),
    freeUnits: decimalSchema.optional().describe('part of the metered amount that costs nothing'),
    minimumAmount: decimalSchema.optional().describe('least that a period with chargeable usage costs'),
    maximumAmount: decimalSchema.optional().describe('most that a period costs'),
    ...meteredPart,
  }),
  z.strictObject({
    model: z.literal('graduated_percentage'),
    tiers: z.array(rateTierSchema).min(1).max(100),
    ...meteredPart,
  }),
  z.strictObject({
    model: z.literal('matrix'),
    dimensions: z.array(z.string().max(100)).min(1).max(3).describe('properties by which the meter groups'),
    cells: z.array(matrixCellSchema).min(1).max(500),
    otherUnitAmount: decimalSchema.describe('for values that no cell names'),
    ...meteredPart,
  }),
  z.strictObject({
    model: z.literal('bulk_commitment'),
    quantity: decimalSchema.describe('committed units, paid for whether used or not'),
    amount: decimalSchema.describe('price of the committed units together'),
    overageUnitAmount: decimalSchema.describe('price of each unit above them'),
    ...meteredPart,
  }),
]);

export type PriceTier = z.infer<typeof priceTierSchema>;
export type RateTier = z.infer<typeof rateTierSchema>;
export type UnitConversion = z.infer<typeof unitConversionSchema>;
export type PriceModel = z.infer<typeof priceModelSchema>;

/** A price of one plan version, frozen once sold. `meter` absent on a usage model means per subscribed quantity (seats). */
export const priceSchema = z.object({
  id: idSchema,
  key: z.string(),
  description: z.string(),
  model: priceModelSchema,
  taxCategory: z.string().describe('which tax rates apply to it'),
  phases: z.array(z.string()).nullable().describe("keys of the plan's phases that it belongs to; null: to all"),
});

export type Price = z.infer<typeof priceSchema>;

/** How long a billing period is. */
export const billingPeriodSchema = z.strictObject({
  unit: z.enum(['day', 'week', 'month', 'year']),
  count: z.int().min(1).max(60),
});

export type BillingPeriod = z.infer<typeof billingPeriodSchema>;

/**
 * A stage of a plan, in order. A trial waives fees and seats, not usage; an introduction has prices of its own; the
 * last stage is evergreen and has no length.
 */
export const planPhaseSchema = z.strictObject({
  key: z.string(),
  kind: z.enum(['trial', 'intro', 'evergreen']),
  length: billingPeriodSchema.nullable(),
});

export type PlanPhase = z.infer<typeof planPhaseSchema>;

/** How an allowance begins anew: with each billing period, each calendar day, month or year of the account, or never. */
export const allowanceResetSchema = z.enum(['period', 'day', 'month', 'year', 'never']);

/** What a plan version grants of one feature. */
export const entitlementSchema = z.object({
  feature: z.string().describe('key of the feature'),
  type: z.enum(['boolean', 'limit', 'metered']),
  value: z.union([z.boolean(), decimalSchema]).describe('true or false of a boolean feature, a decimal of the others'),
  meter: z.string().nullable().describe('key of the meter of a metered feature'),
  reset: allowanceResetSchema.nullable().describe('of a metered feature'),
  rollOver: decimalSchema.nullable().describe('most that is carried into the next allowance; null: nothing'),
  overage: z.enum(['allow', 'deny']).nullable().describe('whether more than the value may be used'),
  alertsAt: z.array(z.int().min(1).max(1000)).describe('percent of the value at which an alert is raised'),
});

export type Entitlement = z.infer<typeof entitlementSchema>;

/** How parts of a period are measured: calendar days of the customer's zone, or seconds. */
export const prorationBasisSchema = z.enum(['day', 'second']);
