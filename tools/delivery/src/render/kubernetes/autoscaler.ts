import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { isStateful } from './deployed-workloads.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { workloadLabels } from './labels.ts';

/** Whether the number of pods follows the load. A member of a cluster of databases is never added by itself. */
export function isAutoscaled(workload: Workload): boolean {
  const { autoscaling } = workload;
  return (
    autoscaling !== undefined &&
    autoscaling.maximum > autoscaling.minimum &&
    !workload.runsOnce &&
    !isStateful(workload)
  );
}

/** A HorizontalPodAutoscaler by CPU and memory, in per cent of the requests. */
export function buildAutoscaler(platform: ResolvedPlatform, workload: Workload): KubernetesObject | undefined {
  const { autoscaling, name } = workload;
  if (autoscaling === undefined || !isAutoscaled(workload)) return undefined;
  const metric = (resource: string, averageUtilization: number): Record<string, unknown> => ({
    type: 'Resource',
    resource: { name: resource, target: { type: 'Utilization', averageUtilization } },
  });
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, labels: workloadLabels(platform, workload) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: autoscaling.minimum,
      maxReplicas: autoscaling.maximum,
      metrics: [metric('cpu', autoscaling.cpuPercent), metric('memory', autoscaling.memoryPercent)],
      // A short dip ends no pods that the next peak needs again.
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  };
}
