import type { IamCore, IamModule } from '../core.ts';
import { SessionController } from './session.controller.ts';
import { SessionService } from './session.service.ts';

export function createSessionModule({ sessions }: IamCore): IamModule {
  return {
    controllers: [SessionController],
    providers: [{ provide: SessionService, useValue: sessions }],
    contract: {
      authenticateSession: async ({ cookie, requestedTenant }) =>
        (await sessions.authenticate(cookie, requestedTenant)) ?? null,
    },
  };
}
