import { processVariables, type ServiceManifest, type VariableDefinition } from '@plinth/contracts';
import type { Dependency, SecretDefinition, Workload, WorkloadVariable } from '../model/platform-model.ts';
import type { EnvironmentView } from './apply-environment.ts';
import { endpointOf, readinessOf, type Component } from './component-index.ts';
import type { DatabaseRequest } from './databases.ts';
import { coreResources, httpHealth, resolveResources, usualAutoscaling, usualHardening } from './workload-defaults.ts';

const PORT = 3000;
/** Smallest pool that the server accepts, and what requirement 06 gives a back end. */
const POOL = 10;

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
    networks: ['back'],
    sessionConnections: manifest.database.sessionConnections ?? 0,
    events: { publishes: manifest.events.publishes, consumes: Object.keys(manifest.events.consumes).toSorted() },
  });
}

function gatewayWorkload(input: CoreInput, names: readonly string[]): Workload {
  const workload = coreWorkload(input, {
    name: 'gateway',
    title: 'Gateway',
    port: PORT,
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
  // It counts requests in its own memory: two of them would grant every limit twice.
  return { ...workload, autoscaling: undefined };
}

function migrateWorkload(input: CoreInput): Workload {
  const workload = coreWorkload(input, {
    name: 'migrate',
    title: 'Migrations',
    port: PORT,
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

interface CoreParts {
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
  /** Connections beside the pool that only the server itself can hold. */
  readonly sessionConnections?: number;
  readonly events: Workload['events'];
}

function coreWorkload(input: CoreInput, parts: CoreParts): Workload {
  const { view } = input;
  const { description, version } = view;
  const { name, port, sessionConnections = 0 } = parts;
  const database = isDirect(parts) ? input.database : input.pool;
  const replicas = view.replicas(name) ?? 1;
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
    secretFiles: [],
    files: [],
    volumes: [],
    health: httpHealth(parts.health, port, 'node', 40),
    resources: resolveResources(parts.resources, view.resources(name)),
    replicas,
    autoscaling: { ...usualAutoscaling, minimum: replicas },
    hardening: usualHardening,
    dependsOn: [...(database === undefined ? [] : readinessOf(database)), ...parts.dependsOn],
    networks: parts.networks,
    runsOnce: false,
    stateful: false,
    metrics: { path: parts.health.metrics, port },
    connections: POOL + sessionConnections,
    published: [],
    calls: [...(database === undefined ? [] : [endpointOf(database).host]), ...parts.calls],
    events: parts.events,
    stopGraceSeconds: 30,
    generatedFiles: [],
  };
}

/** Migrations and sessions with settings of their own need a connection that is theirs alone. */
function isDirect({ name, sessionConnections = 0 }: Pick<CoreParts, 'name' | 'sessionConnections'>): boolean {
  return name === 'migrate' || sessionConnections > 0;
}

/** Only what differs from the code's own defaults: the process knows the rest. */
function coreVariables(input: CoreInput, parts: CoreParts): WorkloadVariable[] {
  const { view } = input;
  const urls = parts.serviceUrls.map((name) => `${name}=http://${name}:${portOf(input, name)}`).join(',');
  const own: Readonly<Record<string, string>> = {
    PLINTH_ENVIRONMENT: view.environment,
    PLINTH_PUBLIC_URL: input.publicUrl,
    DATABASE_POOL_MAX: String(POOL),
    PLINTH_SERVICE_URLS: urls,
    PLINTH_CORS_ORIGINS: input.corsOrigins.join(','),
    // Pages that may ask at all may also sign somebody in.
    IAM_TRUSTED_ORIGINS: input.corsOrigins.join(','),
    // The edge and the gateway stand in the platform's own networks.
    PLINTH_TRUSTED_PROXIES: 'loopback,uniquelocal',
    ...(input.collector === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: input.collector }),
  };
  const pastPool = isDirect(parts) && input.pool !== input.database;
  const secrets = coreSecretOf(parts.name, pastPool);
  return parts.tables.flatMap((definition): WorkloadVariable[] => {
    const { name } = definition;
    if (definition.secret === true) {
      const secretFile = secrets(name);
      return secretFile === undefined ? [] : [{ name: `${name}_FILE`, secretFile, definition }];
    }
    const value =
      view.variable(parts.name, name) ?? own[name] ?? definition.environments?.[view.environment] ?? undefined;
    return value === undefined || value === '' || value === definition.default ? [] : [{ name, value, definition }];
  });
}

function portOf(input: CoreInput, name: string): number {
  return input.manifests.find((manifest) => manifest.name === name)?.port ?? PORT;
}

/** Which secret a secret variable of a core workload takes; undefined: this workload does without. */
function coreSecretOf(workload: string, pastPool = false): (variable: string) => string | undefined {
  return (variable) => {
    if (variable === 'DATABASE_URL' && pastPool) return 'database-session-url';
    if (variable === 'DATABASE_MIGRATION_URL') return workload === 'migrate' ? 'database-migration-url' : undefined;
    // Migrations need the names of variables only, no service's secrets.
    if (workload === 'migrate' && !['DATABASE_URL', 'PLINTH_INTERNAL_SECRET'].includes(variable)) return undefined;
    return variable
      .replace(/^PLINTH_/, '')
      .toLowerCase()
      .replaceAll('_', '-');
  };
}

/** Secrets of the core services: generated ones, and the database addresses that are put together from them. */
export function coreSecrets(input: CoreInput): Omit<SecretDefinition, 'workloads'>[] {
  const { database, pool, manifests } = input;
  if (manifests.length === 0) return [];
  const address = (role: string, component: Component | undefined) => {
    const { host, port } = component === undefined ? { host: '', port: 5432 } : endpointOf(component);
    return `postgres://${role}:\${${role.replace('_', '-')}-password}@${host}:${port}/plinth`;
  };
  return [
    {
      name: 'database-url',
      doc: 'database as the services use it',
      source: 'derived',
      template: address('plinth_app', pool),
    },
    {
      name: 'database-session-url',
      doc: 'database past the pool, for sessions with settings of their own',
      source: 'derived',
      template: address('plinth_app', database),
    },
    {
      name: 'database-migration-url',
      doc: 'database as the role that owns the schemas',
      source: 'derived',
      template: address('plinth_owner', database),
    },
    { name: 'plinth-app-password', doc: 'password of the role plinth_app', source: 'generated' },
    { name: 'plinth-owner-password', doc: 'password of the role plinth_owner', source: 'generated' },
    { name: 'internal-secret', doc: 'signs calls between the processes', source: 'generated' },
    ...manifests
      .flatMap(({ name, variables }) => variables.map((variable) => ({ name, variable })))
      .filter(({ variable }) => variable.secret === true)
      .map(({ name, variable }) => ({
        name: coreSecretOf(name)(variable.name) ?? '',
        doc: variable.doc,
        source: 'generated' as const,
      })),
  ];
}

/** The database of the core services: one that migrations own, and a role that may do no more than the services. */
export function coreDatabases(input: CoreInput): DatabaseRequest[] {
  if (input.manifests.length === 0) return [];
  return [
    {
      database: 'plinth',
      role: 'plinth_owner',
      passwordSecret: 'plinth-owner-password',
      attributes: 'CREATEROLE',
      guests: [{ role: 'plinth_app', passwordSecret: 'plinth-app-password' }],
    },
  ];
}
