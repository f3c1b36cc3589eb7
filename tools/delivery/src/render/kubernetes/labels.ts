import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';

/** Two labels, of which the first is unique in the platform and the second in the cluster's namespace: no two selectors meet. */
export function selectorLabels(platform: ResolvedPlatform, name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': platform.name };
}

/** Labels of everything that belongs to the workload. The tag is no label: it would be a second place to update. */
export function workloadLabels(platform: ResolvedPlatform, workload: Workload): Record<string, string> {
  return {
    ...selectorLabels(platform, workload.name),
    'app.kubernetes.io/component': workload.component ?? workload.product ?? workload.kind,
    'app.kubernetes.io/part-of': platform.name,
  };
}

/** Labels of what belongs to the platform as a whole. */
export function platformLabels(platform: ResolvedPlatform): Record<string, string> {
  return { 'app.kubernetes.io/instance': platform.name, 'app.kubernetes.io/part-of': platform.name };
}

/** Selects all pods of the platform's own workloads. */
export function ownPods(platform: ResolvedPlatform): Record<string, unknown> {
  return { matchLabels: { 'app.kubernetes.io/part-of': platform.name } };
}

/** Selects the pods that operators and charts make, which carry labels of their own. */
export function operatedPods(platform: ResolvedPlatform): Record<string, unknown> {
  return {
    matchExpressions: [{ key: 'app.kubernetes.io/part-of', operator: 'NotIn', values: [platform.name] }],
  };
}
