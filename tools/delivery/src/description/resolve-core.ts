import { processVariables, type ServiceManifest, type VariableDefinition } from '@plinth/contracts';
import type { Dependency, Workload } from '../model/platform-model.ts';
import type { EnvironmentView } from './apply-environment.ts';
import { endpointOf, readinessOf, type Component } from './component-index.ts';
import type { CoreSurroundings } from './resolve-core-edge.ts';
import { CORE_POOL, CORE_PORT, coreVariables, isDirect, verifiesTokens } from './resolve-core-variables.ts';
import type { CoreIssuers } from './resolve-issuers.ts';
import { coreResources, httpHealth, resolveResources, usualAutoscaling, usualHardening } from './workload-defaults.ts';

export interface CoreInput {
  readonly view: EnvironmentView;
  readonly manifests: readonly ServiceManifest[];
  /** The database, for migrations; undefined when the platform has none (a check reports it). */
  readonly database: Component | undefined;
  /** What services connect to: the pool in front of the database where there is one. */
  readonly pool: Component | undefined;
  readonly corsOrigins: readonly string[];
  readonly publicUrl: string;
  /** Where traces go (OTLP over HTTP); undefined when nobody keeps any. */
  readonly collector: string | undefined;
  /** Issuers instead of the embedded one. */
  readonly issuers: CoreIssuers | undefined;
  readonly surroundings: CoreSurroundings;
}

/** The core services, each in a process of its own, the gateway in front of them, and the migrations before them. */
export function resolveCore(input: CoreInput): Workload[] {
  if (input.manifests.length === 0) return [];
  const names = input.manifests.map(({ name }) => name);
  const services = input.manifests.map((manifest) => serviceWorkload(input, manifest));
  return [...services, gatewayWorkload(input, names), migrateWorkload(input)];
}

function serviceWorkload(input: CoreInput, manifest: ServiceManifest): Workload {
  // Every process checks callers and tenants by the contracts of iam and tenant.
  const calls = [...new Set([...manifest.calls, 'iam', 'tenant'])]
    .filter((name) => name !== manifest.name && input.manifests.some((other) => other.name === name))
    .toSorted();
  return coreWorkload(input, {
    name: manifest.name,
    title: manifest.title,
    port: manifest.port,
    arguments: ['serve', manifest.name],
    packageName: `@plinth/${manifest.name}`,
    folder: `services/${manifest.name}`,
    tables: [...processVariables, ...manifest.variables],
    serviceUrls: calls,
    calls,
    dependsOn: [{ workload: 'migrate', condition: 'completed' }],
    resources: coreResources(manifest.resources),
    health: manifest.health,
    networks: networksOf(manifest),
    reaches: manifest.reaches ?? [],
    sessionConnections: manifest.database.sessionConnections ?? 0,
    events: { publishes: manifest.events.publishes, consumes: Object.keys(manifest.events.consumes).toSorted() },
  });
}

function gatewayWorkload(input: CoreInput, names: readonly string[]): Workload {
  const workload = coreWorkload(input, {
    name: 'gateway',
    title: 'Gateway',
    port: CORE_PORT,
    arguments: ['serve', 'gateway'],
    packageName: '@plinth/cli',
    folder: 'apps/cli',
    tables: processVariables,
    serviceUrls: names,
    calls: names,
    dependsOn: names.map((workload) => ({ workload, condition: 'healthy' })),
    resources: coreResources({ cpu: '200m', memory: '192Mi' }),
    health: { live: '/health/live', ready: '/health/ready', metrics: '/metrics' },
    networks: ['back', 'front'],
    events: { publishes: [], consumes: [] },
  });
  // Without a shared store it counts requests in its own memory: two of them would grant every limit twice.
  return input.surroundings.sharedStore === undefined ? { ...workload, autoscaling: undefined } : workload;
}

/** What may go out of the platform stands in the network that leads there. */
function networksOf({ reaches = [] }: ServiceManifest): Workload['networks'] {
  return reaches.includes('internet') ? ['back', 'front'] : ['back'];
}

function migrateWorkload(input: CoreInput): Workload {
  const workload = coreWorkload(input, {
    name: 'migrate',
    title: 'Migrations',
    port: CORE_PORT,
    arguments: ['migrate', 'up'],
    packageName: '@plinth/cli',
    folder: 'apps/cli',
    tables: [...processVariables, ...input.manifests.flatMap(({ variables }) => variables)],
    serviceUrls: [],
    calls: [],
    dependsOn: [],
    resources: coreResources({ cpu: '100m', memory: '128Mi' }),
    health: { live: '', ready: '', metrics: '' },
    networks: ['back'],
    events: { publishes: [], consumes: [] },
  });
  return {
    ...workload,
    ports: [],
    health: undefined,
    metrics: undefined,
    autoscaling: undefined,
    runsOnce: true,
    connections: 1,
  };
}

/** What one core workload differs in. */
export interface CoreParts {
  readonly name: string;
  readonly title: string;
  readonly port: number;
  readonly arguments: readonly string[];
  readonly packageName: string;
  readonly folder: string;
  readonly tables: readonly VariableDefinition[];
  readonly serviceUrls: readonly string[];
  readonly calls: readonly string[];
  readonly dependsOn: readonly Dependency[];
  readonly resources: Workload['resources'];
  readonly health: ServiceManifest['health'];
  readonly networks: Workload['networks'];
  /** Outside of the platform's own services. */
  readonly reaches?: NonNullable<ServiceManifest['reaches']>;
  /** Connections beside the pool that only the server itself can hold. */
  readonly sessionConnections?: number;
  readonly events: Workload['events'];
}

function coreWorkload(input: CoreInput, parts: CoreParts): Workload {
  const { view } = input;
  const { description, version } = view;
  const { name, port, sessionConnections = 0 } = parts;
  const surrounding = surroundingsOf(input, parts);
  const database = isDirect(parts) ? input.database : input.pool;
  const replicas = view.replicas(name) ?? 1;
  const issuers = verifiesTokens(parts) ? input.issuers : undefined;
  return {
    name,
    title: parts.title,
    kind: 'core',
    type: 'plinth',
    component: undefined,
    product: undefined,
    tier: '00',
    layer: 'base',
    profiles: [],
    image: `${description.registry}/${name}:${version}`,
    build: {
      dockerfile: `images/${name}/Dockerfile`,
      folder: parts.folder,
      packageName: parts.packageName,
      type: 'plinth',
    },
    command: undefined,
    arguments: ['plinth', ...parts.arguments],
    ports: [{ name: 'http', port, protocol: 'http' }],
    variables: coreVariables(input, parts),
    secretFiles: issuers !== undefined && name === 'iam' ? [issuers.secret] : [],
    files: issuers === undefined ? [] : [issuers.file],
    volumes: [],
    health: httpHealth(parts.health, port, 'node', 40),
    resources: resolveResources(parts.resources, view.resources(name)),
    replicas,
    autoscaling: { ...usualAutoscaling, minimum: replicas },
    hardening: usualHardening,
    dependsOn: [
      ...[database, ...surrounding].flatMap((one) => (one === undefined ? [] : readinessOf(one))),
      ...parts.dependsOn,
    ],
    networks: parts.networks,
    runsOnce: false,
    stateful: false,
    metrics: { path: parts.health.metrics, port },
    connections: CORE_POOL + sessionConnections,
    published: [],
    calls: [
      ...(database === undefined ? [] : [endpointOf(database).host]),
      ...(issuers === undefined ? [] : [issuers.workload]),
      ...surrounding.map((component) => endpointOf(component).host),
      ...parts.calls,
    ],
    events: parts.events,
    stopGraceSeconds: 30,
    generatedFiles: [],
  };
}

/** Components that a core service uses beside the database. */
function surroundingsOf({ surroundings }: CoreInput, { name, reaches }: CoreParts): Component[] {
  const { sharedStore, mail } = surroundings;
  return [
    ...(name === 'gateway' && sharedStore !== undefined ? [sharedStore] : []),
    ...(reaches?.includes('mail') === true && mail !== undefined ? [mail] : []),
  ];
}
