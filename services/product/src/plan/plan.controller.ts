import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './plan.dto.ts';
import { toResponse } from './plan.dto.ts';
import { PlanService } from './plan.service.ts';

@Controller('api/v1')
export class PlanController {
  readonly #plans: PlanService;
  constructor(@Inject(PlanService) plans: PlanService) {
    this.#plans = plans;
  }

  @Handles(operations.createPlan)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createPlan>): Promise<OperationOutput<typeof operations.createPlan>> {
    return toResponse(await this.#plans.create(tenantId, body));
  }

  @Handles(operations.publishPlanVersion)
  async publishVersion({
    tenantId,
    params,
    body,
  }: OperationInput<typeof operations.publishPlanVersion>): Promise<
    OperationOutput<typeof operations.publishPlanVersion>
  > {
    return toResponse(await this.#plans.publishVersion(tenantId, params.planId, body));
  }

  @Handles(operations.listPlans)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listPlans>): Promise<OperationOutput<typeof operations.listPlans>> {
    const page = await this.#plans.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getPlan)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getPlan>): Promise<OperationOutput<typeof operations.getPlan>> {
    return toResponse(await this.#plans.get(tenantId, params.planId));
  }

  @Handles(operations.listPlanVersions)
  async listVersions({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.listPlanVersions>): Promise<OperationOutput<typeof operations.listPlanVersions>> {
    const page = await this.#plans.listVersions(tenantId, params.planId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getPlanVersion)
  async getVersion({
    tenantId,
    params,
  }: OperationInput<typeof operations.getPlanVersion>): Promise<OperationOutput<typeof operations.getPlanVersion>> {
    return toResponse(await this.#plans.getVersion(tenantId, params.planId, params.planVersion));
  }

  @Handles(operations.comparePlanVersions)
  async compare({
    tenantId,
    params: { planId },
    query: { from, to },
  }: OperationInput<typeof operations.comparePlanVersions>): Promise<
    OperationOutput<typeof operations.comparePlanVersions>
  > {
    return { planId, from, to, changes: await this.#plans.compareVersions(tenantId, planId, from, to) };
  }

  @Handles(operations.updatePlan)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updatePlan>): Promise<OperationOutput<typeof operations.updatePlan>> {
    return toResponse(await this.#plans.update(tenantId, params.planId, body, ifMatch));
  }
}
