import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './quota.dto.ts';
import { toAlertResponse, toResponse, toStateResponse } from './quota.dto.ts';
import { QuotaService } from './quota.service.ts';
import { QuotaStateService } from './quota-state.service.ts';
import { isUsedUp } from './quota.ts';

@Controller('api/v1')
export class QuotaController {
  readonly #quotas: QuotaService;
  readonly #states: QuotaStateService;
  constructor(@Inject(QuotaService) quotas: QuotaService, @Inject(QuotaStateService) states: QuotaStateService) {
    this.#quotas = quotas;
    this.#states = states;
  }

  @Handles(operations.createQuota)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createQuota>): Promise<OperationOutput<typeof operations.createQuota>> {
    return toResponse(await this.#quotas.create(tenantId, body));
  }

  @Handles(operations.listQuotas)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listQuotas>): Promise<OperationOutput<typeof operations.listQuotas>> {
    const page = await this.#quotas.list(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getQuota)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getQuota>): Promise<OperationOutput<typeof operations.getQuota>> {
    return toResponse(await this.#quotas.get(tenantId, params.quotaId));
  }

  @Handles(operations.updateQuota)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateQuota>): Promise<OperationOutput<typeof operations.updateQuota>> {
    return toResponse(await this.#quotas.update(tenantId, params.quotaId, body, ifMatch));
  }

  @Handles(operations.deleteQuota)
  async delete({ tenantId, params }: OperationInput<typeof operations.deleteQuota>): Promise<undefined> {
    await this.#quotas.delete(tenantId, params.quotaId);
  }

  @Handles(operations.listQuotaAlerts)
  async listAlerts({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.listQuotaAlerts>): Promise<OperationOutput<typeof operations.listQuotaAlerts>> {
    const page = await this.#quotas.listAlerts(tenantId, params.quotaId, query);
    return { ...page, data: page.data.map(toAlertResponse) };
  }

  @Handles(operations.listQuotaStates)
  async listStates({
    tenantId,
    query,
  }: OperationInput<typeof operations.listQuotaStates>): Promise<OperationOutput<typeof operations.listQuotaStates>> {
    const states = await this.#states.list(tenantId, query.accountId);
    return {
      accountId: query.accountId,
      data: states.map((state) => toStateResponse(state, !isUsedUp(state))),
    };
  }
}
