import { z } from 'zod';
import { decimalSchema } from './money.ts';
import { idSchema } from './ids.ts';

/** A tier covers quantities up to and including `upTo`; the last one has none. */
export const priceTierSchema = z.strictObject({
  upTo: decimalSchema.nullable(),
  unitAmount: decimalSchema.describe('major units, for example "0.0005"'),
  flatAmount: decimalSchema.optional().describe('charged on entry to the tier'),
});

const usagePart = { meter: z.string().describe('key of the meter').optional() };

/** How a quantity becomes money. Amounts are exact decimals in major units of the plan's currency. */
export const priceModelSchema = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('flat'), amount: decimalSchema, timing: z.enum(['advance', 'arrears']) }),
  z.strictObject({ model: z.literal('per_unit'), unitAmount: decimalSchema, ...usagePart }),
  z.strictObject({ model: z.literal('graduated'), tiers: z.array(priceTierSchema).min(1).max(100), ...usagePart }),
  z.strictObject({ model: z.literal('volume'), tiers: z.array(priceTierSchema).min(1).max(100), ...usagePart }),
  z.strictObject({
    model: z.literal('package'),
    packageSize: decimalSchema,
    packageAmount: decimalSchema,
    freeUnits: decimalSchema.optional(),
    rounding: z.enum(['up', 'down']).default('up').optional(),
    ...usagePart,
  }),
]);

export type PriceTier = z.infer<typeof priceTierSchema>;
export type PriceModel = z.infer<typeof priceModelSchema>;

/** A price of one plan version, frozen once sold. `meter` absent on a usage model means per subscribed quantity (seats). */
export const priceSchema = z.object({
  id: idSchema,
  key: z.string(),
  description: z.string(),
  model: priceModelSchema,
});

export type Price = z.infer<typeof priceSchema>;

/** How long a billing period is. */
export const billingPeriodSchema = z.strictObject({
  unit: z.enum(['day', 'week', 'month', 'year']),
  count: z.int().min(1).max(60),
});

export type BillingPeriod = z.infer<typeof billingPeriodSchema>;
