import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { isStateful } from './deployed-workloads.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { platformLabels, selectorLabels } from './labels.ts';
import { canBeMany } from './pod-template.ts';
import { hasServiceMonitors } from './service-monitor.ts';

/** The name behind which Prometheus finds each pod; that of the workload leads to any one of them. */
export function replicaServiceName(workload: Workload): string {
  return `${workload.name}-replicas`;
}

/** Whether pods are found by a name of their own: there may be several, and their usual name hides how many. */
export function hasReplicaService(platform: ResolvedPlatform, workload: Workload): boolean {
  return (
    workload.metrics !== undefined && canBeMany(workload) && !isStateful(workload) && !hasServiceMonitors(platform)
  );
}

/** A headless service at the port of the metrics: its name resolves to the address of every pod, ready or not. */
export function buildReplicaService(platform: ResolvedPlatform, workload: Workload): KubernetesObject | undefined {
  const { metrics, name } = workload;
  if (metrics === undefined || !hasReplicaService(platform, workload)) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    // Not the labels of the workload: what selects its service by them would find this one too.
    metadata: { name: replicaServiceName(workload), labels: platformLabels(platform) },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: selectorLabels(platform, name),
      ports: [{ name: 'metrics', port: metrics.port, targetPort: metrics.port, protocol: 'TCP' }],
    },
  };
}
