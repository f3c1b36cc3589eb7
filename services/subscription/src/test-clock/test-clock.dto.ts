import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { advanceTestClockExamples } from './test-clock-examples.ts';

export const getTestClock = defineOperation({
  id: 'getTestClock',
  method: 'GET',
  path: '/subscriptions/clock',
  summary: "Get the tenant's time, and whether it is a sandbox that may move it",
  permission: 'subscription:read',
  response: z.object({
    sandbox: z.boolean(),
    testClock: z.iso.datetime().nullable().describe("where its time stands; null: it goes with everybody's"),
  }),
});

export const advanceTestClock = defineOperation({
  id: 'advanceTestClock',
  method: 'POST',
  path: '/subscriptions/clock/advance',
  summary: 'Move the time of a sandbox forward and let happen what falls due on the way',
  description:
    "The first call stops the sandbox's time. Each billing, renewal and retry happens at its own instant and in order. " +
    'Where `now` is before what was asked for, too much happened on the way: call again.',
  permission: 'subscription:write',
  sensitive: true,
  body: z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  response: z.object({
    from: z.iso.datetime(),
    now: z.iso.datetime(),
    steps: z.int().describe('instants at which it stopped'),
    done: z.record(z.string(), z.int()).describe('how much of each kind of work was done, such as invoices written'),
  }),
  errors: ['test_clock.not_a_sandbox', 'test_clock.not_ahead'],
  examples: advanceTestClockExamples,
});
