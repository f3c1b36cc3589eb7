import type { IamCore, IamModule } from '../core.ts';
import { federationPlugin } from './federation-plugin.ts';
import { federationServices } from './federation-services.ts';
import { FederationController } from './federation.controller.ts';
import { FederationService } from './federation.service.ts';
import { IdentityService } from './identity.service.ts';

export function createFederationModule(core: IamCore): IamModule {
  const { federation, identities } = federationServices(core);
  return {
    controllers: [FederationController],
    providers: [
      { provide: FederationService, useValue: federation },
      { provide: IdentityService, useValue: identities },
    ],
    jobs: [{ name: 'iam.clean-up-federation', schedule: '41 * * * *', run: () => federation.removeEndedAnswers() }],
    plugin: async (app) => {
      await app.register(federationPlugin, { federation, log: core.log });
    },
  };
}
