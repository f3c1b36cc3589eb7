import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { isAutoscaled } from './autoscaler.ts';
import { compact, type KubernetesObject } from './kubernetes-object.ts';
import { selectorLabels, workloadLabels } from './labels.ts';
import { buildPodTemplate } from './pod-template.ts';

/** A Deployment that never has fewer pods than before while it rolls. */
export function buildDeployment(platform: ResolvedPlatform, workload: Workload): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: workload.name, labels: workloadLabels(platform, workload) },
    spec: compact({
      // A number here and an autoscaler would write over each other at every apply.
      replicas: isAutoscaled(workload) ? undefined : workload.replicas,
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorLabels(platform, workload.name) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: buildPodTemplate(platform, workload),
    }),
  };
}
