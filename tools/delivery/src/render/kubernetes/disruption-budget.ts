import { containerName, memberNames } from '../../description/component-index.ts';
import type { ResolvedComponent, ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { isAutoscaled } from './autoscaler.ts';
import { deployedWorkloads } from './deployed-workloads.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { platformLabels, selectorLabels, workloadLabels } from './labels.ts';

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
    spec: budgetOf({ matchLabels: selectorLabels(platform, workload.name) }),
  };
}

/** Whether there are always two pods or more. */
export function isBudgeted(workload: Workload): boolean {
  const fewest = isAutoscaled(workload) ? (workload.autoscaling?.minimum ?? 1) : workload.replicas;
  return fewest > 1 && !workload.runsOnce;
}

/**
 * A PodDisruptionBudget over the members of each container of a component: each is a StatefulSet of its own with one
 * pod, and nodes that are drained together must not take a majority away.
 */
export function buildMemberBudgets(platform: ResolvedPlatform, component: ResolvedComponent): KubernetesObject[] {
  const deployed = new Set(deployedWorkloads(platform).map(({ name }) => name));
  return component.entry.containers.flatMap((container) => {
    const members = memberNames(component, container).filter((name) => deployed.has(name));
    if (members.length < 2) return [];
    return [
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: {
          name: `${containerName(component.name, container.name)}-members`,
          labels: platformLabels(platform),
        },
        spec: budgetOf({
          matchLabels: { 'app.kubernetes.io/instance': platform.name },
          matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: members }],
        }),
      },
    ];
  });
}

/** One pod at a time; a pod that is broken anyway keeps no node from being drained. */
function budgetOf(selector: Record<string, unknown>): Record<string, unknown> {
  return { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector };
}
