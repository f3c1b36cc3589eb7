import { guardedFetch, OutboundRequestFailedError } from '@plinth/common';
import { signInServices } from '../authentication/sign-in-services.ts';
import type { IamCore } from '../core.ts';
import { DeclaredProviderService } from '../identity-provider/declared-provider.service.ts';
import { IdentityProviderService } from '../identity-provider/identity-provider.service.ts';
import { ProviderSecrets } from '../identity-provider/provider-secrets.ts';
import { FederatedAccountService } from './federated-account.service.ts';
import { FederationCookies } from './federation-cookie.ts';
import { FederationService } from './federation.service.ts';
import { IdentityService } from './identity.service.ts';

/** The use cases of signing in by other providers, for controllers and pages alike. */
export interface FederationServices {
  readonly providers: IdentityProviderService;
  readonly declared: DeclaredProviderService;
  readonly federation: FederationService;
  readonly identities: IdentityService;
}

const built = new WeakMap<IamCore, FederationServices>();

/** The federation services of a running service: the same ones for every part that asks. */
export function federationServices(core: IamCore): FederationServices {
  const services = built.get(core) ?? build(core);
  built.set(core, services);
  return services;
}

function build(core: IamCore): FederationServices {
  const { config, environment } = core;
  const { mails, authentication, proof } = signInServices(core);
  const allowPrivate = environment.getBoolean('IAM_PRIVATE_IDENTITY_PROVIDERS');
  const secrets = new ProviderSecrets(config.secret);
  const providers = new IdentityProviderService({
    ...core,
    secrets,
    allowPrivate,
    fetchText: (url, tenantId) => fetchText(url, tenantId === null || allowPrivate),
  });
  const federation = new FederationService({
    ...core,
    providers,
    accounts: new FederatedAccountService({ ...core, mails, selfRegistration: config.selfRegistration }),
    authentication,
    cookies: new FederationCookies({ ...core, ...config }),
    baseUrl: `${core.issuer}/federation`,
    allowPrivate,
  });
  const declared = new DeclaredProviderService({ ...core, secrets, fetchText: (url) => fetchText(url, true) });
  return {
    providers,
    declared,
    federation,
    identities: new IdentityService({ ...core, federation, providers, proof, mails }),
  };
}

async function fetchText(url: string, allowPrivate: boolean): Promise<string> {
  const response = await guardedFetch(url, {}, { allowPrivate });
  if (!response.ok) throw new OutboundRequestFailedError(new URL(url).origin, `it answered ${response.status}`);
  return response.text();
}
