import type { IamCore, IamModule } from '../core.ts';
import { ApiKeyController } from './api-key.controller.ts';
import { ApiKeyService } from './api-key.service.ts';

export function createApiKeyModule({ database, clock, log, throttle, limits }: IamCore): IamModule {
  const apiKeys = new ApiKeyService({ database, clock, log, throttle, limits });
  return {
    controllers: [ApiKeyController],
    providers: [{ provide: ApiKeyService, useValue: apiKeys }],
    contract: { authenticateApiKey: async ({ key, ip }) => (await apiKeys.authenticate(key, ip)) ?? null },
    stop: () => apiKeys.flushUses(),
  };
}
