import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import type { RenderInput } from '../renderer.ts';

/** A back end with one port; change what a test is about. */
export function buildWorkload(changes: Partial<Workload> & { readonly name: string }): Workload {
  return {
    title: changes.name,
    kind: 'component',
    type: 'component',
    component: changes.name,
    product: undefined,
    tier: '00',
    layer: 'base',
    profiles: [],
    image: `example/${changes.name}:1.2.3`,
    build: undefined,
    command: undefined,
    arguments: undefined,
    ports: [{ name: 'http', port: 8080, protocol: 'http' }],
    variables: [],
    secretFiles: [],
    files: [],
    volumes: [],
    health: {
      live: { kind: 'command', command: ['check'] },
      ready: { kind: 'command', command: ['check'] },
      check: ['check', '--port', '8080'],
      intervalSeconds: 30,
      timeoutSeconds: 10,
      startSeconds: 20,
      retries: 3,
    },
    resources: { requests: { cpu: 100, memory: 128 }, limits: { cpu: 500, memory: 256 } },
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
    generatedFiles: [],
    ...changes,
  };
}

/** A platform of the given workloads. */
export function buildRenderInput(workloads: readonly Workload[], changes: Partial<ResolvedPlatform> = {}): RenderInput {
  const platform = {
    name: 'shop',
    title: 'Shop',
    environment: 'production',
    environments: ['development', 'production'],
    version: '1.0.0',
    registry: 'registry.example.com/team',
    nodeImage: 'node:24.21.0-alpine3.22',
    components: [],
    products: [],
    routes: [],
    secrets: [],
    ...changes,
    workloads,
  } as unknown as ResolvedPlatform;
  return { platform, environments: [platform] };
}

/** The edge, an API that is built, its database and its migrations: enough for a whole file. */
export function buildShop(): Workload[] {
  return [
    buildWorkload({
      name: 'api',
      kind: 'application',
      type: 'nest',
      image: 'registry.example.com/team/api:1.0.0',
      build: { dockerfile: 'images/api/Dockerfile', folder: 'apps/api', packageName: '@shop/api', type: 'nest' },
      variables: [
        { name: 'PRICE_FORMAT', value: '$0.00' },
        { name: 'DATABASE_URL_FILE', secretFile: 'api-database-url' },
      ],
      dependsOn: [
        { workload: 'postgres', condition: 'healthy' },
        { workload: 'migrate', condition: 'completed' },
      ],
      replicas: 2,
    }),
    buildWorkload({
      name: 'edge',
      networks: ['front', 'back'],
      published: [{ hostPort: 443, port: 8080, address: '0.0.0.0' }],
      files: [{ path: '/etc/edge/edge.yml', content: 'log: true\n' }],
      hardening: {
        user: 65532,
        group: 65532,
        readOnlyRoot: true,
        temporaryFolders: [],
        capabilities: ['NET_BIND_SERVICE'],
      },
    }),
    buildWorkload({
      name: 'migrate',
      health: undefined,
      runsOnce: true,
      dependsOn: [{ workload: 'postgres', condition: 'healthy' }],
    }),
    buildWorkload({
      name: 'postgres',
      stateful: true,
      secretFiles: ['postgres-password'],
      volumes: [{ name: 'postgres-data', path: '/var/lib/postgresql', size: 1024 }],
      files: [{ path: '/docker-entrypoint-initdb.d/10-databases.sh', content: '#!/bin/sh\n', executable: true }],
      stopGraceSeconds: 60,
    }),
  ];
}
