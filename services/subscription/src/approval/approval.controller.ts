import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { ApprovalDecisions } from './approval-decision.service.ts';
import { ApprovalRuleService } from './approval-rule.service.ts';
import { ApprovalService } from './approval.service.ts';
import * as operations from './approval.dto.ts';
import { toRequestResponse, toRuleResponse } from './approval.dto.ts';

type Response = OperationOutput<typeof operations.getApproval>;

@Controller('api/v1')
export class ApprovalController {
  readonly #approvals: ApprovalService;
  readonly #decisions: ApprovalDecisions;
  readonly #rules: ApprovalRuleService;
  constructor(
    @Inject(ApprovalService) approvals: ApprovalService,
    @Inject(ApprovalDecisions) decisions: ApprovalDecisions,
    @Inject(ApprovalRuleService) rules: ApprovalRuleService,
  ) {
    this.#approvals = approvals;
    this.#decisions = decisions;
    this.#rules = rules;
  }

  @Handles(operations.listApprovalRules)
  async listRules({
    tenantId,
    query,
  }: OperationInput<typeof operations.listApprovalRules>): Promise<
    OperationOutput<typeof operations.listApprovalRules>
  > {
    const page = await this.#rules.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toRuleResponse) };
  }

  @Handles(operations.setApprovalRule)
  async setRule({
    principal,
    body: { amountMinor, dayMinor, ...body },
  }: OperationInput<typeof operations.setApprovalRule>): Promise<OperationOutput<typeof operations.setApprovalRule>> {
    const toAmount = (text: string | null) => (text === null ? null : BigInt(text));
    const rule = { ...body, amountMinor: toAmount(amountMinor), dayMinor: toAmount(dayMinor) };
    return toRuleResponse(await this.#rules.set(principal, rule));
  }

  @Handles(operations.deleteApprovalRule)
  async deleteRule({ principal, params }: OperationInput<typeof operations.deleteApprovalRule>): Promise<undefined> {
    await this.#rules.remove(principal, params.ruleId);
  }

  @Handles(operations.listApprovals)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listApprovals>): Promise<OperationOutput<typeof operations.listApprovals>> {
    const page = await this.#approvals.list(tenantId, query);
    return { ...page, data: page.data.map(toRequestResponse) };
  }

  @Handles(operations.getApproval)
  async get({ tenantId, params }: OperationInput<typeof operations.getApproval>): Promise<Response> {
    return toRequestResponse(await this.#approvals.get(tenantId, params.approvalId));
  }

  @Handles(operations.approveRequest)
  async approve({ principal, params, body }: OperationInput<typeof operations.approveRequest>): Promise<Response> {
    const decision = { id: params.approvalId, note: body?.note ?? null };
    return toRequestResponse(await this.#decisions.approve(principal, decision));
  }

  @Handles(operations.rejectRequest)
  async reject({ principal, params, body }: OperationInput<typeof operations.rejectRequest>): Promise<Response> {
    const decision = { id: params.approvalId, note: body?.note ?? null };
    return toRequestResponse(await this.#decisions.reject(principal, decision));
  }

  @Handles(operations.cancelRequest)
  async cancel({ principal, params }: OperationInput<typeof operations.cancelRequest>): Promise<Response> {
    return toRequestResponse(await this.#decisions.cancel(principal, params.approvalId));
  }
}
