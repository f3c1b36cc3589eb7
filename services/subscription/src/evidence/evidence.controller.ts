import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import type { EvidenceScope } from './evidence.ts';
import * as operations from './evidence.dto.ts';
import { EvidenceService } from './evidence.service.ts';

@Controller('api/v1')
export class EvidenceController {
  readonly #evidence: EvidenceService;
  constructor(@Inject(EvidenceService) evidence: EvidenceService) {
    this.#evidence = evidence;
  }

  @Handles(operations.getEvidence)
  async get({
    tenantId,
    query,
  }: OperationInput<typeof operations.getEvidence>): Promise<OperationOutput<typeof operations.getEvidence>> {
    const scope = await this.#toScope(tenantId, query);
    const view = await this.#evidence.view(tenantId, scope, query.limit);
    return { ...view, scope: { ...scope, from: scope.from.toISOString(), to: scope.to.toISOString() } };
  }

  @Handles(operations.getEvidencePart)
  async getPart({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.getEvidencePart>): Promise<OperationOutput<typeof operations.getEvidencePart>> {
    const { limit, cursor } = query;
    return this.#evidence.loadPart(tenantId, params.part, await this.#toScope(tenantId, query), { limit, cursor });
  }

  async #toScope(
    tenantId: string,
    { accountId, from, to, invoiceId }: OperationInput<typeof operations.getEvidencePart>['query'],
  ): Promise<EvidenceScope> {
    if (invoiceId !== undefined) return this.#evidence.scopeOfInvoice(tenantId, invoiceId, accountId);
    return { accountId: accountId!, from: new Date(from!), to: new Date(to!), invoiceId: null };
  }
}
