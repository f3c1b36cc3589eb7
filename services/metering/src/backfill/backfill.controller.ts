import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './backfill.dto.ts';
import { toDayResponse, toResponse } from './backfill.dto.ts';
import { BackfillService } from './backfill.service.ts';

@Controller('api/v1')
export class BackfillController {
  readonly #backfill: BackfillService;
  constructor(@Inject(BackfillService) backfill: BackfillService) {
    this.#backfill = backfill;
  }

  @Handles(operations.createBackfillSource)
  async create({
    params,
    body,
  }: OperationInput<typeof operations.createBackfillSource>): Promise<
    OperationOutput<typeof operations.createBackfillSource>
  > {
    return toResponse(await this.#backfill.create(params.tenantId, body));
  }

  @Handles(operations.listBackfillSources)
  async list({
    params,
    query,
  }: OperationInput<typeof operations.listBackfillSources>): Promise<
    OperationOutput<typeof operations.listBackfillSources>
  > {
    const page = await this.#backfill.list(params.tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.deleteBackfillSource)
  async delete({ params }: OperationInput<typeof operations.deleteBackfillSource>): Promise<undefined> {
    await this.#backfill.delete(params.tenantId, params.sourceId);
  }

  @Handles(operations.listBackfillDays)
  async listDays({
    params,
    query,
  }: OperationInput<typeof operations.listBackfillDays>): Promise<OperationOutput<typeof operations.listBackfillDays>> {
    const page = await this.#backfill.listDays(params.tenantId, params.sourceId, query);
    return { ...page, data: page.data.map(toDayResponse) };
  }

  @Handles(operations.fillBackfillDay)
  async fill({
    params,
    body,
  }: OperationInput<typeof operations.fillBackfillDay>): Promise<OperationOutput<typeof operations.fillBackfillDay>> {
    return toDayResponse(await this.#backfill.fillAgain(params.tenantId, params.sourceId, body.day));
  }
}
