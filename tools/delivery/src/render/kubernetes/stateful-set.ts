import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { formatMemory } from '../../model/quantity.ts';
import { compact, type KubernetesObject } from './kubernetes-object.ts';
import { selectorLabels, workloadLabels } from './labels.ts';
import { buildPodTemplate } from './pod-template.ts';

/** A StatefulSet whose volumes outlive it: data is deleted by hand or not at all. */
export function buildStatefulSet(platform: ResolvedPlatform, workload: Workload): KubernetesObject {
  const claims = workload.volumes.map((volume) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: volume.name, labels: selectorLabels(platform, workload.name) },
    spec: buildClaimSpec(platform, volume),
  }));
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: workload.name, labels: workloadLabels(platform, workload) },
    spec: compact({
      replicas: workload.replicas,
      revisionHistoryLimit: 5,
      serviceName: workload.name,
      selector: { matchLabels: selectorLabels(platform, workload.name) },
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      template: buildPodTemplate(platform, workload),
      volumeClaimTemplates: claims.length === 0 ? undefined : claims,
    }),
  };
}

/** A claim of one node's volume, with the class by name: none by default would stay unbound. */
export function buildClaimSpec(
  platform: ResolvedPlatform,
  volume: Workload['volumes'][number],
): Record<string, unknown> {
  return {
    accessModes: ['ReadWriteOnce'],
    storageClassName: platform.cluster.storageClass,
    resources: { requests: { storage: formatMemory(volume.size) } },
  };
}

/** Claims of a workload that runs once: a Job makes none by itself. */
export function buildClaims(platform: ResolvedPlatform, workload: Workload): KubernetesObject[] {
  return workload.volumes.map((volume) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: volume.name, labels: workloadLabels(platform, workload) },
    spec: buildClaimSpec(platform, volume),
  }));
}
