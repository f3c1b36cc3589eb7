import type { Artifact } from '../artifact.ts';
import { renderYaml } from '../yaml.ts';
import { problemDocument } from './edge-policy.ts';
import { listRoutes, type GatewayModel, type GatewayRoute } from './gateway-model.ts';
import { kongPluginsOf, type KongPlugin } from './kong-plugins.ts';
import { escapeExpression } from './origin-pattern.ts';

/**
 * Kong's declarative file (format 3.0, without a database). The verifying plugin calls `/edge/verify` by resty.http:
 * Kong must be started with `KONG_UNTRUSTED_LUA_SANDBOX_REQUIRES=resty.http`.
 */
export function renderKong(model: GatewayModel): Artifact[] {
  const document = {
    _format_version: '3.0',
    _transform: true,
    services: listRoutes(model).map((route) => toService(route, model)),
  };
  return [{ path: 'kong/kong.yml', content: renderYaml(document) }];
}

function toService(route: GatewayRoute, model: GatewayModel): Record<string, unknown> {
  const [host, port] = splitAddress(route.upstream);
  const milliseconds = route.timeoutSeconds * 1000;
  return {
    name: route.name,
    protocol: 'http',
    host,
    port,
    connect_timeout: milliseconds,
    read_timeout: milliseconds,
    write_timeout: milliseconds,
    retries: 0,
    tags: [model.platform, model.environment],
    routes: [
      {
        name: route.name,
        hosts: [route.host],
        paths: [kongPath(route.path)],
        protocols: model.https ? ['https'] : ['http'],
        strip_path: false,
        preserve_host: true,
        path_handling: 'v0',
        regex_priority: route.path.length,
        ...(model.https ? { https_redirect_status_code: 308 } : {}),
        ...withPlugins(kongPluginsOf(route, model)),
      },
      ...(route.blockedPaths.length === 0 ? [] : [blockedRoute(route, model)]),
    ],
  };
}

/** A path of whole segments; Kong takes `~` paths for regular expressions and tries those of high priority first. */
export function kongPath(path: string): string {
  return path === '/' ? '/' : `~${escapeExpression(path)}(?:/|$)`;
}

/** Path regular expressions are anchored by Kong; request-termination answers before anything is asked. */
function blockedRoute(route: GatewayRoute, model: GatewayModel): Record<string, unknown> {
  return {
    name: `${route.name}-blocked`,
    hosts: [route.host],
    paths: route.blockedPaths.map(kongPath),
    protocols: model.https ? ['https'] : ['http'],
    strip_path: false,
    regex_priority: 1000,
    plugins: [blockedPlugin],
  };
}

export const blockedPlugin: KongPlugin = {
  name: 'request-termination',
  config: {
    status_code: 404,
    content_type: 'application/problem+json',
    body: problemDocument(404),
  },
};

function withPlugins(plugins: readonly KongPlugin[]): { plugins?: readonly KongPlugin[] } {
  return plugins.length === 0 ? {} : { plugins };
}

function splitAddress(address: string): [string, number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}
