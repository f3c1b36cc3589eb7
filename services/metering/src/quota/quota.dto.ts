import { allowanceResetSchema, billingPeriodSchema, decimalSchema, idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { QuotaAlert } from './quota-alert.store.ts';
import type { Quota, QuotaState } from './quota.ts';
import { createQuotaExamples, listQuotaStatesExamples, updateQuotaExamples } from './quota-examples.ts';

const amountSchema = decimalSchema.refine((amount) => !amount.startsWith('-'), 'must not be negative');
const alertsSchema = z
  .array(z.int().min(1).max(1000))
  .max(20)
  .refine((alerts) => new Set(alerts).size === alerts.length, 'must not name a percentage twice')
  .describe('percent of the limit at which an alert is raised');
const rollOverSchema = amountSchema
  .refine((amount) => /[1-9]/.test(amount), 'must be above zero, or null')
  .nullable()
  .describe('most that is carried into the next window; null: nothing');
const overageSchema = z
  .enum(['allow', 'deny'])
  .describe('whether more than the limit may be used: allow warns, deny blocks');

const windowSchema = z.object({ start: z.iso.datetime(), end: z.iso.datetime().nullable().describe('null: never') });

const quotaSchema = z.object({
  id: idSchema,
  accountId: idSchema.nullable().describe('null: each account that has no quota of its own for the meter'),
  meter: z.string(),
  feature: z.string().nullable(),
  limit: z.string(),
  reset: allowanceResetSchema,
  anchor: z.iso.date().nullable(),
  period: billingPeriodSchema.nullable(),
  rollOver: z.string().nullable(),
  overage: overageSchema,
  alertsAt: z.array(z.int()),
  source: z.enum(['manual', 'entitlement']),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const alertSchema = z.object({
  id: idSchema,
  quotaId: idSchema,
  accountId: idSchema,
  threshold: z.int().nullable().describe('percent; null: used up, and more is denied'),
  used: z.string(),
  limit: z.string().describe('with what was rolled over'),
  percent: z.string(),
  window: windowSchema,
  firedAt: z.iso.datetime(),
});

const stateSchema = z.object({
  quota: quotaSchema,
  window: windowSchema,
  allowed: z.boolean().describe('whether any more may be used'),
  used: z.string(),
  carried: z.string().describe('rolled over from the window before'),
  limit: z.string().describe('with what was rolled over'),
  remaining: z.string(),
  overage: z.string(),
  percent: z.string(),
});

const params = z.strictObject({ quotaId: idSchema });
const errors = ['quota.of_plan'];

export const createQuota = defineOperation({
  id: 'createQuota',
  method: 'POST',
  path: '/metering/quotas',
  summary: 'Limit what an account, or each account, may use of a meter',
  description: "Windows begin at midnight in the account's time zone; those of a period are counted from its anchor.",
  permission: 'quota:write',
  body: z
    .strictObject({
      accountId: idSchema.nullable().default(null),
      meter: z.string().min(1).max(100),
      limit: amountSchema,
      reset: allowanceResetSchema,
      anchor: z.iso.date().optional().describe('a day on which a period began'),
      period: billingPeriodSchema.optional(),
      rollOver: rollOverSchema.default(null),
      overage: overageSchema.default('allow'),
      alertsAt: alertsSchema.default([80, 100]),
    })
    .refine((quota) => (quota.reset === 'period') === (quota.anchor !== undefined), {
      path: ['anchor'],
      message: 'is required for a reset by period, and not allowed otherwise',
    })
    .refine((quota) => (quota.reset === 'period') === (quota.period !== undefined), {
      path: ['period'],
      message: 'is required for a reset by period, and not allowed otherwise',
    })
    .refine((quota) => quota.reset !== 'never' || quota.rollOver === null, {
      path: ['rollOver'],
      message: 'needs windows to roll over into',
    }),
  response: quotaSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  examples: createQuotaExamples,
});

export const listQuotas = defineOperation({
  id: 'listQuotas',
  method: 'GET',
  path: '/metering/quotas',
  summary: 'List quotas; of one account with those for all accounts',
  permission: 'quota:read',
  query: pageQuerySchema.extend({ accountId: idSchema.optional() }),
  response: pageSchema(quotaSchema),
});

export const getQuota = defineOperation({
  id: 'getQuota',
  method: 'GET',
  path: '/metering/quotas/:quotaId',
  summary: 'Get a quota',
  permission: 'quota:read',
  params,
  response: quotaSchema,
  etag: 'returned',
});

export const updateQuota = defineOperation({
  id: 'updateQuota',
  method: 'PATCH',
  path: '/metering/quotas/:quotaId',
  summary: 'Change the limit, the overage or the alerts of a quota; alerts that fired in the window do not fire again',
  permission: 'quota:write',
  params,
  body: z.strictObject({
    limit: amountSchema.optional(),
    rollOver: rollOverSchema.optional(),
    overage: overageSchema.optional(),
    alertsAt: alertsSchema.optional(),
  }),
  response: quotaSchema,
  etag: 'required',
  errors: [...errors, 'request.version_mismatch'],
  examples: updateQuotaExamples,
});

export const deleteQuota = defineOperation({
  id: 'deleteQuota',
  method: 'DELETE',
  path: '/metering/quotas/:quotaId',
  summary: 'Delete a quota with its alerts',
  permission: 'quota:write',
  sensitive: true,
  params,
  response: z.undefined(),
  status: 204,
  errors,
});

export const listQuotaAlerts = defineOperation({
  id: 'listQuotaAlerts',
  method: 'GET',
  path: '/metering/quotas/:quotaId/alerts',
  summary: 'List the alerts of a quota, the newest first',
  permission: 'quota:read',
  params,
  query: pageQuerySchema.extend({ accountId: idSchema.optional() }),
  response: pageSchema(alertSchema),
});

export const listQuotaStates = defineOperation({
  id: 'listQuotaStates',
  method: 'GET',
  path: '/usage/quotas',
  summary: 'What an account has used of its quotas in the windows that run now',
  permission: 'usage:read',
  query: z.strictObject({ accountId: idSchema }),
  response: z.object({ accountId: idSchema, data: z.array(stateSchema) }),
  examples: listQuotaStatesExamples,
});

export type NewQuota = z.output<typeof createQuota.body>;
export type QuotaChange = z.output<typeof updateQuota.body>;

export function toResponse({ meterId: _, ...quota }: Quota): z.output<typeof quotaSchema> {
  const { reset } = quota;
  return {
    ...quota,
    alertsAt: [...quota.alertsAt],
    reset: reset.reset,
    anchor: reset.reset === 'period' ? reset.anchor : null,
    period: reset.reset === 'period' ? reset.period : null,
    createdAt: quota.createdAt.toISOString(),
    updatedAt: quota.updatedAt.toISOString(),
  };
}

export function toAlertResponse(alert: QuotaAlert): z.output<typeof alertSchema> {
  const { windowStart, windowEnd, ...rest } = alert;
  return { ...rest, window: toWindow(windowStart, windowEnd), firedAt: alert.firedAt.toISOString() };
}

export function toStateResponse(state: QuotaState, allowed: boolean): z.output<typeof stateSchema> {
  const { accountId: _, window, quota, ...rest } = state;
  return { ...rest, allowed, quota: toResponse(quota), window: toWindow(window.start, window.end) };
}

function toWindow(start: Date, end: Date | null): z.output<typeof windowSchema> {
  return { start: start.toISOString(), end: end?.toISOString() ?? null };
}
