import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { resolveAddOns, resolveChartReleases } from '../kubernetes/add-ons.ts';
import { baseEnvironment } from '../kubernetes/environments.ts';
import { bringsStorage } from '../kubernetes/storage.ts';
import { argocdNamespace } from './application.ts';

/** Kinds of the whole cluster that operators bring; everything else that is not of a namespace is refused. */
const operatorKinds = [
  { group: '', kind: 'Namespace' },
  { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  { group: 'networking.k8s.io', kind: 'IngressClass' },
  { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
  { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
];

/** The project: which repositories may be applied, where, and what beside the resources of namespaces. */
export function buildProject(environments: readonly ResolvedPlatform[]): Record<string, unknown> {
  const platform = baseEnvironment(environments);
  const addOns = resolveAddOns(environments);
  const foreign = [
    ...addOns.filter(({ source }) => source !== 'rendered'),
    ...environments.flatMap(resolveChartReleases),
  ];
  const repositories = [
    platform.gitOps.repository,
    ...(platform.cluster.airGapped ? [] : foreign.map(({ repository }) => argocdRepository(repository))),
  ];
  const namespaces = [
    argocdNamespace,
    // cert-manager elects its leader there.
    'kube-system',
    ...environments.map(({ cluster }) => cluster.namespace),
    ...addOns.map(({ namespace }) => namespace),
  ];
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: platform.name, namespace: argocdNamespace },
    spec: {
      description: platform.title,
      sourceRepos: [...new Set(repositories)].toSorted(),
      destinations: [...new Set(namespaces)]
        .toSorted()
        .map((namespace) => ({ server: 'https://kubernetes.default.svc', namespace })),
      clusterResourceWhitelist: [
        ...(addOns.length === 0 ? operatorKinds.slice(0, 1) : operatorKinds),
        ...(environments.some(bringsStorage) ? [{ group: 'storage.k8s.io', kind: 'StorageClass' }] : []),
      ],
      // A quota or limit of the namespace is a decision of whoever runs the cluster.
      namespaceResourceBlacklist: [
        { group: '', kind: 'ResourceQuota' },
        { group: '', kind: 'LimitRange' },
      ],
      orphanedResources: { warn: true },
    },
  };
}

/** Argo CD names a registry of charts without its scheme. */
export function argocdRepository(repository: string): string {
  return repository.replace(/^oci:\/\//, '');
}
