import type { IamCore, IamModule } from '../core.ts';
import { federationServices } from '../federation/federation-services.ts';
import { loadDeclaredProviders } from './declared-provider.ts';
import { IdentityProviderController } from './identity-provider.controller.ts';
import { IdentityProviderService } from './identity-provider.service.ts';

export function createIdentityProviderModule(core: IamCore): IamModule {
  const { providers, declared } = federationServices(core);
  const file = core.environment.findString('IAM_IDENTITY_PROVIDERS_FILE');
  const declare = async () => declared.declare(file === undefined ? [] : await loadDeclaredProviders(file));
  return {
    controllers: [IdentityProviderController],
    providers: [{ provide: IdentityProviderService, useValue: providers }],
    // Again and again, because the metadata of SAML providers changes, and may not be there at the first start.
    jobs:
      file === undefined ? [] : [{ name: 'iam.declare-identity-providers', schedule: '*/10 * * * *', run: declare }],
    start: declare,
  };
}
