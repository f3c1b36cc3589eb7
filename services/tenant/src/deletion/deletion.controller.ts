import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toResponse } from '../tenant/tenant.dto.ts';
import * as operations from './deletion.dto.ts';
import { DeletionService } from './deletion.service.ts';

@Controller('api/v1')
export class DeletionController {
  readonly #deletions: DeletionService;
  constructor(@Inject(DeletionService) deletions: DeletionService) {
    this.#deletions = deletions;
  }

  @Handles(operations.closeTenant)
  async close({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.closeTenant>): Promise<OperationOutput<typeof operations.closeTenant>> {
    return toResponse(await this.#deletions.close(principal, params.tenantId, body));
  }

  @Handles(operations.reopenTenant)
  async reopen({
    principal,
    params,
  }: OperationInput<typeof operations.reopenTenant>): Promise<OperationOutput<typeof operations.reopenTenant>> {
    return toResponse(await this.#deletions.reopen(principal, params.tenantId));
  }

  @Handles(operations.getDeletionCertificate)
  async getCertificate({
    params,
  }: OperationInput<typeof operations.getDeletionCertificate>): Promise<
    OperationOutput<typeof operations.getDeletionCertificate>
  > {
    const { id, issuedAt, jws } = await this.#deletions.getCertificate(params.tenantId);
    return { id, issuedAt: issuedAt.toISOString(), jws };
  }
}
