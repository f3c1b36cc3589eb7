import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { reconcilePayments, toResponse } from './reconciliation.dto.ts';
import { ReconciliationService } from './reconciliation.service.ts';

@Controller('api/v1')
export class ReconciliationController {
  readonly #reconciliation: ReconciliationService;
  constructor(@Inject(ReconciliationService) reconciliation: ReconciliationService) {
    this.#reconciliation = reconciliation;
  }

  @Handles(reconcilePayments)
  async reconcile({
    tenantId,
    query,
  }: OperationInput<typeof reconcilePayments>): Promise<OperationOutput<typeof reconcilePayments>> {
    return toResponse(await this.#reconciliation.reconcile(tenantId, query.from, query.to));
  }
}
