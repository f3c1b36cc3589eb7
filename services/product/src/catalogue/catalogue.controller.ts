import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './catalogue.dto.ts';
import { toResult } from './catalogue.dto.ts';
import { CatalogueService } from './catalogue.service.ts';

@Controller('api/v1')
export class CatalogueController {
  readonly #catalogue: CatalogueService;
  constructor(@Inject(CatalogueService) catalogue: CatalogueService) {
    this.#catalogue = catalogue;
  }

  @Handles(operations.exportCatalogue)
  async export({
    tenantId,
  }: OperationInput<typeof operations.exportCatalogue>): Promise<OperationOutput<typeof operations.exportCatalogue>> {
    return this.#catalogue.describe(tenantId);
  }

  @Handles(operations.importCatalogue)
  async import({
    tenantId,
    query,
    body,
  }: OperationInput<typeof operations.importCatalogue>): Promise<OperationOutput<typeof operations.importCatalogue>> {
    const options = { archiveOthers: query.archiveOthers === 'true' };
    const dryRun = query.dryRun === 'true';
    const steps = dryRun
      ? await this.#catalogue.preview(tenantId, body, options)
      : await this.#catalogue.import(tenantId, body, options);
    return { dryRun, results: steps.map(toResult) };
  }
}
