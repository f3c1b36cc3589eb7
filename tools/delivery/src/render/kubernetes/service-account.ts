import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { hookAnnotations } from './job.ts';
import { compact, type KubernetesObject } from './kubernetes-object.ts';
import { workloadLabels } from './labels.ts';

/** An account of the workload's own. Its token is mounted only by a pod that says so: hardly any calls the API server. */
export function buildServiceAccount(platform: ResolvedPlatform, workload: Workload): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: compact({
      name: workload.name,
      labels: workloadLabels(platform, workload),
      annotations: hookAnnotations(workload, true),
    }),
    automountServiceAccountToken: false,
  };
}
