import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './feature.dto.ts';
import { toResponse } from './feature.dto.ts';
import { FeatureService } from './feature.service.ts';

@Controller('api/v1')
export class FeatureController {
  readonly #features: FeatureService;
  constructor(@Inject(FeatureService) features: FeatureService) {
    this.#features = features;
  }

  @Handles(operations.createFeature)
  async create({
    tenantId,
    body,
  }: OperationInput<typeof operations.createFeature>): Promise<OperationOutput<typeof operations.createFeature>> {
    return toResponse(await this.#features.create(tenantId, body));
  }

  @Handles(operations.listFeatures)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listFeatures>): Promise<OperationOutput<typeof operations.listFeatures>> {
    const page = await this.#features.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getFeature)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getFeature>): Promise<OperationOutput<typeof operations.getFeature>> {
    return toResponse(await this.#features.get(tenantId, params.featureId));
  }

  @Handles(operations.updateFeature)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateFeature>): Promise<OperationOutput<typeof operations.updateFeature>> {
    return toResponse(await this.#features.update(tenantId, params.featureId, body, ifMatch));
  }
}
