import type { Artifact } from '../artifact.ts';
import { renderYamlDocuments } from '../yaml.ts';
import { listRoutes, VERIFIER, VERIFIER_PORT, type GatewayModel } from './gateway-model.ts';
import { toTraefikMiddlewares, traefikMiddlewaresOf } from './traefik-middlewares.ts';
import { traefikPriority, traefikRule } from './traefik-routers.ts';
import { traefikTransports } from './traefik.ts';

const apiVersion = 'traefik.io/v1alpha1';

/** Middleware, ServersTransport and IngressRoute resources for Traefik as the ingress controller of a cluster. */
export function renderTraefikKubernetes(model: GatewayModel): Artifact[] {
  const metadata = (name: string) => ({ name, namespace: model.namespace });
  // Traefik stands in a namespace of its own.
  const verifier = `${VERIFIER}.${model.namespace}.svc:${VERIFIER_PORT}`;
  const middlewares = Object.entries(toTraefikMiddlewares(model, verifier)).map(([name, spec]) => ({
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
      routes: host.routes.map((route) => ({
        kind: 'Rule',
        match: traefikRule(route),
        priority: traefikPriority(route),
        middlewares: traefikMiddlewaresOf(route).map((name) => ({ name })),
        services: [{ name: route.workload, port: route.port, serversTransport: route.critical ? 'critical' : 'usual' }],
      })),
      ...(model.https ? { tls: { secretName: `${host.name.replaceAll('.', '-')}-tls` } } : {}),
    },
  }));
  return listRoutes(model).length === 0
    ? []
    : [
        { path: 'kubernetes/traefik/middlewares.yaml', content: renderYamlDocuments([...middlewares, ...transports]) },
        { path: 'kubernetes/traefik/ingress-routes.yaml', content: renderYamlDocuments(ingressRoutes) },
      ];
}
