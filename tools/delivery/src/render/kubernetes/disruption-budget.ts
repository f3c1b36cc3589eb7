import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { isAutoscaled } from './autoscaler.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { selectorLabels, workloadLabels } from './labels.ts';

/**
 * A PodDisruptionBudget of all pods but one, where there are always two or more. With a single pod it would protect
 * nothing and keep its node from ever being drained, so that one has none.
 */
export function buildDisruptionBudget(platform: ResolvedPlatform, workload: Workload): KubernetesObject | undefined {
  if (!isBudgeted(workload)) return undefined;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: workload.name, labels: workloadLabels(platform, workload) },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(platform, workload.name) },
    },
  };
}

/** Whether there are always two pods or more. */
export function isBudgeted(workload: Workload): boolean {
  const fewest = isAutoscaled(workload) ? (workload.autoscaling?.minimum ?? 1) : workload.replicas;
  return fewest > 1 && !workload.runsOnce;
}
