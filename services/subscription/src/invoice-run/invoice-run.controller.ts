import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './invoice-run.dto.ts';
import { InvoiceRunService } from './invoice-run.service.ts';

@Controller('api/v1')
export class InvoiceRunController {
  readonly #runs: InvoiceRunService;
  constructor(@Inject(InvoiceRunService) runs: InvoiceRunService) {
    this.#runs = runs;
  }

  @Handles(operations.runInvoices)
  async run({
    tenantId,
    body,
  }: OperationInput<typeof operations.runInvoices>): Promise<OperationOutput<typeof operations.runInvoices>> {
    const until = body.until === undefined ? undefined : new Date(body.until);
    const { amounts, ...summary } = await this.#runs.run(tenantId, until, body.finalize);
    return {
      ...summary,
      amounts: [...amounts].sort().map(([currency, total]) => ({ currency, totalMinor: total.toString() })),
    };
  }
}
