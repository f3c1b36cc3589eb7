import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './api-key.dto.ts';
import { toResponse } from './api-key.dto.ts';
import { ApiKeyService } from './api-key.service.ts';

@Controller('api/v1')
export class ApiKeyController {
  readonly #apiKeys: ApiKeyService;
  constructor(@Inject(ApiKeyService) apiKeys: ApiKeyService) {
    this.#apiKeys = apiKeys;
  }

  @Handles(operations.listApiKeys)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listApiKeys>): Promise<OperationOutput<typeof operations.listApiKeys>> {
    const page = await this.#apiKeys.listKeys(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getApiKey)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getApiKey>): Promise<OperationOutput<typeof operations.getApiKey>> {
    return toResponse(await this.#apiKeys.getKey(tenantId, params.apiKeyId));
  }

  @Handles(operations.createApiKey)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createApiKey>): Promise<OperationOutput<typeof operations.createApiKey>> {
    const { key, apiKey } = await this.#apiKeys.createKey(principal, body);
    return { ...toResponse(apiKey), key };
  }

  @Handles(operations.updateApiKey)
  async update({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.updateApiKey>): Promise<OperationOutput<typeof operations.updateApiKey>> {
    return toResponse(await this.#apiKeys.updateKey(principal, params.apiKeyId, body));
  }

  @Handles(operations.rotateApiKey)
  async rotate({
    principal,
    params,
    body,
  }: OperationInput<typeof operations.rotateApiKey>): Promise<OperationOutput<typeof operations.rotateApiKey>> {
    const { key, apiKey } = await this.#apiKeys.rotateKey(principal, params.apiKeyId, body.overlapSeconds);
    return { ...toResponse(apiKey), key };
  }

  @Handles(operations.revokeApiKey)
  async revoke({ tenantId, params }: OperationInput<typeof operations.revokeApiKey>): Promise<undefined> {
    await this.#apiKeys.revokeKey(tenantId, params.apiKeyId);
  }
}
