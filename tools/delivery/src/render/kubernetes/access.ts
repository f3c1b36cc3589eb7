import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { workloadLabels } from './labels.ts';

/** What the account of a workload may ask of the API server: a Role of its own namespace, and who has it. */
export function buildAccess(platform: ResolvedPlatform, workload: Workload): KubernetesObject[] {
  const rules = accessRulesOf(workload);
  if (rules.length === 0) return [];
  const metadata = { name: workload.name, labels: workloadLabels(platform, workload) };
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  return [
    { apiVersion, kind: 'Role', metadata, rules },
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: workload.name },
      // Without a namespace it is that of the binding, which whoever applies it chooses.
      subjects: [{ kind: 'ServiceAccount', name: workload.name }],
    },
  ];
}

/** Rules in the notation of Kubernetes. */
export function accessRulesOf({ clusterAccess = [] }: Workload): Record<string, unknown>[] {
  return clusterAccess.map(({ resources, verbs }) => ({ apiGroups: [''], resources, verbs }));
}
