import type { IamCore, IamModule } from '../core.ts';
import { ServiceAccountController } from './service-account.controller.ts';
import { ServiceAccountService } from './service-account.service.ts';

export function createServiceAccountModule({ database, clock, places, serviceAccounts }: IamCore): IamModule {
  const accounts = new ServiceAccountService(database, clock, places);
  return {
    controllers: [ServiceAccountController],
    providers: [{ provide: ServiceAccountService, useValue: accounts }],
    stop: () => serviceAccounts.flushUses(),
  };
}
