import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { deployedWorkloads } from './deployed-workloads.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { platformLabels } from './labels.ts';

export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** Capabilities that the level `baseline` lets a container add (Pod Security Standards of Kubernetes). */
const baselineCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** The strictest level that all pods of the namespace meet: a stricter one would let none of the others start. */
export function podSecurityLevel(platform: ResolvedPlatform): PodSecurityLevel {
  const workloads = deployedWorkloads(platform);
  if (!workloads.every(meetsBaseline)) return 'privileged';
  // Operators choose the security contexts of their pods, and few choose the strictest.
  const isOperated = platform.components.some(({ entry }) => entry.kubernetes.form !== 'workloads');
  return isOperated || !workloads.every(meetsRestricted) ? 'baseline' : 'restricted';
}

function meetsBaseline({ hardening }: Workload): boolean {
  return hardening.capabilities.every((capability) => baselineCapabilities.has(capability));
}

function meetsRestricted({ hardening }: Workload): boolean {
  const { user, capabilities } = hardening;
  return user !== undefined && user !== 0 && capabilities.every((capability) => capability === 'NET_BIND_SERVICE');
}

/** The namespace, with the level that is enforced and a warning about everything above it. */
export function buildNamespace(platform: ResolvedPlatform): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: platform.cluster.namespace,
      labels: {
        ...platformLabels(platform),
        'pod-security.kubernetes.io/enforce': podSecurityLevel(platform),
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    },
  };
}
