import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { decimalSchema } from '../money.ts';
import { allowanceResetSchema, billingPeriodSchema } from '../prices.ts';
import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

/** Usage of one account and meter in a half-open window [from, to). */
export const usageRequestSchema = z.object({
  accountId: idSchema,
  meter: z.string().describe('key of the meter'),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});

export type UsageRequest = z.infer<typeof usageRequestSchema>;

/** How much of a meter an account may use in a window, as a plan's entitlement says. Windows begin at local midnights. */
export const quotaGrantSchema = z.object({
  feature: z.string().min(1).max(100).describe('key of the feature, once in an account'),
  meter: z.string().describe('key of the meter'),
  limit: decimalSchema.refine((limit) => !limit.startsWith('-'), 'must not be negative'),
  reset: allowanceResetSchema,
  anchor: z.iso.date().nullable().describe('a day on which a period began; of reset "period" alone'),
  period: billingPeriodSchema.nullable().describe('of reset "period" alone'),
  rollOver: decimalSchema.nullable().describe('most that is carried into the next window; null: nothing'),
  overage: z.enum(['allow', 'deny']),
  alertsAt: z.array(z.int().min(1).max(1000)).max(20).describe('percent of the limit at which an alert is raised'),
});

export type QuotaGrant = z.infer<typeof quotaGrantSchema>;

/** Whether an account may use so much more. Quantities are exact decimals; null: there is no quota. */
export const quotaDecisionSchema = z.object({
  allowed: z.boolean(),
  limit: z.string().nullable().describe('with what was rolled over'),
  used: z.string().nullable(),
  remaining: z.string().nullable(),
  overage: z.string().nullable().describe('used beyond the limit'),
  resetsAt: z.iso.datetime().nullable().describe('null: never'),
});

export type QuotaDecision = z.infer<typeof quotaDecisionSchema>;

/** A usage event as it is stored: evidence of what was counted. */
export const usageEventRecordSchema = z.object({
  source: z.string(),
  id: z.string(),
  type: z.string(),
  accountId: idSchema,
  time: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
  retracted: z.boolean().describe('counted no more'),
  corrections: z.array(
    z.object({
      kind: z.enum(['retracted', 'replaced']),
      reason: z.string(),
      previousData: z.unknown(),
      correctedBy: z.string().nullable(),
      correctedAt: z.iso.datetime(),
    }),
  ),
});

export type UsageEventRecord = z.infer<typeof usageEventRecordSchema>;

/** Usage that arrives this long after the end of its quarter of an hour is listed by `listLateChanges`. */
export const lateUsageMs = 3_600_000;

/**
 * What a period's usage came to is complete, but for what `listLateChanges` lists, this long after its end: the
 * difference to `lateUsageMs` is for clocks that differ and transactions that take long.
 */
export const usageCompleteMs = lateUsageMs + 30 * 60_000;

/** What other services may ask of the metering service. */
export const meteringContract = defineContract('metering', {
  ...tenantDataProcedures,
  /** Quantities in the order of the requests; "0" where nothing was metered. Exact decimals. */
  listQuantities: {
    input: z.object({ tenantId: idSchema, requests: z.array(usageRequestSchema).max(20_000) }),
    output: z.array(z.string()),
  },
  /**
   * Quantities by the values of dimensions by which the meter groups, in the order of the requests. Exact decimals. One
   * that cannot be answered, such as by a dimension that the meter does not have, says why, and the others are answered.
   */
  listGroupedQuantities: {
    input: z.object({
      tenantId: idSchema,
      requests: z.array(usageRequestSchema.extend({ groupBy: z.array(z.string()).min(1).max(3) })).max(2000),
    }),
    output: z.array(
      z.union([
        z.array(z.object({ values: z.record(z.string(), z.string()), quantity: z.string() })),
        z.object({ problem: z.string() }),
      ]),
    ),
  },
  /**
   * What accounts used of a meter in [from, to) by the service that caused it: the `service` of the events' data, or else
   * their source without `/services/`. Exact decimals. Null where quantities of services do not add up: of a meter that
   * neither counts nor sums, or that does not exist. A meter that groups by `service` answers from what was added up, and
   * with an empty text for events without one; any other by reading its events, of which it refuses more than a million.
   */
  listServiceQuantities: {
    input: z.object({
      tenantId: idSchema,
      meter: z.string().describe('key of the meter'),
      accountIds: z.array(idSchema).min(1).max(20_000),
      from: z.iso.datetime(),
      to: z.iso.datetime(),
    }),
    output: z.object({ services: z.array(z.object({ service: z.string(), quantity: z.string() })).nullable() }),
  },
  /** An account's events in [from, to), with a meter only those that it counts; newest first unless asked otherwise. */
  listEvents: {
    input: z.object({
      tenantId: idSchema,
      accountId: idSchema,
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      meter: z.string().optional(),
      order: z.enum(['newest', 'oldest']).default('newest'),
      cursor: z.string().optional(),
      limit: z.int().min(1).max(1000).default(200),
    }),
    output: z.object({ data: z.array(usageEventRecordSchema), nextCursor: z.string().nullable() }),
  },
  /**
   * Counts an event no more, or other data of it where some is given. Throws `usage.event_retracted` for one that counts
   * no more already.
   */
  correctEvent: {
    input: z.object({
      tenantId: idSchema,
      accountId: idSchema,
      source: z.string(),
      id: z.string(),
      time: z.iso.datetime().optional().describe("the event's time; finds it faster"),
      data: z.record(z.string(), z.unknown()).optional(),
      reason: z.string(),
      correctedBy: z.string(),
    }),
    output: usageEventRecordSchema,
  },
  /**
   * Days (UTC) of accounts and meters whose usage changed a day or more after it was used, by late events and
   * corrections; in the order of their last change, after a sequence. Zero is before the first.
   */
  listLateChanges: {
    input: z.object({ tenantId: idSchema, after: z.int().min(0), limit: z.int().min(1).max(10_000) }),
    output: z.array(
      z.object({
        accountId: idSchema,
        meter: z.string(),
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        sequence: z.int(),
      }),
    ),
  },
  /** The tenant's meters with these keys, with the dimensions by which they group; archived ones are left out. */
  listMeters: {
    input: z.object({ tenantId: idSchema, keys: z.array(z.string()).max(1000) }),
    output: z.array(z.object({ key: z.string(), dimensions: z.array(z.string()) })),
  },
  /** Replaces all quotas that come from the account's plans, in one transaction; running it again changes nothing. */
  setQuotas: {
    input: z.object({ tenantId: idSchema, accountId: idSchema, quotas: z.array(quotaGrantSchema).max(500) }),
    output: z.object({ changed: z.int() }),
  },
  /** Whether an account may use so much more of a meter or a feature. What it answers is at most a second old. */
  checkQuota: {
    input: z.object({
      tenantId: idSchema,
      accountId: idSchema,
      meter: z.string().optional(),
      feature: z.string().optional(),
      quantity: decimalSchema.default('1'),
    }),
    output: quotaDecisionSchema,
  },
});
