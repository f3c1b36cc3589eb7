import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './meter.dto.ts';
import { toBuilding, toResponse } from './meter.dto.ts';
import { MeterService } from './meter.service.ts';

@Controller('api/v1')
export class MeterController {
  readonly #meters: MeterService;
  constructor(@Inject(MeterService) meters: MeterService) {
    this.#meters = meters;
  }

  @Handles(operations.createMeter)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createMeter>): Promise<OperationOutput<typeof operations.createMeter>> {
    return toResponse(await this.#meters.create(tenantId, body));
  }

  @Handles(operations.listMeters)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listMeters>): Promise<OperationOutput<typeof operations.listMeters>> {
    const page = await this.#meters.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getMeter)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getMeter>): Promise<OperationOutput<typeof operations.getMeter>> {
    const { meter, building } = await this.#meters.get(tenantId, params.meterId);
    return { ...toResponse(meter), building: building === undefined ? null : toBuilding(building) };
  }

  @Handles(operations.updateMeter)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateMeter>): Promise<OperationOutput<typeof operations.updateMeter>> {
    return toResponse(await this.#meters.update(tenantId, params.meterId, body, ifMatch));
  }
}
