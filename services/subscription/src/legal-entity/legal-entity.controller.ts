import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './legal-entity.dto.ts';
import { toResponse } from './legal-entity.dto.ts';
import { LegalEntityService } from './legal-entity.service.ts';

type Response = OperationOutput<typeof operations.getLegalEntity>;

@Controller('api/v1')
export class LegalEntityController {
  readonly #entities: LegalEntityService;
  constructor(@Inject(LegalEntityService) entities: LegalEntityService) {
    this.#entities = entities;
  }

  @Handles(operations.listLegalEntities)
  async list({
    tenantId,
  }: OperationInput<typeof operations.listLegalEntities>): Promise<
    OperationOutput<typeof operations.listLegalEntities>
  > {
    return { data: (await this.#entities.list(tenantId)).map(toResponse) };
  }

  @Handles(operations.getLegalEntity)
  async get({ tenantId, params }: OperationInput<typeof operations.getLegalEntity>): Promise<Response> {
    return toResponse(await this.#entities.get(tenantId, params.legalEntityId));
  }

  @Handles(operations.createLegalEntity)
  async create({ tenantId, body }: OperationInput<typeof operations.createLegalEntity>): Promise<Response> {
    return toResponse(await this.#entities.create(tenantId, body));
  }

  @Handles(operations.replaceLegalEntity)
  async replace({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.replaceLegalEntity>): Promise<Response> {
    return toResponse(await this.#entities.replace(tenantId, params.legalEntityId, body, ifMatch));
  }

  @Handles(operations.deleteLegalEntity)
  async remove({ tenantId, params }: OperationInput<typeof operations.deleteLegalEntity>): Promise<undefined> {
    await this.#entities.remove(tenantId, params.legalEntityId);
  }
}
