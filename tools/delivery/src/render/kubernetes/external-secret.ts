import type { ResolvedPlatform, SecretObject } from '../../model/platform-model.ts';
import { deployedWorkloads } from './deployed-workloads.ts';
import { secretNames } from '../../model/workload-secrets.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { platformLabels } from './labels.ts';

/** Names of all Secret objects that pods of ours mount, sorted. */
export function requiredSecrets(platform: ResolvedPlatform): string[] {
  return [...new Set(deployedWorkloads(platform).flatMap(secretNames))].toSorted();
}

/** Secret objects of several keys that charts of others are told of, sorted. */
export function composedSecrets(platform: ResolvedPlatform): SecretObject[] {
  return platform.components
    .flatMap(({ secretObjects = [] }) => secretObjects)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * Resources of External Secrets Operator, which makes one Secret of each entry `<platform>/<environment>/<secret>` of
 * the store named like the platform, and of several entries where a chart names the keys itself. Sealed and existing
 * secrets are nobody's to render: the values are not ours.
 */
export function buildExternalSecrets(platform: ResolvedPlatform): KubernetesObject[] {
  if (platform.cluster.secretStore !== 'external-secrets') return [];
  const single = requiredSecrets(platform).map((name) =>
    externalSecret(platform, name, { secrets: [{ key: 'value', secret: name }] }),
  );
  const composed = composedSecrets(platform).map(({ name, entries }) => {
    const secrets = entries.flatMap((entry) =>
      'secret' in entry ? [{ key: entry.secret, secret: entry.secret }] : [],
    );
    const data = entries.map((entry) => [
      entry.key,
      'secret' in entry ? `{{ index . "${entry.secret}" }}` : entry.text,
    ]);
    return externalSecret(platform, name, { secrets, template: Object.fromEntries(data) });
  });
  return [...single, ...composed];
}

interface ExternalSecretContent {
  readonly secrets: readonly { readonly key: string; readonly secret: string }[];
  /** Keys of the object where they are not those of `secrets`. */
  readonly template?: Readonly<Record<string, string>>;
}

function externalSecret(platform: ResolvedPlatform, name: string, content: ExternalSecretContent): KubernetesObject {
  const { secrets, template } = content;
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, labels: platformLabels(platform) },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: platform.name },
      target: {
        name,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        ...(template === undefined ? {} : { template: { engineVersion: 'v2', data: template } }),
      },
      data: secrets.map(({ key, secret }) => ({
        secretKey: key,
        remoteRef: { key: `${platform.name}/${platform.environment}/${secret}` },
      })),
    },
  };
}
