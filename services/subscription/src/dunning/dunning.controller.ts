import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { DunningPolicyService } from './dunning-policy.service.ts';
import { DunningPauseService } from './dunning-pause.service.ts';
import { defaultSteps } from './dunning.ts';
import * as operations from './dunning.dto.ts';
import { toDunningResponse, toPolicyResponse } from './dunning.dto.ts';

type Response = OperationOutput<typeof operations.getInvoiceDunning>;

@Controller('api/v1')
export class DunningController {
  readonly #policies: DunningPolicyService;
  readonly #pauses: DunningPauseService;
  constructor(
    @Inject(DunningPolicyService) policies: DunningPolicyService,
    @Inject(DunningPauseService) pauses: DunningPauseService,
  ) {
    this.#policies = policies;
    this.#pauses = pauses;
  }

  @Handles(operations.listDunningPolicies)
  async list({
    tenantId,
  }: OperationInput<typeof operations.listDunningPolicies>): Promise<
    OperationOutput<typeof operations.listDunningPolicies>
  > {
    return { data: (await this.#policies.list(tenantId)).map(toPolicyResponse), defaultSteps: [...defaultSteps] };
  }

  @Handles(operations.setDunningPolicy)
  async set({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.setDunningPolicy>): Promise<OperationOutput<typeof operations.setDunningPolicy>> {
    const legalEntityId = params.legalEntityId === 'default' ? null : params.legalEntityId;
    return toPolicyResponse(await this.#policies.set(tenantId, legalEntityId, body.steps, ifMatch));
  }

  @Handles(operations.getInvoiceDunning)
  async get({ tenantId, params }: OperationInput<typeof operations.getInvoiceDunning>): Promise<Response> {
    return toDunningResponse(await this.#pauses.get(tenantId, params.invoiceId));
  }

  @Handles(operations.pauseInvoiceDunning)
  async pause({ tenantId, params }: OperationInput<typeof operations.pauseInvoiceDunning>): Promise<Response> {
    return toDunningResponse(await this.#pauses.pause(tenantId, params.invoiceId));
  }

  @Handles(operations.resumeInvoiceDunning)
  async resume({ tenantId, params }: OperationInput<typeof operations.resumeInvoiceDunning>): Promise<Response> {
    return toDunningResponse(await this.#pauses.resume(tenantId, params.invoiceId));
  }
}
