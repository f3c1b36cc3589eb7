import { idSchema, timeZoneSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { openMeterIngestEventsExamples, openMeterQueryMeterExamples } from './openmeter-examples.ts';

const prefix = '/metering/openmeter/api';
const text = z.string().min(1).max(512);
const list = z.union([text.transform((one) => [one]), z.array(text).max(500)]);

const meterSchema = z.object({
  id: idSchema,
  slug: z.string(),
  name: z.string(),
  aggregation: z.enum(['COUNT', 'SUM', 'MAX', 'MIN', 'LATEST', 'UNIQUE_COUNT']),
  eventType: z.string(),
  valueProperty: z.string().optional(),
  groupBy: z.record(z.string(), z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const meterParams = z.strictObject({ meterIdOrSlug: text });

export const openMeterIngestEvents = defineOperation({
  id: 'openMeterIngestEvents',
  method: 'POST',
  path: `${prefix}/v1/events`,
  summary: 'Send usage with a client of OpenMeter',
  description:
    'As POST /usage/events, but that a batch with an event that is refused is answered with 400 and the reasons; its other events are counted, once however often they are sent.',
  permission: 'usage:write',
  contentTypes: ['application/cloudevents-batch+json', 'application/cloudevents+json', 'application/json'],
  body: z.unknown(),
  response: z.undefined(),
  status: 204,
  errors: ['usage.busy'],
  examples: openMeterIngestEventsExamples,
});

export const openMeterListMeters = defineOperation({
  id: 'openMeterListMeters',
  method: 'GET',
  path: `${prefix}/v1/meters`,
  summary: 'List meters for a client of OpenMeter: those with an aggregation that it knows',
  permission: 'meter:read',
  response: z.array(meterSchema),
});

export const openMeterGetMeter = defineOperation({
  id: 'openMeterGetMeter',
  method: 'GET',
  path: `${prefix}/v1/meters/:meterIdOrSlug`,
  summary: 'Get a meter for a client of OpenMeter',
  permission: 'meter:read',
  params: meterParams,
  response: meterSchema,
});

export const openMeterQueryMeter = defineOperation({
  id: 'openMeterQueryMeter',
  method: 'GET',
  path: `${prefix}/v1/meters/:meterIdOrSlug/query`,
  summary: "Query a meter's usage for a client of OpenMeter",
  description:
    'from and to are widened to quarters of an hour; the answer tells which. Values are doubles there: exact quantities are at GET /usage/query. Filters by group are written filterGroupBy[name]=value.',
  permission: 'usage:read',
  params: meterParams,
  query: z
    .object({
      clientId: text.optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
      windowSize: z.enum(['HOUR', 'DAY', 'MONTH']).optional(),
      windowTimeZone: timeZoneSchema.optional(),
      subject: list.optional().describe('keys of accounts'),
      filterCustomerId: list.optional().describe('ids of accounts'),
      groupBy: list.optional().describe('dimensions of the meter, and subject'),
    })
    .catchall(text),
  response: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    windowSize: z.enum(['HOUR', 'DAY', 'MONTH']).optional(),
    data: z.array(
      z.object({
        value: z.number(),
        windowStart: z.iso.datetime(),
        windowEnd: z.iso.datetime(),
        subject: z.string().nullable(),
        customerId: z.string().optional(),
        groupBy: z.record(z.string(), z.string().nullable()),
      }),
    ),
  }),
  examples: openMeterQueryMeterExamples,
});

const valueParts = {
  method: 'GET',
  permission: 'usage:read',
  params: z.strictObject({ account: text, feature: text }),
  response: z.object({
    hasAccess: z.boolean(),
    balance: z.number(),
    usage: z.number(),
    overage: z.number(),
    totalAvailableGrantAmount: z.number(),
  }),
} as const;

export const openMeterSubjectEntitlementValue = defineOperation({
  ...valueParts,
  id: 'openMeterSubjectEntitlementValue',
  path: `${prefix}/v1/subjects/:account/entitlements/:feature/value`,
  summary: 'What an account may still use of a feature or a meter, for a client of OpenMeter',
});

export const openMeterCustomerEntitlementValue = defineOperation({
  ...valueParts,
  id: 'openMeterCustomerEntitlementValue',
  path: `${prefix}/v1/customers/:account/entitlements/:feature/value`,
  summary: 'What a customer may still use of a feature or a meter, for a client of OpenMeter',
});

export const openMeterCustomerEntitlementValueV2 = defineOperation({
  ...valueParts,
  id: 'openMeterCustomerEntitlementValueV2',
  path: `${prefix}/v2/customers/:account/entitlements/:feature/value`,
  summary: 'What a customer may still use of a feature or a meter, for a client of OpenMeter (v2)',
});

export type MeterQuery = z.output<typeof openMeterQueryMeter.query>;
