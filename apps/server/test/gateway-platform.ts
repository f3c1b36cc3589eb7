import type { RenderInput } from '@plinth/delivery/gateway';
import { allowedOrigin, apiHost, toolHost, webHost, type World } from './gateway-world.ts';

export const applicationHost = 'api-shop.conformance.localhost';

type EdgeRoute = RenderInput['platform']['routes'][number];

const usual = {
  port: 3000,
  timeoutSeconds: 60,
  bodyLimit: 1024 * 1024,
  critical: false,
  public: false,
  blockedPaths: [],
};

/** The platform of the world, as far as gateways look at it: routes of its services, an application and a tool. */
export function toPlatform(world: World): RenderInput {
  const routes: EdgeRoute[] = [
    ...world.manifests.flatMap((manifest) =>
      manifest.routes.map((route): EdgeRoute => ({
        ...usual,
        name: `${manifest.name}${route.path.replaceAll('/', '-')}`,
        host: apiHost,
        path: `/api/v1${route.path}`,
        workload: manifest.name,
        kind: 'api',
        rateLimit: route.rateLimit ?? manifest.rateLimit,
        timeoutSeconds: route.critical === true ? 5 : 60,
        bodyLimit: route.bodyLimit ?? usual.bodyLimit,
        critical: route.critical === true,
        public: route.public === true,
      })),
    ),
    ...world.manifests.flatMap((manifest) =>
      (manifest.pages ?? []).map((path): EdgeRoute => ({
        ...usual,
        name: `${manifest.name}-pages${path.replaceAll(/[^a-z0-9]+/g, '-')}`,
        host: apiHost,
        path,
        workload: manifest.name,
        kind: 'api',
        rateLimit: manifest.rateLimit,
        bodyLimit: 65_536,
        public: true,
      })),
    ),
    {
      ...usual,
      name: 'gateway',
      host: apiHost,
      path: '/',
      workload: 'gateway',
      kind: 'page',
      rateLimit: undefined,
      public: true,
      blockedPaths: ['/edge', '/internal', '/metrics'],
    },
    {
      ...usual,
      name: 'shop-api',
      host: applicationHost,
      path: '/',
      workload: 'application',
      kind: 'api',
      rateLimit: 4,
    },
    { ...usual, name: 'shop-web', host: webHost, path: '/', workload: 'web', kind: 'api', rateLimit: 1000 },
    { ...usual, name: 'kafka-ui', host: toolHost, path: '/', workload: 'tool', kind: 'tool', rateLimit: undefined },
  ];
  const platform = {
    name: 'conformance',
    environment: 'development',
    domain: 'conformance.localhost',
    scheme: 'http',
    corsOrigins: [allowedOrigin, 'http://localhost:*'],
    components: [],
    workloads: [
      ...['gateway', ...world.manifests.map(({ name }) => name)].map((name) => ({ name, kind: 'core' })),
      { name: 'application', kind: 'application' },
      { name: 'web', kind: 'application' },
      { name: 'tool', kind: 'component' },
    ],
    routes,
    cluster: { namespace: 'conformance', ingressClass: 'traefik' },
  } as unknown as RenderInput['platform'];
  return { platform, environments: [platform] };
}
