import { idSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema } from '@plinth/common';
import { z } from 'zod';
import { evidenceParts } from './evidence.ts';
import { getEvidenceExamples, getEvidencePartExamples } from './evidence-examples.ts';

const partSchema = z.object({
  status: z.enum(['available', 'unavailable']).describe('unavailable: the service that knows it did not answer'),
  reason: z.string().nullable().describe('code of why it is unavailable'),
  data: z.array(z.record(z.string(), z.unknown())),
  nextCursor: z.string().nullable().describe('for the next page, at GET /disputes/evidence/:part'),
});

export type PartResponse = z.input<typeof partSchema>;

const time = z.iso.datetime({ offset: true });
const scope = {
  accountId: idSchema.optional().describe('with invoiceId: whose usage, where several accounts are on the invoice'),
  from: time.optional(),
  to: time.optional(),
  invoiceId: idSchema.optional().describe('what belongs to one invoice, and the time that it bills'),
};

interface ScopeQuery {
  readonly accountId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly invoiceId?: string | undefined;
}

function isScope({ accountId, from, to, invoiceId }: ScopeQuery): boolean {
  if (invoiceId !== undefined) return from === undefined && to === undefined;
  return accountId !== undefined && from !== undefined && to !== undefined && Date.parse(from) < Date.parse(to);
}

const scopeMessage = { message: 'must be invoiceId, or accountId with from before to', path: ['accountId'] };
const scopeSchema = z.object({
  accountId: idSchema,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  invoiceId: idSchema.nullable(),
});

export const getEvidence = defineOperation({
  id: 'getEvidence',
  method: 'GET',
  path: '/disputes/evidence',
  summary: 'Get all that is known about an account in a time, or about an invoice',
  description:
    'Each part begins with its first page and has its own cursor. Usage events are evidence down to the requests that ' +
    'caused them: `source` and `data` say which service and endpoint. `changes` are the audit entries of the subscriptions.',
  permission: 'dispute:read',
  query: z
    .strictObject({ ...scope, limit: z.coerce.number().int().min(1).max(100).default(20) })
    .refine(isScope, scopeMessage),
  response: z.object({
    scope: scopeSchema,
    account: partSchema,
    subscriptions: partSchema.describe('with the phases that they had and will have'),
    changes: partSchema.describe('who did what to the subscriptions, and when'),
    usageEvents: partSchema,
    invoices: partSchema.describe(
      'each with its first 200 lines; nextLinesCursor is for GET /invoices/:invoiceId/lines',
    ),
    creditNotes: partSchema,
    payments: partSchema,
    refunds: partSchema,
    chargebacks: partSchema,
    credits: partSchema.describe('movements of prepaid credit, positive where it grew'),
    notices: partSchema.describe('mails about invoices and payments: who got what and when'),
  }),
  examples: getEvidenceExamples,
});

export const getEvidencePart = defineOperation({
  id: 'getEvidencePart',
  method: 'GET',
  path: '/disputes/evidence/:part',
  summary: 'Get a page of one part of the evidence',
  permission: 'dispute:read',
  params: z.strictObject({ part: z.enum(evidenceParts) }),
  query: pageQuerySchema.extend(scope).refine(isScope, scopeMessage),
  response: partSchema,
  examples: getEvidencePartExamples,
});
