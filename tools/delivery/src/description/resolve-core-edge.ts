import type { EdgeRoute, IdentitySettings, SecretDefinition } from '../model/platform-model.ts';
import type { EnvironmentView } from './apply-environment.ts';
import { endpointOf, type Component, type ComponentIndex } from './component-index.ts';

/** What surrounds the core services: who signs in where, what gateways share, who takes mail. */
export interface CoreSurroundings {
  /** Origins besides the public one whose browsers the gateway signs in. */
  readonly signInOrigins: readonly string[];
  /** The provider that browsers sign in with; undefined: the embedded one. */
  readonly signInIssuer: string | undefined;
  /** Redirect addresses of the embedded provider's web client. */
  readonly redirectUris: readonly string[];
  /** Where several gateways count together and keep sessions; undefined for one that is alone. */
  readonly sharedStore: Component | undefined;
  readonly mail: Component | undefined;
}

/** Finds out what the core services are told of the rest of the platform. */
export function resolveSurroundings(
  view: EnvironmentView,
  index: ComponentIndex,
  routes: readonly EdgeRoute[],
  identity: IdentitySettings,
): CoreSurroundings {
  const isShared = (view.replicas('gateway') ?? 1) > 1;
  return {
    signInOrigins: signInOrigins(view, routes),
    signInIssuer: identity.provider === 'keycloak' ? identity.issuer : undefined,
    // The provider takes no address without TLS, but on the own machine.
    redirectUris: identity.redirectUris.filter((uri) => /^https:|^http:\/\/([^/:]+\.)?localhost[/:]/.test(uri)),
    sharedStore: isShared ? index.find('redis') : undefined,
    mail: index.find('smtp'),
  };
}

/** Origins of applications and tools about whose requests the gateway is asked. */
export function signInOrigins(view: EnvironmentView, routes: readonly EdgeRoute[]): string[] {
  const hosts = routes.filter(({ kind, host }) => kind !== 'page' && host !== `api.${view.domain}`);
  return [...new Set(hosts.map(({ host }) => `${view.scheme}://${host}`))].toSorted();
}

/** Addresses, with their passwords, of what a core service may be given. */
export function surroundingSecrets({ sharedStore, mail }: CoreSurroundings): Omit<SecretDefinition, 'workloads'>[] {
  return [
    ...(sharedStore === undefined
      ? []
      : [
          {
            name: 'redis-url',
            doc: 'what several gateways share',
            source: 'derived' as const,
            template: `redis://:\${${sharedStore.name}-password}@${addressOf(sharedStore)}`,
          },
        ]),
    ...(mail === undefined ? [] : [mailSecret(mail)]),
  ];
}

/** Mailpit takes mail from everybody; a real server wants an account, which its staff make. */
function mailSecret(mail: Component): Omit<SecretDefinition, 'workloads'> {
  const doc = 'server that takes the mail of the platform';
  if (mail.entry.name === 'mailpit')
    return { name: 'smtp-url', doc, source: 'derived', template: `smtp://${addressOf(mail)}` };
  return { name: 'smtp-url', doc: `${doc}: smtp://<account>:<password>@${addressOf(mail)}`, source: 'provided' };
}

function addressOf(component: Component): string {
  const { host, port } = endpointOf(component);
  return `${host}:${port}`;
}
