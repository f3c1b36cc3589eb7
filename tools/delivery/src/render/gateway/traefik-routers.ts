import { type GatewayModel, type GatewayRoute, listRoutes } from './gateway-model.ts';
import { traefikMiddlewaresOf } from './traefik-middlewares.ts';

export interface TraefikRouting {
  readonly routers: Record<string, Record<string, unknown>>;
  readonly services: Record<string, Record<string, unknown>>;
}

/** Routers and services of the file provider and of labels. */
export function toTraefikRouters(model: GatewayModel): TraefikRouting {
  const routes = listRoutes(model);
  return {
    routers: Object.fromEntries(routes.map((route) => [route.name, toRouter(route, model)])),
    services: Object.fromEntries(routes.map((route) => [route.name, toService(route)])),
  };
}

/** Host and path as Traefik's rule; a path is whole segments, and blocked paths are left out of it. */
export function traefikRule(route: GatewayRoute): string {
  const parts = [`Host(\`${route.host}\`)`];
  if (route.path !== '/') parts.push(below(route.path));
  return [...parts, ...route.blockedPaths.map((path) => `!${below(path)}`)].join(' && ');
}

/** Longer paths first; Traefik's own order is by the length of the whole rule, which blocked paths would upset. */
export function traefikPriority(route: GatewayRoute): number {
  return route.path.length;
}

function below(path: string): string {
  return `(Path(\`${path}\`) || PathPrefix(\`${path}/\`))`;
}

function toRouter(route: GatewayRoute, model: GatewayModel): Record<string, unknown> {
  return {
    entryPoints: [model.https ? 'websecure' : 'web'],
    rule: traefikRule(route),
    priority: traefikPriority(route),
    service: route.name,
    middlewares: traefikMiddlewaresOf(route),
    ...(model.https ? { tls: model.tls === undefined ? {} : { certResolver: 'platform' } } : {}),
  };
}

function toService(route: GatewayRoute): Record<string, unknown> {
  return {
    loadBalancer: {
      servers: [{ url: `http://${route.upstream}` }],
      passHostHeader: true,
      serversTransport: route.critical ? 'critical' : 'usual',
      healthCheck: traefikHealthCheck(route),
    },
  };
}

/** Undefined when the workload has no path to ask for. */
export function traefikHealthCheck({ healthPath }: GatewayRoute): Record<string, unknown> | undefined {
  return healthPath === undefined ? undefined : { path: healthPath, interval: '10s', timeout: '5s' };
}
