import { findEntry } from '../../description/component-index.ts';
import type { ResolvedComponent, ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { usualObjectives } from '../../description/resolve-objectives.ts';
import type { RenderInput } from '../renderer.ts';

/** A workload with metrics on a port. */
export function buildWorkload(name: string, fields: Partial<Workload> = {}): Workload {
  return {
    name,
    title: name,
    kind: 'core',
    type: 'plinth',
    component: undefined,
    product: undefined,
    tier: '00',
    layer: 'base',
    profiles: [],
    image: `example/${name}:1.0.0`,
    build: undefined,
    command: undefined,
    arguments: undefined,
    ports: [{ name: 'http', port: 3000, protocol: 'http' }],
    variables: [],
    secretFiles: [],
    files: [],
    generatedFiles: [],
    volumes: [],
    health: undefined,
    resources: { requests: { cpu: 100, memory: 128 }, limits: { cpu: 500, memory: 512 } },
    replicas: 1,
    autoscaling: undefined,
    hardening: { user: 1001, group: 1001, readOnlyRoot: true, temporaryFolders: [], capabilities: [] },
    dependsOn: [],
    networks: ['back'],
    runsOnce: false,
    stateful: false,
    metrics: { path: '/metrics', port: 3000 },
    connections: 0,
    published: [],
    calls: [],
    events: { publishes: [], consumes: [] },
    stopGraceSeconds: 10,
    ...fields,
  };
}

/** A platform of core services and components, with a route for a page and one for an API. */
export function buildInput(
  services: readonly string[],
  components: Readonly<Record<string, number>>,
  fields: Partial<ResolvedPlatform> = {},
): RenderInput {
  const workloads = [
    ...services.map((name) => buildWorkload(name)),
    ...Object.entries(components).map(([name, port]) =>
      buildWorkload(name, {
        kind: 'component',
        type: 'component',
        component: name,
        metrics: { path: '/metrics', port },
      }),
    ),
  ];
  const route = {
    port: 3000,
    rateLimit: undefined,
    timeoutSeconds: 60,
    bodyLimit: 1,
    critical: false,
    blockedPaths: [],
  };
  const platform: ResolvedPlatform = {
    name: 'acme',
    title: 'Acme',
    environment: 'production',
    environments: ['production'],
    domain: 'acme.example.com',
    scheme: 'https',
    targets: ['observability'],
    registry: 'registry.example.com/acme',
    version: '1.0.0',
    edge: 'caddy',
    tls: undefined,
    corsOrigins: [],
    workloads,
    components: Object.keys(components).map(buildComponent),
    routes: [
      {
        ...route,
        name: 'console',
        host: 'console.acme.example.com',
        path: '/',
        workload: 'gateway',
        kind: 'page',
        public: true,
      },
      {
        ...route,
        name: 'api',
        host: 'api.acme.example.com',
        path: '/',
        workload: 'gateway',
        kind: 'api',
        public: false,
      },
    ],
    secrets: [],
    identity: {
      provider: 'embedded',
      issuer: 'https://api.acme.example.com/api/v1/auth',
      realm: 'acme-production',
      redirectUris: ['https://console.acme.example.com/auth/callback'],
      webOrigins: ['https://console.acme.example.com'],
      brokers: [],
    },
    node: undefined,
    products: [],
    cluster: {
      name: 'production',
      kind: 'k3s',
      namespace: 'acme',
      ingressClass: 'traefik',
      storageClass: 'local-path',
      secretStore: 'existing',
      airGapped: false,
      tolerations: [],
    },
    gitOps: { repository: 'https://git.example.com/acme.git', branch: 'main' },
    nodeImage: 'node:24',
    notify: {
      critical: [{ kind: 'pagerduty', secret: 'alertmanager-pagerduty-key' }],
      warning: [
        { kind: 'slack', channel: '#alerts', secret: 'alertmanager-slack-url' },
        { kind: 'email', to: 'ops@acme.example.com' },
      ],
    },
    objectives: Object.fromEntries(services.map((service) => [service, usualObjectives])),
    ...fields,
  };
  return { platform, environments: [platform] };
}

function buildComponent(name: string): ResolvedComponent {
  const entry = findEntry(name);
  if (entry === undefined) throw new Error(`the catalogue has no ${name}`);
  return { name, entry, settings: {}, workloads: [name], kubernetes: undefined };
}

/** Everything that rules and dashboards know. */
export const allExporters = {
  alertmanager: 9093,
  alloy: 12_345,
  'blackbox-exporter': 9115,
  cadvisor: 8080,
  grafana: 3000,
  'kafka-exporter': 9308,
  loki: 3100,
  'node-exporter': 9100,
  'otel-collector': 8888,
  'postgres-exporter': 9187,
  prometheus: 9090,
  pushgateway: 9091,
  rabbitmq: 15_692,
  'redis-exporter': 9121,
  tempo: 3200,
} as const;

export const coreServices = ['account', 'gateway', 'iam', 'metering', 'subscription'] as const;
