import { currencySchema, idSchema, minorUnitsSchema } from '@plinth/contracts';
import { defineOperation, pageQuerySchema, pageSchema } from '@plinth/common';
import { z } from 'zod';
import { guardedActions, type ApprovalRequest, type ApprovalRule } from './approval.ts';
import {
  approveRequestExamples,
  listApprovalsExamples,
  rejectRequestExamples,
  setApprovalRuleExamples,
} from './approval-examples.ts';

const statusSchema = z.enum(['pending', 'approved', 'executed', 'failed', 'rejected', 'canceled', 'expired']);
const actionSchema = z.enum(guardedActions);
const amountSchema = z.string().regex(/^\d{1,30}$/, 'must be zero or a positive integer in the smallest unit');

const ruleSchema = z.object({
  id: idSchema,
  action: actionSchema,
  holder: z.string(),
  currency: currencySchema,
  amountMinor: minorUnitsSchema.nullable(),
  dayMinor: minorUnitsSchema.nullable(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const requestSchema = z.object({
  id: idSchema,
  action: actionSchema,
  accountId: idSchema,
  disputeId: idSchema.nullable(),
  currency: currencySchema,
  amountMinor: minorUnitsSchema
    .nullable()
    .describe('null: what it comes to is not known beforehand, such as a percentage'),
  reason: z.string(),
  input: z.record(z.string(), z.unknown()).describe('with which it is done once it is approved'),
  status: statusSchema.describe(
    'approved: it is done at once, or by itself a little later; then it is executed or failed',
  ),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decisionNote: z.string().nullable(),
  executedAt: z.iso.datetime().nullable(),
  result: z.object({ type: z.string(), id: idSchema }).nullable().describe('what came of it'),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  version: z.int(),
});

export const listApprovalRules = defineOperation({
  id: 'listApprovalRules',
  method: 'GET',
  path: '/disputes/approval-rules',
  summary: 'List who may give away how much without approval',
  description: 'Without a rule administrators have no limit, and everybody else may give away nothing.',
  permission: 'dispute:read',
  query: pageQuerySchema,
  response: pageSchema(ruleSchema),
});

export const setApprovalRule = defineOperation({
  id: 'setApprovalRule',
  method: 'PUT',
  path: '/disputes/approval-rules',
  summary: 'Set how much a holder may give away by an action in a currency',
  description: 'Nobody gives a limit above their own. Whoever has several limits may use any of them.',
  permission: 'role:write',
  body: z.strictObject({
    action: actionSchema.describe(
      'adjustment: a charge of less than nothing, one that is taken back, or a draft that is made cheaper; credit: a ' +
        'promotional grant; coupon: one that a person redeems; recorded_payment: money that somebody says has come',
    ),
    holder: z
      .string()
      .regex(/^([a-z][a-z0-9_-]{0,62}|[a-z0-9_-]+:[a-z0-9_-]+)$/, 'must be the name of a built-in role or a permission')
      .max(200)
      .describe('a built-in role, or a permission (with a colon) by which roles of your own are told apart'),
    currency: currencySchema,
    amountMinor: amountSchema.nullable().describe('at once; null: no limit'),
    dayMinor: amountSchema.nullable().describe('over any 24 hours; null: no limit'),
  }),
  response: ruleSchema,
  sensitive: true,
  errors: ['approval_rule.too_generous'],
  examples: setApprovalRuleExamples,
});

export const deleteApprovalRule = defineOperation({
  id: 'deleteApprovalRule',
  method: 'DELETE',
  path: '/disputes/approval-rules/:ruleId',
  summary: 'Remove a limit: its holder is limited as without one',
  permission: 'role:write',
  params: z.strictObject({ ruleId: idSchema }),
  response: z.undefined(),
  status: 204,
  sensitive: true,
  errors: ['approval_rule.too_generous'],
});

export const listApprovals = defineOperation({
  id: 'listApprovals',
  method: 'GET',
  path: '/disputes/approvals',
  summary: 'List what waits for approval, and what became of it, newest first',
  permission: 'dispute:read',
  query: pageQuerySchema.extend({
    status: statusSchema.optional(),
    disputeId: idSchema.optional(),
    accountId: idSchema.optional(),
    requestedBy: z.string().max(200).optional(),
  }),
  response: pageSchema(requestSchema),
  examples: listApprovalsExamples,
});

export const getApproval = defineOperation({
  id: 'getApproval',
  method: 'GET',
  path: '/disputes/approvals/:approvalId',
  summary: 'Get an approval request',
  permission: 'dispute:read',
  params: z.strictObject({ approvalId: idSchema }),
  response: requestSchema,
});

const decision = {
  method: 'POST',
  params: z.strictObject({ approvalId: idSchema }),
  body: z.strictObject({ note: z.string().trim().min(1).max(2000).optional() }).optional(),
  response: requestSchema,
  sensitive: true,
} as const;

export const approveRequest = defineOperation({
  ...decision,
  id: 'approveRequest',
  path: '/disputes/approvals/:approvalId/approve',
  summary: 'Approve a request of somebody else, within your own limit, and do it',
  permission: 'dispute:approve',
  idempotent: true,
  errors: ['approval.own_request', 'approval.not_a_person', 'approval.approver_limit', 'approval.decided'],
  examples: approveRequestExamples,
});

export const rejectRequest = defineOperation({
  ...decision,
  id: 'rejectRequest',
  path: '/disputes/approvals/:approvalId/reject',
  summary: 'Reject a request of somebody else',
  permission: 'dispute:approve',
  errors: ['approval.own_request', 'approval.not_a_person', 'approval.decided'],
  examples: rejectRequestExamples,
});

export const cancelRequest = defineOperation({
  ...decision,
  id: 'cancelRequest',
  path: '/disputes/approvals/:approvalId/cancel',
  summary: 'Take back a request of your own',
  permission: 'dispute:read',
  body: undefined,
  errors: ['approval.decided'],
});

export function toRuleResponse(rule: ApprovalRule): z.output<typeof ruleSchema> {
  return {
    ...rule,
    amountMinor: rule.amountMinor?.toString() ?? null,
    dayMinor: rule.dayMinor?.toString() ?? null,
    createdAt: rule.createdAt.toISOString(),
    updatedAt: rule.updatedAt.toISOString(),
  };
}

export function toRequestResponse(request: ApprovalRequest): z.output<typeof requestSchema> {
  const {
    attempts: _attempts,
    attemptedAt: _at,
    resultType,
    resultId,
    failureCode,
    failureMessage,
    ...shown
  } = request;
  return {
    ...shown,
    amountMinor: request.amountMinor?.toString() ?? null,
    requestedAt: request.requestedAt.toISOString(),
    expiresAt: request.expiresAt.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
    executedAt: request.executedAt?.toISOString() ?? null,
    result: resultType === null ? null : { type: resultType, id: resultId! },
    failure: failureCode === null ? null : { code: failureCode, message: failureMessage! },
  };
}
