import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './threshold.dto.ts';
import { ThresholdBilling } from './threshold-billing.service.ts';

type Response = OperationOutput<typeof operations.getBillingThreshold>;

@Controller('api/v1')
export class ThresholdController {
  readonly #thresholds: ThresholdBilling;
  constructor(@Inject(ThresholdBilling) thresholds: ThresholdBilling) {
    this.#thresholds = thresholds;
  }

  @Handles(operations.getBillingThreshold)
  async get({ tenantId, params }: OperationInput<typeof operations.getBillingThreshold>): Promise<Response> {
    return this.#thresholds.get(tenantId, params.subscriptionId);
  }

  @Handles(operations.setBillingThreshold)
  async set({ tenantId, params, body }: OperationInput<typeof operations.setBillingThreshold>): Promise<Response> {
    return this.#thresholds.set(tenantId, { ...params, ...body });
  }

  @Handles(operations.removeBillingThreshold)
  async remove({ tenantId, params }: OperationInput<typeof operations.removeBillingThreshold>): Promise<undefined> {
    await this.#thresholds.remove(tenantId, params.subscriptionId);
  }
}
