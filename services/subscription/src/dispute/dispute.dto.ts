import { currencySchema, decimalSchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { approvalProblems } from '../approval/approval-problem.ts';
import { evidenceParts } from '../evidence/evidence.ts';
import { disputeReasons, type Dispute, type TimelineItem } from './dispute.ts';
import {
  actOnDisputeExamples,
  addDisputeNoteExamples,
  closeDisputeExamples,
  getDisputeSnapshotExamples,
  investigateDisputeExamples,
  listDisputesExamples,
  openDisputeExamples,
  updateDisputeExamples,
} from './dispute-examples.ts';

const statusSchema = z.enum(['open', 'investigating', 'resolved', 'rejected']);
const textSchema = z.string().trim().min(1).max(5000);
const positionsSchema = z
  .array(z.int().min(1))
  .max(500)
  .refine((positions) => new Set(positions).size === positions.length, 'must not name a line twice');

export const disputeResponseSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  reason: z.enum(disputeReasons),
  description: z.string(),
  status: statusSchema,
  assigneeId: z.string().nullable(),
  currency: currencySchema,
  disputedMinor: minorUnitsSchema.describe('with tax'),
  invoices: z.array(
    z.object({
      invoiceId: idSchema,
      positions: z.array(z.int()).describe('lines; empty: the whole invoice'),
      disputedMinor: minorUnitsSchema,
    }),
  ),
  evidenceFrom: z.iso.datetime(),
  evidenceTo: z.iso.datetime(),
  chargebackId: idSchema.nullable(),
  outcome: z.string().nullable(),
  openedBy: z.string(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
});

const timelineItemSchema = z.object({
  id: idSchema,
  kind: z.enum([
    'opened',
    'note',
    'investigating',
    'assigned',
    'chargeback_linked',
    'resolved',
    'rejected',
    'action',
    'approval',
  ]),
  actorId: z.string().describe('of an action that was approved: who approved it'),
  content: z.record(z.string(), z.unknown()),
  happenedAt: z.iso.datetime(),
});

const params = z.strictObject({ disputeId: idSchema });
const one = { params, response: disputeResponseSchema, permission: 'dispute:write' } as const;

export const openDispute = defineOperation({
  id: 'openDispute',
  method: 'POST',
  path: '/disputes',
  summary: 'Open a dispute: the evidence is kept as it is, and its invoices are not collected meanwhile',
  permission: 'dispute:write',
  body: z.strictObject({
    accountId: idSchema,
    reason: z.enum(disputeReasons),
    description: textSchema.describe("the customer's complaint"),
    invoices: z
      .array(z.strictObject({ invoiceId: idSchema, positions: positionsSchema.default([]) }))
      .min(1)
      .max(50)
      .refine(
        (list) => new Set(list.map(({ invoiceId }) => invoiceId)).size === list.length,
        'must name an invoice once',
      )
      .describe('of one currency; without positions the whole invoice'),
    chargebackId: idSchema.optional(),
  }),
  response: disputeResponseSchema,
  status: 201,
  idempotent: true,
  etag: 'returned',
  errors: ['dispute.invoice_not_final', 'dispute.unrelated'],
  examples: openDisputeExamples,
});

export const listDisputes = defineOperation({
  id: 'listDisputes',
  method: 'GET',
  path: '/disputes',
  summary: 'List disputes, newest first',
  permission: 'dispute:read',
  query: pageQuerySchema.extend({
    accountId: idSchema.optional(),
    invoiceId: idSchema.optional(),
    assigneeId: z.string().max(200).optional(),
    status: statusSchema.optional(),
  }),
  response: pageSchema(disputeResponseSchema),
  examples: listDisputesExamples,
});

export const getDispute = defineOperation({
  ...one,
  id: 'getDispute',
  method: 'GET',
  path: '/disputes/:disputeId',
  summary: 'Get a dispute',
  permission: 'dispute:read',
  etag: 'returned',
});

export const updateDispute = defineOperation({
  ...one,
  id: 'updateDispute',
  method: 'PATCH',
  path: '/disputes/:disputeId',
  summary: 'Assign a dispute, or link the chargeback by which it is disputed at the bank too',
  body: z.strictObject({
    assigneeId: z.string().min(1).max(200).nullable().optional(),
    chargebackId: idSchema.optional(),
  }),
  etag: 'required',
  errors: ['dispute.status_not_allowed', 'dispute.unrelated', 'request.version_mismatch'],
  examples: updateDisputeExamples,
});

export const investigateDispute = defineOperation({
  ...one,
  id: 'investigateDispute',
  method: 'POST',
  path: '/disputes/:disputeId/investigate',
  summary: 'Begin to investigate; the caller becomes the assignee unless there is one',
  errors: ['dispute.status_not_allowed'],
  examples: investigateDisputeExamples,
});

export const closeDispute = defineOperation({
  ...one,
  id: 'closeDispute',
  method: 'POST',
  path: '/disputes/:disputeId/close',
  summary: 'End a dispute, for the customer or against them; its invoices are collected again',
  body: z.strictObject({ status: z.enum(['resolved', 'rejected']), outcome: textSchema }),
  etag: 'required',
  errors: ['dispute.status_not_allowed', 'dispute.approval_open', 'request.version_mismatch'],
  examples: closeDisputeExamples,
});

export const addDisputeNote = defineOperation({
  id: 'addDisputeNote',
  method: 'POST',
  path: '/disputes/:disputeId/notes',
  summary: 'Add a note, which stays as it is',
  permission: 'dispute:write',
  params,
  body: z.strictObject({ text: textSchema }),
  response: timelineItemSchema,
  status: 201,
  examples: addDisputeNoteExamples,
});

export const listDisputeTimeline = defineOperation({
  id: 'listDisputeTimeline',
  method: 'GET',
  path: '/disputes/:disputeId/timeline',
  summary: 'List what happened to a dispute, oldest first: notes, changes, actions and approvals',
  permission: 'dispute:read',
  params,
  query: pageQuerySchema,
  response: pageSchema(timelineItemSchema),
});

export const getDisputeSnapshot = defineOperation({
  id: 'getDisputeSnapshot',
  method: 'GET',
  path: '/disputes/:disputeId/snapshot/:part',
  summary: 'Get a page of what was known when the dispute was opened',
  permission: 'dispute:read',
  params: params.extend({ part: z.enum(evidenceParts) }),
  query: z.strictObject({ cursor: z.string().max(500).optional() }),
  response: z.object({
    data: z.array(z.record(z.string(), z.unknown())),
    missing: z.string().nullable().describe('why something after it is not there'),
    takenAt: z.iso.datetime(),
    nextCursor: z.string().nullable(),
  }),
  examples: getDisputeSnapshotExamples,
});

const reason = z.string().trim().min(1).max(200);
const positiveMinor = z.string().regex(/^[1-9]\d{0,29}$/, 'must be a positive integer in the smallest unit');
const positiveAmount = decimalSchema.refine((amount) => !/^-|^0+(\.0+)?$/.test(amount), 'must be more than zero');

export const disputeActionSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('refund'),
    paymentId: idSchema,
    amountMinor: positiveMinor.optional().describe('all that is left when absent'),
    reason,
  }),
  z.strictObject({
    action: z.literal('credit_note'),
    invoiceId: idSchema,
    lines: z
      .array(z.strictObject({ position: z.int().min(1), netMinor: positiveMinor.optional() }))
      .min(1)
      .max(1000)
      .optional(),
    netMinor: positiveMinor.optional().describe('instead of lines: without tax, split over them'),
    reason,
  }),
  z.strictObject({
    action: z.literal('write_off'),
    invoiceId: idSchema,
    amountMinor: positiveMinor.optional().describe('all that is open when absent'),
    reason,
  }),
  z.strictObject({ action: z.literal('void'), invoiceId: idSchema, reason }),
  z.strictObject({
    action: z.literal('credit'),
    amountMinor: positiveMinor.describe('given to the account as promotional credit'),
    expiresAt: z.iso.datetime().optional(),
    reason,
  }),
  z.strictObject({
    action: z.literal('adjustment'),
    amount: positiveAmount.describe("major units that the account's next invoice is lowered by"),
    taxCategory: z.string().min(1).max(100).default('standard'),
    taxInclusive: z.boolean().default(false),
    reason: reason.describe('stands on the invoice'),
  }),
  z.strictObject({
    action: z.literal('usage_correction'),
    source: z.string().min(1).max(512),
    eventId: z.string().min(1).max(512),
    time: z.iso.datetime().optional(),
    data: z.record(z.string(), z.unknown()).optional().describe('counted instead; absent: the event counts no more'),
    reason,
  }),
]);

export const actOnDispute = defineOperation({
  id: 'actOnDispute',
  method: 'POST',
  path: '/disputes/:disputeId/actions',
  summary: 'Give something back for a dispute; above your limit it waits for approval',
  description: 'Needs the permission of the action beside dispute:write, such as payment:refund.',
  permission: 'dispute:write',
  params,
  body: disputeActionSchema.refine(
    (body) => body.action !== 'credit_note' || (body.lines === undefined) !== (body.netMinor === undefined),
    { path: ['lines'], message: 'must stand alone: name lines or netMinor' },
  ),
  response: z.object({
    action: z.string(),
    result: z.object({ type: z.string(), id: z.string() }).describe('what came of it'),
  }),
  status: 201,
  idempotent: true,
  sensitive: true,
  errors: [
    'approval.required',
    'approval.limit_exceeded',
    'dispute.status_not_allowed',
    'dispute.unrelated',
    'refund.too_large',
    'refund.key_taken',
    'credit_note.invoice_not_final',
    'credit_note.exceeds_invoice',
    'invoice.status_not_allowed',
    'usage.event_retracted',
  ],
  problems: approvalProblems,
  examples: actOnDisputeExamples,
});

export function toResponse(dispute: Dispute): z.output<typeof disputeResponseSchema> {
  return {
    ...dispute,
    disputedMinor: dispute.disputedMinor.toString(),
    invoices: dispute.invoices.map((invoice) => ({
      ...invoice,
      positions: [...invoice.positions],
      disputedMinor: invoice.disputedMinor.toString(),
    })),
    evidenceFrom: dispute.evidenceFrom.toISOString(),
    evidenceTo: dispute.evidenceTo.toISOString(),
    createdAt: dispute.createdAt.toISOString(),
    updatedAt: dispute.updatedAt.toISOString(),
    closedAt: dispute.closedAt?.toISOString() ?? null,
  };
}

export function toTimelineResponse(item: TimelineItem): z.output<typeof timelineItemSchema> {
  return { ...item, content: { ...item.content }, happenedAt: item.happenedAt.toISOString() };
}
