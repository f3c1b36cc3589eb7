import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './chain.dto.ts';
import { ChainService } from './chain.service.ts';

@Controller('api/v1')
export class ChainController {
  readonly #chains: ChainService;
  constructor(@Inject(ChainService) chains: ChainService) {
    this.#chains = chains;
  }

  @Handles(operations.verifyAuditTrail)
  async verify({
    principal,
    query,
  }: OperationInput<typeof operations.verifyAuditTrail>): Promise<OperationOutput<typeof operations.verifyAuditTrail>> {
    return this.#chains.verify(principal, query.chain);
  }
}
