import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './tax-rate.dto.ts';
import { toResponse } from './tax-rate.dto.ts';
import { TaxRateService } from './tax-rate.service.ts';

type Response = OperationOutput<typeof operations.createTaxRate>;

@Controller('api/v1')
export class TaxRateController {
  readonly #rates: TaxRateService;
  constructor(@Inject(TaxRateService) rates: TaxRateService) {
    this.#rates = rates;
  }

  @Handles(operations.listTaxRates)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listTaxRates>): Promise<OperationOutput<typeof operations.listTaxRates>> {
    const page = await this.#rates.list(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.createTaxRate)
  async create({ tenantId, body }: OperationInput<typeof operations.createTaxRate>): Promise<Response> {
    return toResponse(await this.#rates.create(tenantId, { ...body, legalEntityId: body.legalEntityId ?? tenantId }));
  }

  @Handles(operations.replaceTaxRate)
  async replace({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.replaceTaxRate>): Promise<Response> {
    return toResponse(await this.#rates.replace(tenantId, params.taxRateId, body, ifMatch));
  }

  @Handles(operations.deleteTaxRate)
  async remove({ tenantId, params }: OperationInput<typeof operations.deleteTaxRate>): Promise<undefined> {
    await this.#rates.remove(tenantId, params.taxRateId);
  }
}
