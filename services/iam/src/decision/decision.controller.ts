import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './decision.dto.ts';
import { toEntityResponse, toResponse } from './decision.dto.ts';
import { DecisionService } from './decision.service.ts';
import { EntityService } from './entity.service.ts';
import { explainPermission, toResponse as toExplanation } from './explain.dto.ts';
import { ExplainService } from './explain.service.ts';

@Controller('api/v1')
export class DecisionController {
  readonly #decisions: DecisionService;
  readonly #explanations: ExplainService;
  readonly #entities: EntityService;
  constructor(
    @Inject(DecisionService) decisions: DecisionService,
    @Inject(ExplainService) explanations: ExplainService,
    @Inject(EntityService) entities: EntityService,
  ) {
    this.#decisions = decisions;
    this.#explanations = explanations;
    this.#entities = entities;
  }

  @Handles(operations.listDecisions)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listDecisions>): Promise<OperationOutput<typeof operations.listDecisions>> {
    const { from, to, allowed, ...filter } = query;
    const page = await this.#decisions.list(tenantId, {
      ...filter,
      allowed: allowed === undefined ? undefined : allowed === 'true',
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    });
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(explainPermission)
  async explain({
    principal,
    body,
  }: OperationInput<typeof explainPermission>): Promise<OperationOutput<typeof explainPermission>> {
    const { subject, permission, object = {} } = body;
    const { id: resourceId, ...place } = object;
    return toExplanation(
      await this.#explanations.explain(principal, { subject, permission, resourceId, ...place }),
      permission,
    );
  }

  @Handles(operations.listAccessEntities)
  async listEntities({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.listAccessEntities>): Promise<
    OperationOutput<typeof operations.listAccessEntities>
  > {
    const page = await this.#entities.list(tenantId, params.type, query);
    return { ...page, data: page.data.map(toEntityResponse) };
  }

  @Handles(operations.putAccessEntity)
  async putEntity({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.putAccessEntity>): Promise<OperationOutput<typeof operations.putAccessEntity>> {
    return toEntityResponse(await this.#entities.put(principal, { ...params, ...body }));
  }

  @Handles(operations.deleteAccessEntity)
  async deleteEntity({ principal, params }: OperationInput<typeof operations.deleteAccessEntity>): Promise<undefined> {
    await this.#entities.remove(principal, params.type, params.id);
  }
}
