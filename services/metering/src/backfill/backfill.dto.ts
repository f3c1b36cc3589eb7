import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { FilledDay } from './backfill.store.ts';
import type { BackfillSource } from './backfill.ts';
import { createBackfillSourceExamples, fillBackfillDayExamples } from './backfill-examples.ts';

const propertyName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "must be the name of a property of the event's data");

const sourceSchema = z.object({
  id: idSchema,
  name: z.string(),
  meter: z.string(),
  selector: z.string(),
  accountLabel: z.string(),
  digits: z.int(),
  properties: z.record(z.string(), z.string()),
  nextDay: z.iso.date().describe('the next day (UTC) to fill'),
  lastError: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

const daySchema = z.object({
  day: z.iso.date(),
  accounts: z.int().describe('for which something was measured'),
  measured: z.string(),
  missingAccounts: z.int().describe('for which more was measured than metered'),
  missing: z.string().describe('what was filled in, unless it was before'),
  filledAt: z.iso.datetime(),
});

// Of the platform's operator, who is in no tenant: Prometheus knows all of them.
const tenantParams = z.strictObject({ tenantId: idSchema });
const params = tenantParams.extend({ sourceId: idSchema });

export const createBackfillSource = defineOperation({
  id: 'createBackfillSource',
  method: 'POST',
  path: '/metering/tenants/:tenantId/backfill-sources',
  summary: 'Fill usage from a counter of Prometheus, once a day',
  description:
    'For each day (UTC) that is over: sum by (label) (increase(selector[24h])), less what the meter has for the account already. What is missing becomes one event for an account and day.',
  permission: 'usage:backfill',
  tenant: false,
  params: tenantParams,
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    meter: z.string().min(1).max(100).describe('a meter that sums'),
    selector: z
      .string()
      .max(1000)
      .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[^{}]*\})?$/, 'must be a selector such as http_requests_total{job="api"}'),
    accountLabel: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/, 'must be the name of a label'),
    digits: z.int().min(0).max(12).default(0).describe('fraction digits to which increases are rounded'),
    properties: z
      .record(propertyName, z.string().max(200))
      .default({})
      .describe("of the events' data, for the meter's filters and dimensions"),
    startsOn: z.iso.date().optional().describe('the first day (UTC) to fill; yesterday when absent'),
  }),
  response: sourceSchema,
  status: 201,
  idempotent: true,
  errors: ['resource.already_exists', 'backfill.no_prometheus'],
  examples: createBackfillSourceExamples,
});

export const listBackfillSources = defineOperation({
  id: 'listBackfillSources',
  method: 'GET',
  path: '/metering/tenants/:tenantId/backfill-sources',
  summary: 'List the sources of back-filled usage',
  permission: 'usage:backfill',
  tenant: false,
  params: tenantParams,
  query: pageQuerySchema,
  response: pageSchema(sourceSchema),
});

export const deleteBackfillSource = defineOperation({
  id: 'deleteBackfillSource',
  method: 'DELETE',
  path: '/metering/tenants/:tenantId/backfill-sources/:sourceId',
  summary: 'Stop filling usage from a source; what was filled stays',
  permission: 'usage:backfill',
  tenant: false,
  sensitive: true,
  params,
  response: z.undefined(),
  status: 204,
});

export const listBackfillDays = defineOperation({
  id: 'listBackfillDays',
  method: 'GET',
  path: '/metering/tenants/:tenantId/backfill-sources/:sourceId/days',
  summary: 'List what the days of a source brought, the latest first',
  permission: 'usage:backfill',
  tenant: false,
  params,
  query: pageQuerySchema,
  response: pageSchema(daySchema),
});

export const fillBackfillDay = defineOperation({
  id: 'fillBackfillDay',
  method: 'POST',
  path: '/metering/tenants/:tenantId/backfill-sources/:sourceId/days',
  summary: 'Fill a day again; nothing changes for accounts that were filled',
  permission: 'usage:backfill',
  tenant: false,
  params,
  body: z.strictObject({ day: z.iso.date() }),
  response: daySchema,
  errors: ['backfill.no_prometheus', 'backfill.day_not_fillable', 'backfill.prometheus_failed'],
  examples: fillBackfillDayExamples,
});

export type NewSource = z.output<typeof createBackfillSource.body>;

export function toResponse({ tenantId: _, ...source }: BackfillSource): z.output<typeof sourceSchema> {
  return { ...source, properties: { ...source.properties }, createdAt: source.createdAt.toISOString() };
}

export function toDayResponse(day: FilledDay): z.output<typeof daySchema> {
  return { ...day, filledAt: day.filledAt.toISOString() };
}
