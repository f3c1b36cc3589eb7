import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { hookAnnotations } from './job.ts';
import { compact, type KubernetesObject } from './kubernetes-object.ts';
import { operatedPods, ownPods, platformLabels, selectorLabels, workloadLabels } from './labels.ts';
import { resolveNetworkRules } from './network-rules.ts';

/** Whom one workload may call, and who may call it. */
export function buildNetworkPolicy(platform: ResolvedPlatform, workload: Workload): KubernetesObject {
  const { ingress, egress } = resolveNetworkRules(platform, workload);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: compact({
      name: workload.name,
      labels: workloadLabels(platform, workload),
      annotations: hookAnnotations(workload, true),
    }),
    spec: {
      podSelector: { matchLabels: selectorLabels(platform, workload.name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress,
      egress,
    },
  };
}

/**
 * What holds for the whole namespace: nothing is allowed that no other policy allows, names are resolved, and pods
 * that operators, charts and certificate challenges make, whose labels and calls are not ours to know, reach each
 * other, our pods and their API server.
 */
export function buildNamespacePolicies(platform: ResolvedPlatform): KubernetesObject[] {
  const policy = (name: string, spec: Record<string, unknown>): KubernetesObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${platform.name}-${name}`, labels: platformLabels(platform) },
    spec,
  });
  const isOperated = platform.components.some(({ entry }) => entry.kubernetes.form !== 'workloads');
  return [
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] }),
    policy('names', { podSelector: ownPods(platform), policyTypes: ['Egress'], egress: [nameRule] }),
    ...(isOperated || platform.tls !== undefined
      ? [
          policy('operated', {
            podSelector: operatedPods(platform),
            policyTypes: ['Ingress', 'Egress'],
            ingress: [{}],
            egress: [{}],
          }),
        ]
      : []),
  ];
}

const nameRule = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};
