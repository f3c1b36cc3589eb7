import type { EdgeRoute, ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import type { RenderInput } from '../renderer.ts';

/** A route of the metering service with some fields changed. */
export function buildRoute(changes: Partial<EdgeRoute> = {}): EdgeRoute {
  return {
    name: 'metering-usage',
    host: 'api.shop.localhost',
    path: '/api/v1/usage',
    workload: 'metering',
    port: 3000,
    kind: 'api',
    rateLimit: 500,
    timeoutSeconds: 60,
    bodyLimit: 1_048_576,
    critical: false,
    public: false,
    blockedPaths: [],
    ...changes,
  };
}

/** A route of each kind: services, sign-in, pages of the gateway, an application's API and page, a tool. */
export const sampleRoutes: readonly EdgeRoute[] = [
  buildRoute({ name: 'metering-usage-events', path: '/api/v1/usage/events', rateLimit: 60_000, bodyLimit: 4_194_304 }),
  buildRoute(),
  buildRoute({ name: 'iam-auth', path: '/api/v1/auth', workload: 'iam', public: true, bodyLimit: 65_536 }),
  buildRoute({
    name: 'gateway',
    path: '/',
    workload: 'gateway',
    kind: 'page',
    public: true,
    rateLimit: undefined,
    blockedPaths: ['/edge', '/internal', '/metrics'],
  }),
  buildRoute({
    name: 'chat-api',
    host: 'api-chat.shop.localhost',
    path: '/',
    workload: 'chat-api',
    rateLimit: 100,
    critical: true,
    timeoutSeconds: 5,
  }),
  buildRoute({
    name: 'chat-web',
    host: 'app-chat.shop.localhost',
    path: '/',
    workload: 'chat-web',
    kind: 'page',
    public: true,
    rateLimit: undefined,
    bodyLimit: 1_048_576,
  }),
  buildRoute({
    name: 'kafka-ui',
    host: 'kafka-ui.shop.localhost',
    path: '/',
    workload: 'kafka-ui',
    port: 8080,
    kind: 'tool',
    rateLimit: undefined,
    bodyLimit: 16_777_216,
  }),
];

function buildWorkload(name: string, kind: Workload['kind']): Workload {
  return { name, kind, health: { ready: { kind: 'http', path: '/health/ready', port: 3000 } } } as unknown as Workload;
}

/** A platform as far as gateways look at it. */
export function buildGatewayInput(changes: Partial<ResolvedPlatform> = {}): RenderInput {
  const platform = {
    name: 'shop',
    environment: 'development',
    domain: 'shop.localhost',
    scheme: 'http',
    tls: undefined,
    corsOrigins: ['http://localhost:*', 'http://app-chat.shop.localhost'],
    workloads: [
      ...['gateway', 'iam', 'metering'].map((name) => buildWorkload(name, 'core')),
      ...['chat-api', 'chat-web'].map((name) => buildWorkload(name, 'application')),
      buildWorkload('kafka-ui', 'component'),
    ],
    routes: sampleRoutes,
    components: [],
    targets: ['gateway'],
    edge: 'traefik',
    cluster: { namespace: 'shop', ingressClass: 'kong' },
    ...changes,
  } as unknown as ResolvedPlatform;
  return { platform, environments: [platform] };
}
