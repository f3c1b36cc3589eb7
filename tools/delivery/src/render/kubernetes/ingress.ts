import type { ResolvedPlatform } from '../../model/platform-model.ts';
import { listRoutes, toGatewayModel, type GatewayModel, type GatewayRoute } from '../gateway/gateway-model.ts';
import { buildKongResources } from '../gateway/kong-kubernetes.ts';
import type { ResourceFile } from '../gateway/resource-file.ts';
import { buildTraefikResources } from '../gateway/traefik-kubernetes.ts';
import { certificateName, hasCertificates } from './certificate.ts';
import { deployedWorkloads } from './deployed-workloads.ts';
import { nginxAnnotations } from './ingress-nginx.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { platformLabels } from './labels.ts';

/** Ingress classes for which the gateway renderer has resources of its own. */
const gateways: Readonly<Record<string, (model: GatewayModel) => ResourceFile[]>> = {
  traefik: buildTraefikResources,
  kong: buildKongResources,
};

/** The way in, for the controller that serves the platform's ingress class. */
export function buildIngresses(platform: ResolvedPlatform): KubernetesObject[] {
  const model = toGatewayModel({ ...platform, routes: exposedRoutes(platform) });
  if (model.hosts.length === 0) return [];
  const build = gateways[platform.cluster.ingressClass];
  if (build === undefined) return listRoutes(model).map((route) => buildIngress(platform, route));
  return build(model).flatMap(({ resources }) => resources.map((resource) => adoptObject(platform, resource)));
}

/**
 * Routes to pods that are there. Controllers that cannot ask `/edge/verify`, or oauth2-proxy in its place, get none of
 * the routes that must be verified: no way in is better than an open one.
 */
function exposedRoutes(platform: ResolvedPlatform): ResolvedPlatform['routes'] {
  const { ingressClass } = platform.cluster;
  const deployed = new Set(deployedWorkloads(platform).map(({ name }) => name));
  const canAsk = deployed.has('gateway') && (Object.hasOwn(gateways, ingressClass) || ingressClass === 'nginx');
  const model = toGatewayModel(platform);
  const canSignIn = deployed.has(model.signIn?.workload ?? '') && Object.hasOwn(gateways, ingressClass);
  const exposed = new Set(
    listRoutes(model)
      .filter(({ verify, signIn }) => (verify === undefined || canAsk) && (!signIn || canSignIn))
      .map(({ name }) => name),
  );
  return platform.routes.filter(({ name, workload }) => deployed.has(workload) && exposed.has(name));
}

/** Namespace, certificates and labels are ours to give; a plugin for the whole cluster becomes one of the namespace. */
function adoptObject(platform: ResolvedPlatform, object: KubernetesObject): KubernetesObject {
  const { annotations = {}, name } = object.metadata;
  const kept = Object.entries(annotations).filter(
    ([key]) => !key.startsWith('cert-manager.io/') && key !== 'kubernetes.io/ingress.class',
  );
  return {
    ...object,
    kind: object.kind === 'KongClusterPlugin' ? 'KongPlugin' : object.kind,
    metadata: {
      name,
      labels: platformLabels(platform),
      ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
    },
  };
}

function buildIngress(platform: ResolvedPlatform, route: GatewayRoute): KubernetesObject {
  const { ingressClass } = platform.cluster;
  const annotations = ingressClass === 'nginx' ? nginxAnnotations(platform, route) : {};
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: route.name,
      labels: platformLabels(platform),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      ingressClassName: ingressClass,
      ...(hasCertificates(platform) ? { tls: [{ hosts: [route.host], secretName: certificateName(route.host) }] } : {}),
      rules: [
        {
          host: route.host,
          http: {
            paths: [
              {
                path: route.path,
                pathType: 'Prefix',
                backend: { service: { name: route.workload, port: { number: route.port } } },
              },
            ],
          },
        },
      ],
    },
  };
}
