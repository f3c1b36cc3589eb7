import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { minorUnitsSchema } from '../money.ts';
import { entitlementSchema } from '../prices.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';
import { planVersionSchema } from './product.contract.ts';

/** What other services may ask of the subscription service. */
export const subscriptionContract = defineContract('subscription', {
  ...tenantDataProcedures,
  /** What an account may use now, all of its subscriptions together. */
  listEntitlements: {
    input: z.object({ tenantId: idSchema, accountId: idSchema }),
    output: z.array(entitlementSchema),
  },
  /**
   * What a plan version that is not published would mean for the subscriptions that have its plan in its currency now or
   * later: how many there are, and for the oldest ones, up to `limit`, what their last period that has ended cost and
   * would have cost under it, before coupons, credits and taxes. Writes nothing.
   */
  previewPlanVersion: {
    input: z.object({ tenantId: idSchema, plan: planVersionSchema, limit: z.int().min(1).max(500) }),
    output: z.object({
      subscriptions: z.int(),
      accounts: z.int(),
      /** How many the amounts are of: those up to the limit that have had a period, and whose usage of it can be read. */
      rated: z.int(),
      currentMinor: minorUnitsSchema,
      newMinor: minorUnitsSchema,
      samples: z.array(
        z.object({
          subscriptionId: idSchema,
          accountId: idSchema,
          from: z.iso.datetime(),
          to: z.iso.datetime(),
          currentMinor: minorUnitsSchema,
          newMinor: minorUnitsSchema,
        }),
      ),
    }),
  },
});
