import { pageRequest } from './edge-policy.ts';
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
    routers: Object.fromEntries(
      routes.flatMap((route) => traefikRules(route).map((rule) => [rule.name, toRouter(route, rule, model)])),
    ),
    services: Object.fromEntries(routes.map((route) => [route.name, toService(route)])),
  };
}

/** A rule of a route and the middlewares of the requests that it fits. */
export interface TraefikRule {
  /** Of the router. */
  readonly name: string;
  readonly match: string;
  readonly middlewares: readonly string[];
}

/** One rule, or two that exclude each other: Traefik cannot choose between answers to those who are not signed in. */
export function traefikRules(route: GatewayRoute): TraefikRule[] {
  const match = traefikRule(route);
  if (!route.signIn) return [{ name: route.name, match, middlewares: traefikMiddlewaresOf(route) }];
  const page = `(Method(\`${pageRequest.method}\`) && HeaderRegexp(\`Accept\`, \`${pageRequest.accept}\`))`;
  return [
    { name: route.name, match: `${match} && !${page}`, middlewares: traefikMiddlewaresOf(route) },
    { name: `${route.name}-page`, match: `${match} && ${page}`, middlewares: traefikMiddlewaresOf(route, true) },
  ];
}

/** Host and path as Traefik's rule; a path is whole segments, and blocked paths are left out of it. */
function traefikRule(route: GatewayRoute): string {
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

function toRouter(route: GatewayRoute, rule: TraefikRule, model: GatewayModel): Record<string, unknown> {
  return {
    entryPoints: [model.https ? 'websecure' : 'web'],
    rule: rule.match,
    priority: traefikPriority(route),
    service: route.name,
    middlewares: rule.middlewares,
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
  return healthPath === undefined
    ? undefined
    : {
        path: healthPath,
        interval: '10s',
        // Who was not there at the start is taken up as soon as it is.
        unhealthyInterval: '1s',
        timeout: '5s',
      };
}
