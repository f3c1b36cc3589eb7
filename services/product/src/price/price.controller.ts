import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './price.dto.ts';
import { toResponse } from './price.dto.ts';
import { PriceService } from './price.service.ts';

@Controller('api/v1')
export class PriceController {
  readonly #prices: PriceService;
  constructor(@Inject(PriceService) prices: PriceService) {
    this.#prices = prices;
  }

  @Handles(operations.listPrices)
  async list({
    tenantId,
    query: { planId, limit, cursor },
  }: OperationInput<typeof operations.listPrices>): Promise<OperationOutput<typeof operations.listPrices>> {
    const page = await this.#prices.list(tenantId, { planId, tieredOnly: false }, limit, cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getPrice)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getPrice>): Promise<OperationOutput<typeof operations.getPrice>> {
    return toResponse(await this.#prices.get(tenantId, params.priceId));
  }

  @Handles(operations.listTiers)
  async listTiers({
    tenantId,
    query: { planId, limit, cursor },
  }: OperationInput<typeof operations.listTiers>): Promise<OperationOutput<typeof operations.listTiers>> {
    const page = await this.#prices.list(tenantId, { planId, tieredOnly: true }, limit, cursor);
    return { ...page, data: page.data.map(toResponse) };
  }
}
