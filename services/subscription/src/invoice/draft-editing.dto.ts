import { decimalSchema, idSchema } from '@plinth/contracts';
import { defineOperation } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import { invoiceResponseSchema } from './invoice.dto.ts';
import { addDraftLineExamples, changeDraftLineExamples, removeDraftLineExamples } from './invoice-examples.ts';

const invoiceParams = z.strictObject({ invoiceId: idSchema });
const lineParams = invoiceParams.extend({ position: z.coerce.number().int().min(1).max(2_147_483_647) });
const taxCategorySchema = z.string().min(1).max(100);
const descriptionSchema = z.string().min(1).max(500);
const reasonSchema = z.string().min(1).max(500);

const editing = {
  permission: 'invoice:write',
  response: invoiceResponseSchema,
  etag: 'required',
  errors: ['invoice.status_not_allowed', 'request.version_mismatch', 'approval.required', 'approval.limit_exceeded'],
  problems: approvalProblems,
} as const;

export const addDraftLine = defineOperation({
  ...editing,
  id: 'addDraftLine',
  method: 'POST',
  path: '/invoices/:invoiceId/lines',
  summary: 'Add a line to a draft, which is worked out anew',
  params: invoiceParams,
  body: z.strictObject({
    description: descriptionSchema,
    quantity: decimalSchema.refine((text) => !/^-|^0+(\.0+)?$/.test(text), 'must be more than zero').default('1'),
    unitAmount: decimalSchema.describe('major units; negative for what is given back'),
    taxCategory: taxCategorySchema.default('standard'),
    taxInclusive: z.boolean().default(false),
  }),
  status: 201,
  idempotent: true,
  sensitive: true,
  examples: addDraftLineExamples,
});

export const changeDraftLine = defineOperation({
  ...editing,
  id: 'changeDraftLine',
  method: 'PATCH',
  path: '/invoices/:invoiceId/lines/:position',
  summary: "Change what a draft's line says or costs; the draft is worked out anew",
  params: lineParams,
  body: z.strictObject({
    description: descriptionSchema.optional(),
    amount: decimalSchema.optional().describe('major units, instead of what was worked out'),
    taxCategory: taxCategorySchema.optional(),
    reason: reasonSchema,
  }),
  sensitive: true,
  examples: changeDraftLineExamples,
});

export const removeDraftLine = defineOperation({
  ...editing,
  id: 'removeDraftLine',
  method: 'DELETE',
  path: '/invoices/:invoiceId/lines/:position',
  summary: 'Take a line off a draft; one of a subscription stays with an amount of nothing',
  params: lineParams,
  query: z.strictObject({ reason: reasonSchema }),
  sensitive: true,
  examples: removeDraftLineExamples,
});
