import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { deployedWorkloads } from './deployed-workloads.ts';
import { secretsOf } from './config-map.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { platformLabels } from './labels.ts';

/** Names of all Secret objects that pods of ours mount, sorted. */
export function requiredSecrets(platform: ResolvedPlatform): string[] {
  return [...new Set(deployedWorkloads(platform).flatMap(secretsOf))].toSorted();
}

/**
 * Resources of External Secrets Operator, which makes one Secret of each entry `<platform>/<environment>/<secret>` of
 * the store named like the platform. Sealed and existing secrets are nobody's to render: the values are not ours.
 */
export function buildExternalSecrets(platform: ResolvedPlatform): KubernetesObject[] {
  if (platform.cluster.secretStore !== 'external-secrets') return [];
  return requiredSecrets(platform).map((name) => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, labels: platformLabels(platform) },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: platform.name },
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: [{ secretKey: 'value', remoteRef: { key: `${platform.name}/${platform.environment}/${name}` } }],
    },
  }));
}
