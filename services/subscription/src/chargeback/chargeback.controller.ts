import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './chargeback.dto.ts';
import { toResponse } from './chargeback.dto.ts';
import { ChargebackService } from './chargeback.service.ts';

@Controller('api/v1')
export class ChargebackController {
  readonly #chargebacks: ChargebackService;
  constructor(@Inject(ChargebackService) chargebacks: ChargebackService) {
    this.#chargebacks = chargebacks;
  }

  @Handles(operations.listChargebacks)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listChargebacks>): Promise<OperationOutput<typeof operations.listChargebacks>> {
    const page = await this.#chargebacks.listChargebacks(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getChargeback)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getChargeback>): Promise<OperationOutput<typeof operations.getChargeback>> {
    return toResponse(await this.#chargebacks.getChargeback(tenantId, params.chargebackId));
  }
}
