import type { ResolvedPlatform } from '../../model/platform-model.ts';

/** Namespaces in which the controllers' own charts and documents put them; k3s brings Traefik in `kube-system`. */
const namespaces: Readonly<Record<string, string>> = {
  traefik: 'traefik',
  nginx: 'ingress-nginx',
  kong: 'kong',
  haproxy: 'haproxy-controller',
};

/** Namespace of the controller that serves the platform's ingress class. */
export function ingressNamespace({ cluster }: ResolvedPlatform): string {
  if (cluster.kind === 'k3s' && cluster.ingressClass === 'traefik') return 'kube-system';
  return namespaces[cluster.ingressClass] ?? cluster.ingressClass;
}

/** A peer of a NetworkPolicy: the pods of the ingress controller. */
export function ingressController(platform: ResolvedPlatform): Record<string, unknown> {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': ingressNamespace(platform) } } };
}
