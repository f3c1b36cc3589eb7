import { idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';

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
});

const usageSchema = z.object({
  meter: z.string(),
  aggregation: z.string(),
  unit: z.string().nullable(),
  quantity: z.string(),
});

export const getUsage = defineOperation({
  id: 'getUsage',
  method: 'GET',
  path: '/usage',
  summary: "An account's usage by meter in [from, to)",
  permission: 'usage:read',
  query: z
    .strictObject({ accountId: idSchema, from: quarterHour, to: quarterHour, meter: z.string().max(100).optional() })
    .refine((query) => query.from < query.to, { path: ['to'], message: 'must be after from' }),
  response: z.object({ accountId: idSchema, from: z.iso.datetime(), to: z.iso.datetime(), data: z.array(usageSchema) }),
});

export const getCurrentUsage = defineOperation({
  id: 'getCurrentUsage',
  method: 'GET',
  path: '/usage/current',
  summary: "An account's usage by meter since a period's start",
  permission: 'usage:read',
  query: z.strictObject({ accountId: idSchema, from: quarterHour, meter: z.string().max(100).optional() }),
  response: z.object({ accountId: idSchema, from: z.iso.datetime(), to: z.iso.datetime(), data: z.array(usageSchema) }),
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
