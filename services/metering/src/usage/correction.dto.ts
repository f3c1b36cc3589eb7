import { idSchema, usageEventRecordSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import type { EventRecord } from './correction.ts';
import { listUsageEventsExamples, replaceUsageEventExamples, retractUsageEventExamples } from './usage-examples.ts';

const eventSchema = usageEventRecordSchema;

const correctionBody = z.strictObject({
  source: z.string().min(1).max(512),
  id: z.string().min(1).max(512),
  accountId: idSchema.describe('of the account that the event counts for'),
  time: z.iso.datetime({ offset: true }).optional().describe("the event's time; finds it faster"),
  reason: z.string().trim().min(1).max(500),
});

export const listUsageEvents = defineOperation({
  id: 'listUsageEvents',
  method: 'GET',
  path: '/usage/events',
  summary: "An account's usage events in [from, to), as evidence of what was counted",
  permission: 'usage:read',
  query: pageQuerySchema
    .extend({
      accountId: idSchema,
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      meter: z.string().max(100).optional().describe('key of a meter: only events that it counts'),
      order: z.enum(['newest', 'oldest']).default('newest'),
    })
    .refine((query) => Date.parse(query.from) < Date.parse(query.to), { path: ['to'], message: 'must be after from' }),
  response: pageSchema(eventSchema),
  examples: listUsageEventsExamples,
});

export const retractUsageEvent = defineOperation({
  id: 'retractUsageEvent',
  method: 'POST',
  path: '/usage/events/retract',
  summary: 'Count an event no more',
  description:
    'The event stays listed as retracted, and its source and id stay taken. If its time is past, the change is listed for billing.',
  permission: 'usage:correct',
  body: correctionBody,
  response: eventSchema,
  idempotent: true,
  sensitive: true,
  errors: ['usage.event_retracted'],
  examples: retractUsageEventExamples,
});

export const replaceUsageEvent = defineOperation({
  id: 'replaceUsageEvent',
  method: 'POST',
  path: '/usage/events/replace',
  summary: 'Give an event other data, and count that instead',
  description: 'Account, type and time stay: to change those, retract the event and send another one.',
  permission: 'usage:correct',
  body: correctionBody.extend({ data: z.record(z.string(), z.unknown()) }),
  response: eventSchema,
  idempotent: true,
  sensitive: true,
  errors: ['usage.event_retracted'],
  examples: replaceUsageEventExamples,
});

export function toEventResponse({ hash: _, ...event }: EventRecord): z.output<typeof eventSchema> {
  return {
    ...event,
    time: event.time.toISOString(),
    receivedAt: event.receivedAt.toISOString(),
    corrections: event.corrections.map((one) => ({ ...one, correctedAt: one.correctedAt.toISOString() })),
  };
}
