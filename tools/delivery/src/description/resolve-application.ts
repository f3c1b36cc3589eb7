import type {
  Dependency,
  SecretDefinition,
  Workload,
  WorkloadHealth,
  WorkloadVariable,
} from '../model/platform-model.ts';
import { parseMemory } from '../model/quantity.ts';
import type { EnvironmentView } from './apply-environment.ts';
import { mergeResources } from './apply-environment.ts';
import { endpointOf, type ComponentIndex } from './component-index.ts';
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
  const isStatic = type === 'astro' || type === 'vite' || type === 'expo';
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
        : { dockerfile: `images/${name}/Dockerfile`, folder: folderOf(application), packageName: name, type },
    command: undefined,
    arguments: undefined,
    ports: [{ name: 'http', port, protocol: 'http' }],
    variables: applicationVariables(input, application),
    secretFiles: [],
    files: [],
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
  const endpoint = database === undefined ? { host: '', port: 5432 } : endpointOf(database);
  const role = name.replaceAll('-', '_');
  const address = `postgres://${role}:\${${name}-database-password}@${endpoint.host}:${endpoint.port}/${role}`;
  const sources = input.view.description.secrets ?? {};
  return [
    ...(application.database === true
      ? [
          {
            name: `${name}-database-password`,
            doc: `${name}: password of its database role`,
            source: 'generated' as const,
          },
          { name: `${name}-database-url`, doc: `${name}: its database`, source: 'derived' as const, template: address },
        ]
      : []),
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

function secretName(application: string, variable: string): string {
  return `${application}-${variable.toLowerCase().replaceAll('_', '-')}`;
}

function applicationVariables(input: ApplicationInput, application: ApplicationDescription): WorkloadVariable[] {
  const { view } = input;
  const { name } = application;
  const own = (application.variables ?? []).flatMap((definition): WorkloadVariable[] => {
    if (definition.secret === true)
      return [{ name: `${definition.name}_FILE`, secretFile: secretName(name, definition.name), definition }];
    const value =
      view.variable(name, definition.name) ?? definition.environments?.[view.environment] ?? definition.default;
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
    ...own,
  ].toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function applicationHealth(
  application: ApplicationDescription,
  port: number,
  isStatic: boolean,
): WorkloadHealth | undefined {
  const { health, type } = application;
  const { live, ready, startSeconds } = typeDefaults[type];
  if (health !== undefined && 'command' in health) {
    const probe = { kind: 'command', command: health.command } as const;
    const times = { intervalSeconds: 30, timeoutSeconds: 10, startSeconds, retries: 3 };
    return { live: probe, ready: probe, check: health.command, ...times };
  }
  const paths = health ?? { live, ready };
  if (paths.live === '' || paths.ready === '') return undefined;
  return httpHealth(paths, port, isStatic || type === 'image' ? 'wget' : 'node', startSeconds);
}

function dependenciesOf(input: ApplicationInput, application: ApplicationDescription): Dependency[] {
  const names = [...(application.dependsOn ?? []), ...(application.database === true ? ['database'] : [])];
  const hosts = names.flatMap((name) => {
    if (input.applications.includes(name)) return [name];
    const component = input.index.find(name);
    return component === undefined ? [] : [endpointOf(component).host];
  });
  return [...new Set(hosts)].toSorted().map((workload) => ({ workload, condition: 'healthy' }));
}
