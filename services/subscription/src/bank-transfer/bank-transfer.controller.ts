import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './bank-transfer.dto.ts';
import { toResponse } from './bank-transfer.dto.ts';
import { BankTransferService } from './bank-transfer.service.ts';

type Response = OperationOutput<typeof operations.ignoreBankTransfer>;

@Controller('api/v1')
export class BankTransferController {
  readonly #transfers: BankTransferService;
  constructor(@Inject(BankTransferService) transfers: BankTransferService) {
    this.#transfers = transfers;
  }

  @Handles(operations.importBankStatement)
  async importStatement({
    tenantId,
    body,
  }: OperationInput<typeof operations.importBankStatement>): Promise<
    OperationOutput<typeof operations.importBankStatement>
  > {
    return this.#transfers.importStatement(tenantId, body.format, body.content);
  }

  @Handles(operations.listBankTransfers)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listBankTransfers>): Promise<
    OperationOutput<typeof operations.listBankTransfers>
  > {
    const page = await this.#transfers.listTransfers(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.applyBankTransfer)
  async apply({ tenantId, params, body }: OperationInput<typeof operations.applyBankTransfer>): Promise<Response> {
    return toResponse(await this.#transfers.apply(tenantId, params.transferId, body.invoiceId));
  }

  @Handles(operations.ignoreBankTransfer)
  async ignore({ tenantId, params }: OperationInput<typeof operations.ignoreBankTransfer>): Promise<Response> {
    return toResponse(await this.#transfers.ignore(tenantId, params.transferId));
  }
}
