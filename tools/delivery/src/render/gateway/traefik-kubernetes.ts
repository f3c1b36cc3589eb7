import { askedInCluster, listRoutes, type GatewayModel } from './gateway-model.ts';
import type { ResourceFile } from './resource-file.ts';
import { toTraefikMiddlewares } from './traefik-middlewares.ts';
import { traefikPriority, traefikRules } from './traefik-routers.ts';
import { traefikTransports } from './traefik.ts';

const apiVersion = 'traefik.io/v1alpha1';

/** Middleware, ServersTransport and IngressRoute resources for Traefik as the ingress controller of a cluster. */
export function buildTraefikResources(model: GatewayModel): ResourceFile[] {
  const metadata = (name: string) => ({ name, namespace: model.namespace });
  const middlewares = Object.entries(toTraefikMiddlewares(model, askedInCluster(model))).map(([name, spec]) => ({
    apiVersion,
    kind: 'Middleware',
    metadata: metadata(name),
    spec,
  }));
  const transports = Object.entries(traefikTransports).map(([name, spec]) => ({
    apiVersion,
    kind: 'ServersTransport',
    metadata: metadata(name),
    spec,
  }));
  const ingressRoutes = model.hosts.map((host) => ({
    apiVersion,
    kind: 'IngressRoute',
    metadata: metadata(host.name.replaceAll('.', '-')),
    spec: {
      entryPoints: [model.https ? 'websecure' : 'web'],
      routes: host.routes.flatMap((route) =>
        traefikRules(route).map(({ match, middlewares: used }) => ({
          kind: 'Rule',
          match,
          priority: traefikPriority(route),
          middlewares: used.map((name) => ({ name })),
          services: [
            { name: route.workload, port: route.port, serversTransport: route.critical ? 'critical' : 'usual' },
          ],
        })),
      ),
      ...(model.https ? { tls: { secretName: `${host.name.replaceAll('.', '-')}-tls` } } : {}),
    },
  }));
  return listRoutes(model).length === 0
    ? []
    : [
        { path: 'kubernetes/traefik/middlewares.yaml', resources: [...middlewares, ...transports] },
        { path: 'kubernetes/traefik/ingress-routes.yaml', resources: ingressRoutes },
      ];
}
