import { defineOperation } from '@plinth/common';
import { currencySchema, minorUnitsSchema } from '@plinth/contracts';
import { z } from 'zod';
import { runInvoicesExamples } from '../invoice/invoice-examples.ts';

export const runInvoices = defineOperation({
  id: 'runInvoices',
  method: 'POST',
  path: '/invoices/runs',
  summary: 'Bill every subscription that is due',
  description:
    'Each billing of a subscription becomes one invoice, once: repeating a run, or running two at a time, changes nothing. ' +
    'A run that was cut off is continued by the next one.',
  permission: 'invoice:write',
  body: z.strictObject({
    until: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('bills what fell due at or before this instant; now when absent, never later'),
    finalize: z.boolean().default(true).describe('whether invoices get their numbers at once, or stay drafts'),
  }),
  response: z.object({
    subscriptions: z.int().describe('subscriptions billed'),
    invoices: z.int(),
    skipped: z.int().describe('left to another run, or changed meanwhile'),
    failed: z.int().describe('could not be rated; the log says why, and the next run tries again'),
    amounts: z.array(z.object({ currency: currencySchema, totalMinor: minorUnitsSchema })),
    durationMs: z.int(),
  }),
  examples: runInvoicesExamples,
});
