import { idSchema, timeZoneSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { exportUsageExamples } from './export-examples.ts';

export const exportUsage = defineOperation({
  id: 'exportUsage',
  method: 'GET',
  path: '/usage/export',
  summary: 'Export events, or the usage of a meter in windows, in [from, to)',
  description:
    'JSON Lines (application/jsonl) or CSV (text/csv), sent while it is read, however much there is. Without windowSize the events themselves by account and time; with it, quantities by account, month and window, without windows that are empty. In CSV an apostrophe stands before texts that a spreadsheet would take for a formula.',
  permission: 'usage:read',
  sensitive: true,
  query: z
    .strictObject({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      meter: z.string().max(100).optional().describe('only what it counts; required with windowSize'),
      accountId: idSchema.optional(),
      format: z.enum(['csv', 'jsonl']).default('jsonl'),
      windowSize: z.enum(['quarter_hour', 'hour', 'day', 'month']).optional(),
      windowTimeZone: timeZoneSchema.default('UTC').describe('where hours, days and months begin'),
    })
    .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'must be after from' })
    .refine((query) => query.windowSize === undefined || query.meter !== undefined, {
      path: ['meter'],
      message: 'is required with windowSize',
    }),
  response: z.string(),
  examples: exportUsageExamples,
});

export type ExportQuery = z.output<typeof exportUsage.query>;
