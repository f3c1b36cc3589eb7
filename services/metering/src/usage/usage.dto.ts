import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import {
  correctUnmatchedUsageExamples,
  getCurrentUsageExamples,
  getUsageExamples,
  ingestUsageExamples,
  listRejectedUsageExamples,
  resendRejectedUsageExamples,
} from './usage-examples.ts';

const quarterHour = z.iso
  .datetime()
  .refine((time) => Date.parse(time) % 900_000 === 0, 'must lie on a quarter of an hour');

export const ingestUsage = defineOperation({
  id: 'ingestUsage',
  method: 'POST',
  path: '/usage/events',
  summary: 'Send usage as CloudEvents 1.0: one event, a batch, or binary mode',
  permission: 'usage:write',
  description:
    "The subject is the customer account's key or id. An event counts once for ever, by its source and id. Answered after everything accepted is durable; each refused event is listed with its reason.",
  contentTypes: ['application/cloudevents-batch+json', 'application/cloudevents+json', 'application/json'],
  body: z.unknown(),
  response: z.object({
    accepted: z.int(),
    duplicates: z.int(),
    unmatched: z.int().describe('accepted, and counted as soon as their meter and account exist'),
    rejected: z.array(z.object({ index: z.int(), id: z.string().nullable(), reason: z.string() })),
  }),
  errors: ['usage.busy'],
  examples: ingestUsageExamples,
});

const usageSchema = z.object({
  meter: z.string(),
  aggregation: z.string(),
  unit: z.string().nullable(),
  quantity: z.string(),
});

const groupByQuery = z
  .string()
  .max(600)
  .transform((text) => text.split(','))
  .describe("dimensions of the meter, with commas between: a quantity for each combination of the values' texts");

const timeSeriesFields = ['windowSize', 'timeZone', 'groupBy'] as const;

export const getUsage = defineOperation({
  id: 'getUsage',
  method: 'GET',
  path: '/usage',
  summary: "An account's usage by meter in [from, to)",
  permission: 'usage:read',
  description:
    'With windowSize or groupBy, one meter as a time series: a quantity for each window and group that has any.',
  query: z
    .strictObject({
      accountId: idSchema,
      from: quarterHour,
      to: quarterHour,
      meter: z.string().max(100).optional(),
      windowSize: z.enum(['quarter_hour', 'hour', 'day', 'month']).optional(),
      timeZone: z
        .string()
        .max(64)
        .optional()
        .describe('IANA zone in which hours, days and months begin; UTC when absent'),
      groupBy: groupByQuery.optional(),
    })
    .refine((query) => Date.parse(query.from) < Date.parse(query.to), { path: ['to'], message: 'must be after from' })
    .refine((query) => query.meter !== undefined || timeSeriesFields.every((name) => query[name] === undefined), {
      path: ['meter'],
      message: `is required with ${timeSeriesFields.join(', ')}`,
    }),
  response: z.object({
    accountId: idSchema,
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    data: z.array(
      usageSchema.extend({
        from: z.iso.datetime().optional().describe('start of the window; with windowSize or groupBy'),
        to: z.iso.datetime().optional(),
        values: z.record(z.string(), z.string()).optional().describe('of the dimensions; "" where an event had none'),
      }),
    ),
  }),
  examples: getUsageExamples,
});

export const getCurrentUsage = defineOperation({
  id: 'getCurrentUsage',
  method: 'GET',
  path: '/usage/current',
  summary: "An account's usage by meter since a period's start",
  permission: 'usage:read',
  query: z.strictObject({ accountId: idSchema, from: quarterHour, meter: z.string().max(100).optional() }),
  response: z.object({ accountId: idSchema, from: z.iso.datetime(), to: z.iso.datetime(), data: z.array(usageSchema) }),
  examples: getCurrentUsageExamples,
});

export const listUnmatchedUsage = defineOperation({
  id: 'listUnmatchedUsage',
  method: 'GET',
  path: '/usage/unmatched',
  summary: 'Events that nothing counts yet, by reason',
  permission: 'usage:read',
  response: z.object({ data: z.array(z.object({ reason: z.string(), count: z.int(), example: z.unknown() })) }),
});

export const replayUnmatchedUsage = defineOperation({
  id: 'replayUnmatchedUsage',
  method: 'POST',
  path: '/usage/unmatched/replay',
  summary: 'Count the unmatched events whose meter and account exist now',
  permission: 'usage:write',
  response: z.object({ counted: z.int(), unmatched: z.int() }),
});

export const listUnmatchedUsageEvents = defineOperation({
  id: 'listUnmatchedUsageEvents',
  method: 'GET',
  path: '/usage/unmatched/events',
  summary: 'The events that nothing counts yet',
  permission: 'usage:read',
  query: pageQuerySchema.extend({ reason: z.string().max(500).optional() }),
  response: pageSchema(
    z.object({
      reason: z.string(),
      event: z.object({
        specversion: z.literal('1.0'),
        source: z.string(),
        id: z.string(),
        type: z.string(),
        subject: z.string(),
        time: z.iso.datetime(),
        data: z.record(z.string(), z.unknown()),
      }),
      receivedAt: z.iso.datetime(),
    }),
  ),
});

export const correctUnmatchedUsage = defineOperation({
  id: 'correctUnmatchedUsage',
  method: 'POST',
  path: '/usage/unmatched/correct',
  summary: 'Replace an unmatched event by another of the same source and id, and count it if that can be',
  permission: 'usage:correct',
  body: z.strictObject({ event: z.record(z.string(), z.unknown()).describe('the CloudEvent as it should have been') }),
  response: z.object({ counted: z.int(), unmatched: z.int() }),
  sensitive: true,
  examples: correctUnmatchedUsageExamples,
});

export const listRejectionReasons = defineOperation({
  id: 'listRejectionReasons',
  method: 'GET',
  path: '/usage/rejected',
  summary: 'How many events were refused, by reason',
  permission: 'usage:read',
  response: z.object({
    data: z.array(
      z.object({ reason: z.string(), count: z.int(), firstAt: z.iso.datetime(), lastAt: z.iso.datetime() }),
    ),
  }),
});

export const listRejectedUsage = defineOperation({
  id: 'listRejectedUsage',
  method: 'GET',
  path: '/usage/rejected/events',
  summary: 'Events that were refused, newest first',
  description: 'The newest 10,000 of a tenant are kept, and of one request the first 100.',
  permission: 'usage:read',
  query: pageQuerySchema.extend({ reason: z.string().max(500).optional() }),
  response: pageSchema(
    z.object({
      id: idSchema,
      reason: z.string(),
      event: z.unknown().describe('as it came; null when it was longer than 16 kB'),
      receivedAt: z.iso.datetime(),
    }),
  ),
  examples: listRejectedUsageExamples,
});

export const resendRejectedUsage = defineOperation({
  id: 'resendRejectedUsage',
  method: 'POST',
  path: '/usage/rejected/events/:rejectedId/resend',
  summary: 'Send a refused event again, corrected where the request has an event',
  permission: 'usage:write',
  params: z.strictObject({ rejectedId: idSchema }),
  body: z.strictObject({ event: z.record(z.string(), z.unknown()).optional() }),
  response: z.object({ accepted: z.int(), duplicates: z.int(), unmatched: z.int() }),
  errors: ['usage.busy'],
  examples: resendRejectedUsageExamples,
});
