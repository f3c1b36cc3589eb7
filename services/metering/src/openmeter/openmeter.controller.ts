import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './openmeter.dto.ts';
import { OpenMeterService } from './openmeter.service.ts';

type ValueInput = Pick<OperationInput<typeof operations.openMeterSubjectEntitlementValue>, 'tenantId' | 'params'>;
type ValueOutput = OperationOutput<typeof operations.openMeterSubjectEntitlementValue>;

@Controller('api/v1')
export class OpenMeterController {
  readonly #openMeter: OpenMeterService;
  constructor(@Inject(OpenMeterService) openMeter: OpenMeterService) {
    this.#openMeter = openMeter;
  }

  @Handles(operations.openMeterIngestEvents)
  async ingest({ tenantId, body }: OperationInput<typeof operations.openMeterIngestEvents>): Promise<undefined> {
    await this.#openMeter.ingest(tenantId, body);
  }

  @Handles(operations.openMeterListMeters)
  async listMeters({
    tenantId,
  }: OperationInput<typeof operations.openMeterListMeters>): Promise<
    OperationOutput<typeof operations.openMeterListMeters>
  > {
    return this.#openMeter.listMeters(tenantId);
  }

  @Handles(operations.openMeterGetMeter)
  async getMeter({
    tenantId,
    params,
  }: OperationInput<typeof operations.openMeterGetMeter>): Promise<
    OperationOutput<typeof operations.openMeterGetMeter>
  > {
    return this.#openMeter.getMeter(tenantId, params.meterIdOrSlug);
  }

  @Handles(operations.openMeterQueryMeter)
  async query({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.openMeterQueryMeter>): Promise<
    OperationOutput<typeof operations.openMeterQueryMeter>
  > {
    const answer = await this.#openMeter.query(tenantId, params.meterIdOrSlug, query);
    return { ...answer, ...(query.windowSize === undefined ? {} : { windowSize: query.windowSize }) };
  }

  @Handles(operations.openMeterSubjectEntitlementValue)
  async getSubjectValue({ tenantId, params }: ValueInput): Promise<ValueOutput> {
    return this.#openMeter.getEntitlementValue(tenantId, params.account, params.feature);
  }

  @Handles(operations.openMeterCustomerEntitlementValue)
  async getCustomerValue({ tenantId, params }: ValueInput): Promise<ValueOutput> {
    return this.#openMeter.getEntitlementValue(tenantId, params.account, params.feature);
  }

  @Handles(operations.openMeterCustomerEntitlementValueV2)
  async getCustomerValueV2({ tenantId, params }: ValueInput): Promise<ValueOutput> {
    return this.#openMeter.getEntitlementValue(tenantId, params.account, params.feature);
  }
}
