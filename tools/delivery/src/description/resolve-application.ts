import type {
  ConfigurationFile,
  Dependency,
  SecretDefinition,
  Workload,
  WorkloadHealth,
  WorkloadVariable,
} from '../model/platform-model.ts';
import { parseMemory } from '../model/quantity.ts';
import type { EnvironmentView } from './apply-environment.ts';
import { mergeResources } from './apply-environment.ts';
import { isBundled, isStaticSite, variableValue } from './bundled-variables.ts';
import { endpointOf, poolOf, readinessOf, type Component, type ComponentIndex } from './component-index.ts';
import type { DatabaseRequest } from './databases.ts';
import type { ApplicationDescription } from './platform-description.ts';
import {
  httpHealth,
  resolveResources,
  staticSiteHardening,
  typeDefaults,
  usualAutoscaling,
  usualHardening,
} from './workload-defaults.ts';

export interface ApplicationInput {
  readonly view: EnvironmentView;
  readonly index: ComponentIndex;
  /** Names of all workloads that applications may depend on. */
  readonly applications: readonly string[];
}

/** An application of the team, with or without a product. */
export function resolveApplication(
  input: ApplicationInput,
  application: ApplicationDescription,
  product?: string,
): Workload {
  const { view } = input;
  const { name, type } = application;
  const defaults = typeDefaults[type];
  const port = portOf(application);
  const isStatic = isStaticSite(type);
  const variables = applicationVariables(input, application);
  const isBuiltIn = (variable: WorkloadVariable) => isBundled(type, variable.name);
  const replicas = view.replicas(name) ?? application.replicas ?? 1;
  const dependsOn = dependenciesOf(input, application);
  const metrics = application.metrics ?? defaults.metrics;
  return {
    name,
    title: name,
    kind: 'application',
    type,
    component: undefined,
    product,
    tier: '00',
    layer: 'base',
    profiles: [product ?? application.profile].filter((profile) => profile !== undefined),
    image: application.image ?? `${view.description.registry}/${name}:${view.version}`,
    build:
      type === 'image'
        ? undefined
        : {
            dockerfile: `images/${name}/Dockerfile`,
            folder: folderOf(application),
            packageName: name,
            type,
            variables: variables
              .filter(isBuiltIn)
              .map((variable) => ({ name: variable.name, value: variable.value ?? '' })),
          },
    command: undefined,
    arguments: application.arguments,
    ports: [{ name: 'http', port, protocol: 'http' }],
    variables,
    secretFiles: [],
    files: isStatic ? pageVariables(variables.filter((variable) => !isBuiltIn(variable))) : [],
    volumes: Object.entries(application.volumes ?? {}).map(([path, size]) => ({
      name: `${name}-${path.split('/').filter(Boolean).at(-1) ?? 'data'}`,
      path,
      size: parseMemory(size) ?? 0,
    })),
    health: applicationHealth(application, port, isStatic),
    resources: resolveResources(defaults.resources, mergeResources(application.resources, view.resources(name))),
    replicas,
    autoscaling: type === 'image' ? undefined : { ...usualAutoscaling, minimum: replicas },
    hardening: isStatic ? staticSiteHardening(port) : usualHardening,
    dependsOn,
    networks: application.internet === true ? ['back', 'front'] : ['back'],
    runsOnce: false,
    stateful: Object.keys(application.volumes ?? {}).length > 0,
    metrics: metrics === undefined ? undefined : { path: metrics, port },
    connections: application.database === true ? defaults.connections : 0,
    published: [],
    calls: dependsOn.map(({ workload }) => workload).toSorted(),
    events: { publishes: [], consumes: [] },
    stopGraceSeconds: 30,
    generatedFiles: [],
  };
}

/** Port that the application listens on. */
export function portOf(application: ApplicationDescription): number {
  return application.port ?? typeDefaults[application.type].port;
}

/** Folder of the application's package in the repository. */
export function folderOf(application: ApplicationDescription): string {
  return application.folder ?? `apps/${application.name}`;
}

/** Role, and database, of an application that asks for one. */
export function applicationDatabases(application: ApplicationDescription): DatabaseRequest[] {
  if (application.database !== true) return [];
  const role = application.name.replaceAll('-', '_');
  return [{ database: role, role, passwordSecret: `${application.name}-database-password` }];
}

/** Secrets of an application: its database, and its secret variables with the source that the description gives. */
export function applicationSecrets(
  input: ApplicationInput,
  application: ApplicationDescription,
): Omit<SecretDefinition, 'workloads'>[] {
  const { name } = application;
  const database = input.index.find('database');
  const pool = poolOf(input.index);
  const role = name.replaceAll('-', '_');
  const addressAt = (component: Component | undefined) => {
    const { host, port } = component === undefined ? { host: '', port: 5432 } : endpointOf(component);
    return `postgres://${role}:\${${name}-database-password}@${host}:${port}/${role}`;
  };
  const sources = input.view.description.secrets ?? {};
  return [
    ...(application.database === true
      ? [
          {
            name: `${name}-database-password`,
            doc: `${name}: password of its database role`,
            source: 'generated' as const,
          },
          {
            name: `${name}-database-url`,
            doc: `${name}: its database`,
            source: 'derived' as const,
            template: addressAt(pool),
          },
          {
            name: `${name}-database-migration-url`,
            doc: `${name}: its database past the pool, for migrations and whatever needs a session`,
            source: 'derived' as const,
            template: addressAt(database),
          },
        ]
      : []),
    ...cacheSecrets(input, application),
    ...(application.variables ?? [])
      .filter(({ secret }) => secret === true)
      .map((variable) => {
        const source = sources[`${name}.${variable.name}`] ?? 'generated';
        return {
          name: secretName(name, variable.name),
          doc: typeof source === 'string' ? `${name}: ${variable.doc}` : `${name}: ${variable.doc}; ${source.provided}`,
          source: typeof source === 'string' ? source : ('provided' as const),
        };
      }),
  ];
}

function cacheSecrets(
  { index }: ApplicationInput,
  { name, cache }: ApplicationDescription,
): Omit<SecretDefinition, 'workloads'>[] {
  const component = cache === true ? index.find('cache') : undefined;
  if (component === undefined) return [];
  const { host, port } = endpointOf(component);
  const hasPassword = component.entry.secrets.some((secret) => secret.name === 'password');
  const template = `redis://${hasPassword ? `:\${${component.name}-password}@` : ''}${host}:${port}`;
  return [{ name: `${name}-redis-url`, doc: `${name}: the shared cache`, source: 'derived', template }];
}

function secretName(application: string, variable: string): string {
  return `${application}-${variable.toLowerCase().replaceAll('_', '-')}`;
}

function applicationVariables(input: ApplicationInput, application: ApplicationDescription): WorkloadVariable[] {
  const { view } = input;
  const { name } = application;
  const own = (application.variables ?? []).flatMap((definition): WorkloadVariable[] => {
    if (definition.secret === true)
      return [{ name: `${definition.name}_FILE`, secretFile: secretName(name, definition.name), definition }];
    const value = variableValue(view, application, definition);
    return value === undefined ? [] : [{ name: definition.name, value, definition }];
  });
  const isServer = typeDefaults[application.type].port !== 80 && application.type !== 'image';
  return [
    ...(isServer
      ? [
          { name: 'NODE_ENV', value: 'production' },
          { name: 'PORT', value: String(portOf(application)) },
        ]
      : []),
    ...(application.database === true ? [{ name: 'DATABASE_URL_FILE', secretFile: `${name}-database-url` }] : []),
    ...(application.database === true && input.index.find('database-pool') !== undefined
      ? [{ name: 'DATABASE_MIGRATION_URL_FILE', secretFile: `${name}-database-migration-url` }]
      : []),
    ...(application.cache === true ? [{ name: 'REDIS_URL_FILE', secretFile: `${name}-redis-url` }] : []),
    ...own,
  ].toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** What a static page asks for when it starts: its variables, where nginx serves files. */
function pageVariables(variables: readonly WorkloadVariable[]): ConfigurationFile[] {
  const values = variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  if (values.length === 0) return [];
  const content = `${JSON.stringify(Object.fromEntries(values), undefined, 2)}\n`;
  return [{ path: '/usr/share/nginx/html/env.json', content }];
}

function applicationHealth(
  application: ApplicationDescription,
  port: number,
  isStatic: boolean,
): WorkloadHealth | undefined {
  const { health, type } = application;
  const { live, ready, startSeconds } = typeDefaults[type];
  if (health !== undefined && !('live' in health)) {
    const probe = { kind: 'command', command: health.command } as const;
    const times = { intervalSeconds: 30, timeoutSeconds: 10, startSeconds, retries: 3 };
    return { live: probe, ready: probe, check: health.command, ...times };
  }
  const paths = health ?? { live, ready };
  if (paths.live === '' || paths.ready === '') return undefined;
  const asked = httpHealth(paths, port, isStatic || type === 'image' ? 'wget' : 'node', startSeconds);
  return { ...asked, check: health?.command ?? asked.check };
}

function dependenciesOf(input: ApplicationInput, application: ApplicationDescription): Dependency[] {
  const { index } = input;
  const found = (application.dependsOn ?? []).flatMap((name): Dependency[] => {
    if (input.applications.includes(name)) return [{ workload: name, condition: 'healthy' }];
    const component = index.find(name);
    return component === undefined ? [] : readinessOf(component);
  });
  const stores = [
    ...(application.database === true ? [poolOf(index), index.find('database')] : []),
    ...(application.cache === true ? [index.find('cache')] : []),
  ];
  const all = [...found, ...stores.flatMap((store) => (store === undefined ? [] : readinessOf(store)))];
  const unique = new Map(all.map((dependency) => [dependency.workload, dependency]));
  return [...unique.values()].toSorted((left, right) => (left.workload < right.workload ? -1 : 1));
}
