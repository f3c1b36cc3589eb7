import type { SecretDefinition, Workload } from '../model/platform-model.ts';
import type { Component, ComponentIndex } from './component-index.ts';
import type { PlatformDescription } from './platform-description.ts';

type Secret = Omit<SecretDefinition, 'workloads'>;

/** Secrets that the rendered realm names: of the platform's own client and of the brokers. */
export function identitySecrets(description: PlatformDescription, index: ComponentIndex): Secret[] {
  const keycloak = index.find('keycloak');
  if (keycloak === undefined) return [];
  return [
    { name: apiClientSecret(keycloak), doc: 'client secret of the platform at the realm', source: 'generated' },
    ...(description.identity?.brokers ?? []).flatMap((broker): Secret[] =>
      brokerSecrets(broker).map((name) => ({
        name,
        doc: `${name}, from the console of ${broker}`,
        source: 'provided',
      })),
    ),
  ];
}

/** Gives the identity provider every secret that its realm names, those of components that sign in through it too. */
export function withIdentitySecrets(
  workload: Workload,
  description: PlatformDescription,
  index: ComponentIndex,
): Workload {
  const keycloak = index.find('keycloak');
  if (keycloak === undefined || workload.component !== keycloak.name) return workload;
  const names = [
    apiClientSecret(keycloak),
    ...(description.identity?.brokers ?? []).flatMap(brokerSecrets),
    ...index.components.flatMap(({ name, entry }) =>
      entry.signIn === undefined ? [] : [`${name}-${entry.signIn.secret}`],
    ),
  ];
  return { ...workload, secretFiles: [...new Set([...workload.secretFiles, ...names])].toSorted() };
}

/** Secret of the platform's own client at the realm. */
export function apiClientSecret(keycloak: Component): string {
  return `${keycloak.name}-api-client-secret`;
}

function brokerSecrets(broker: string): string[] {
  return [`broker-${broker}-client-id`, `broker-${broker}-client-secret`];
}
