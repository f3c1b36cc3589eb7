import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { PlanService } from '../plan/plan.service.ts';
import * as operations from './family.dto.ts';
import { toMember, toResponse } from './family.dto.ts';
import { FamilyService } from './family.service.ts';

@Controller('api/v1')
export class FamilyController {
  readonly #families: FamilyService;
  readonly #plans: PlanService;
  constructor(@Inject(FamilyService) families: FamilyService, @Inject(PlanService) plans: PlanService) {
    this.#families = families;
    this.#plans = plans;
  }

  @Handles(operations.createPlanFamily)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createPlanFamily>): Promise<OperationOutput<typeof operations.createPlanFamily>> {
    return toResponse(await this.#families.create(tenantId, body));
  }

  @Handles(operations.listPlanFamilies)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listPlanFamilies>): Promise<OperationOutput<typeof operations.listPlanFamilies>> {
    const page = await this.#families.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getPlanFamily)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getPlanFamily>): Promise<OperationOutput<typeof operations.getPlanFamily>> {
    const family = await this.#families.get(tenantId, params.familyId);
    const plans = await this.#plans.listOfFamily(tenantId, family.id);
    return { ...toResponse(family), plans: plans.map(toMember) };
  }

  @Handles(operations.updatePlanFamily)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updatePlanFamily>): Promise<OperationOutput<typeof operations.updatePlanFamily>> {
    return toResponse(await this.#families.update(tenantId, params.familyId, body, ifMatch));
  }
}
