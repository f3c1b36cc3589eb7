import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts';
import { askedInCluster, listRoutes, type GatewayModel, type GatewayRoute } from './gateway-model.ts';
import { blockedPlugin, kongPath } from './kong.ts';
import { kongPluginsOf, type KongPlugin } from './kong-plugins.ts';
import type { ResourceFile } from './resource-file.ts';

/** Plugins that are the same for every route: one KongClusterPlugin each, named in the routes' one annotation. */
const shared = new Set([
  'cors',
  'correlation-id',
  'request-transformer',
  'response-transformer',
  'request-termination',
]);

/** Ingress, KongPlugin and KongClusterPlugin resources for Kong's ingress controller. */
export function buildKongResources(model: GatewayModel): ResourceFile[] {
  const asked = askedInCluster(model);
  const routes = listRoutes(model).map((route) => ({ route, plugins: kongPluginsOf(route, model, asked) }));
  const used = routes.flatMap(({ plugins }) => plugins.filter(({ name }) => shared.has(name)));
  const hasBlocked = routes.some(({ route }) => route.blockedPaths.length > 0);
  const clusterPlugins = distinct(hasBlocked ? [...used, blockedPlugin] : used).map((plugin) => ({
    apiVersion: 'configuration.konghq.com/v1',
    kind: 'KongClusterPlugin',
    metadata: {
      name: sharedName(plugin, model),
      annotations: { 'kubernetes.io/ingress.class': model.ingressClass },
    },
    plugin: plugin.name,
    config: plugin.config,
  }));
  const ownPlugins = routes.flatMap(({ route, plugins }) =>
    plugins
      .filter(({ name }) => !shared.has(name))
      .map((plugin) => ({
        apiVersion: 'configuration.konghq.com/v1',
        kind: 'KongPlugin',
        metadata: { name: ownName(plugin, route), namespace: model.namespace },
        plugin: plugin.name,
        config: plugin.config,
      })),
  );
  const ingresses = routes.flatMap(({ route, plugins }) => [
    ingress(route, [route.path], model, { name: route.name, plugins, priority: route.path.length }),
    ...(route.blockedPaths.length === 0
      ? []
      : [
          ingress(route, route.blockedPaths, model, {
            name: `${route.name}-blocked`,
            plugins: [blockedPlugin],
            priority: 1000,
          }),
        ]),
  ]);
  return [
    { path: 'kubernetes/kong/plugins.yaml', resources: [...clusterPlugins, ...ownPlugins] },
    { path: 'kubernetes/kong/ingresses.yaml', resources: ingresses },
  ];
}

interface IngressParts {
  readonly name: string;
  readonly plugins: readonly KongPlugin[];
  readonly priority: number;
}

function ingress(
  route: GatewayRoute,
  paths: readonly string[],
  model: GatewayModel,
  parts: IngressParts,
): KubernetesObject {
  const names = parts.plugins.map((plugin) =>
    shared.has(plugin.name) ? sharedName(plugin, model) : ownName(plugin, route),
  );
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: parts.name,
      namespace: model.namespace,
      annotations: {
        'konghq.com/strip-path': 'false',
        'konghq.com/preserve-host': 'true',
        'konghq.com/protocols': model.https ? 'https' : 'http',
        'konghq.com/regex-priority': String(parts.priority),
        // One list: a second annotation of this name would silently replace the first.
        'konghq.com/plugins': names.join(','),
        ...(model.https ? { 'cert-manager.io/cluster-issuer': 'platform' } : {}),
      },
    },
    spec: {
      ingressClassName: model.ingressClass,
      ...(model.https ? { tls: [{ hosts: [route.host], secretName: `${route.host.replaceAll('.', '-')}-tls` }] } : {}),
      rules: [
        {
          host: route.host,
          http: {
            paths: paths.map((path) => ({
              path: path === '/' ? '/' : `/${kongPath(path)}`,
              pathType: 'ImplementationSpecific',
              backend: { service: { name: route.workload, port: { number: route.port } } },
            })),
          },
        },
      ],
    },
  };
}

function sharedName(plugin: KongPlugin, model: GatewayModel): string {
  return plugin.name === 'request-termination' ? `${model.platform}-blocked` : `${model.platform}-${plugin.name}`;
}

function ownName(plugin: KongPlugin, route: GatewayRoute): string {
  return `${route.name}-${plugin.name === 'post-function' ? 'verify' : 'body-limit'}`;
}

function distinct(plugins: readonly KongPlugin[]): KongPlugin[] {
  return [...new Map(plugins.map((plugin) => [plugin.name, plugin])).values()];
}
