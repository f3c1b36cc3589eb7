import type { IamCore, IamModule } from '../core.ts';
import { ImpersonationController } from './impersonation.controller.ts';
import { ImpersonationService } from './impersonation.service.ts';

export function createImpersonationModule({ database, clock, sessions, config }: IamCore): IamModule {
  const impersonations = new ImpersonationService({ database, clock, sessions, cookieSecure: config.cookieSecure });
  return {
    controllers: [ImpersonationController],
    providers: [{ provide: ImpersonationService, useValue: impersonations }],
  };
}
