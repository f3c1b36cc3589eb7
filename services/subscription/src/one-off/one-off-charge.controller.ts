import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { GuardedActions } from '../approval/guarded-actions.service.ts';
import { GuardedConcessions } from '../approval/guarded-concessions.service.ts';
import * as operations from './one-off-charge.dto.ts';
import { toResponse } from './one-off-charge.dto.ts';
import { OneOffChargeService } from './one-off-charge.service.ts';

@Controller('api/v1')
export class OneOffChargeController {
  readonly #charges: OneOffChargeService;
  readonly #guarded: GuardedActions;
  readonly #concessions: GuardedConcessions;
  constructor(
    @Inject(OneOffChargeService) charges: OneOffChargeService,
    @Inject(GuardedActions) guarded: GuardedActions,
    @Inject(GuardedConcessions) concessions: GuardedConcessions,
  ) {
    this.#charges = charges;
    this.#guarded = guarded;
    this.#concessions = concessions;
  }

  @Handles(operations.createCharge)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createCharge>): Promise<OperationOutput<typeof operations.createCharge>> {
    const { when, ...charge } = body;
    return toResponse(await this.#guarded.charge(tenantId, charge, when));
  }

  @Handles(operations.listCharges)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listCharges>): Promise<OperationOutput<typeof operations.listCharges>> {
    const page = await this.#charges.list(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.cancelCharge)
  async cancel({ tenantId, params }: OperationInput<typeof operations.cancelCharge>): Promise<undefined> {
    await this.#concessions.cancelCharge(tenantId, params.chargeId);
  }
}
