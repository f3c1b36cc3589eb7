import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import type { RenderInput } from '../renderer.ts';

/** A valid workload: a back end of the team behind port 3000. */
export function buildWorkload(changes: Partial<Workload> = {}): Workload {
  const name = changes.name ?? 'shop-api';
  return {
    name,
    title: name,
    kind: 'application',
    type: 'nest',
    component: undefined,
    product: undefined,
    tier: '00',
    layer: 'base',
    profiles: [],
    image: `registry.example.com/team/${name}:1.0.0`,
    build: { dockerfile: `images/${name}/Dockerfile`, folder: `apps/${name}`, packageName: name, type: 'nest' },
    command: undefined,
    arguments: undefined,
    ports: [{ name: 'http', port: 3000, protocol: 'http' }],
    variables: [{ name: 'LOG_LEVEL', value: 'info' }],
    secretFiles: [],
    files: [],
    generatedFiles: [],
    volumes: [],
    health: {
      live: { kind: 'http', path: '/health/live', port: 3000 },
      ready: { kind: 'http', path: '/health/ready', port: 3000 },
      check: ['true'],
      intervalSeconds: 30,
      timeoutSeconds: 10,
      startSeconds: 40,
      retries: 3,
    },
    resources: { requests: { cpu: 100, memory: 256 }, limits: { cpu: 500, memory: 512 } },
    replicas: 1,
    autoscaling: undefined,
    hardening: { user: 1001, group: 1001, readOnlyRoot: true, temporaryFolders: ['/tmp'], capabilities: [] },
    dependsOn: [],
    networks: ['back'],
    runsOnce: false,
    stateful: false,
    metrics: undefined,
    connections: 0,
    published: [],
    calls: [],
    events: { publishes: [], consumes: [] },
    stopGraceSeconds: 30,
    ...changes,
  };
}

/** A valid database: one pod with a volume. */
export function buildDatabase(changes: Partial<Workload> = {}): Workload {
  return buildWorkload({
    name: 'postgres',
    kind: 'component',
    type: 'component',
    component: 'postgres',
    image: 'postgres:18.1-alpine3.22',
    build: undefined,
    ports: [{ name: 'postgres', port: 5432, protocol: 'tcp' }],
    volumes: [{ name: 'postgres-data', path: '/var/lib/postgresql', size: 20_480 }],
    hardening: { user: 70, group: 70, readOnlyRoot: true, temporaryFolders: ['/tmp'], capabilities: [] },
    stateful: true,
    ...changes,
  });
}

/** A valid platform of one workload. */
export function buildPlatform(changes: Partial<ResolvedPlatform> = {}): ResolvedPlatform {
  const environment = changes.environment ?? 'production';
  return {
    name: 'shop',
    title: 'Shop',
    environment,
    environments: ['staging', 'production'],
    domain: 'shop.example.com',
    scheme: 'https',
    targets: ['kustomize', 'helm', 'argocd', 'flux'],
    registry: 'registry.example.com/team',
    version: '1.0.0',
    edge: 'traefik',
    tls: { email: 'ops@example.com', challenge: 'http-01' },
    corsOrigins: [],
    workloads: [buildWorkload()],
    components: [],
    routes: [],
    secrets: [],
    identity: {
      provider: 'embedded',
      issuer: 'https://api.shop.example.com',
      realm: 'shop',
      redirectUris: [],
      webOrigins: [],
      brokers: [],
    },
    node: undefined,
    products: [],
    cluster: {
      name: environment,
      kind: 'k3s',
      namespace: `shop-${environment}`,
      ingressClass: 'traefik',
      storageClass: 'local-path',
      secretStore: 'existing',
      airGapped: false,
      tolerations: [],
    },
    gitOps: { repository: 'https://git.example.com/shop/deploy.git', branch: 'main' },
    nodeImage: 'node:24-alpine',
    notify: {
      critical: [{ kind: 'email', to: 'ops@example.com' }],
      warning: [{ kind: 'email', to: 'ops@example.com' }],
    },
    objectives: {},
    ...changes,
  };
}

/** What renderers get for these platforms; the last one is the one that is rendered. */
export function buildInput(...environments: readonly ResolvedPlatform[]): RenderInput {
  const platform = environments.at(-1);
  if (platform === undefined) throw new Error('no environment');
  return { platform, environments };
}
