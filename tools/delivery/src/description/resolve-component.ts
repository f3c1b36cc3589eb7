import type { CatalogueEntry, ContainerDefinition } from '../catalogue/catalogue-entry.ts';
import { fillTemplate, fillTemplates, placeholdersOf } from '../catalogue/template.ts';
import type {
  Dependency,
  SecretDefinition,
  SecretObject,
  Workload,
  WorkloadVariable,
} from '../model/platform-model.ts';
import { parseMemory } from '../model/quantity.ts';
import type { EnvironmentView } from './apply-environment.ts';
import {
  containerName,
  endpointOf,
  memberNames,
  readinessOf,
  type Component,
  type ComponentIndex,
} from './component-index.ts';
import { scopeOf, type ComponentInput } from './component-scope.ts';
import { databaseSecrets, type DatabaseRequest } from './databases.ts';
import { resolveResources } from './workload-defaults.ts';

/** The containers of a component, with every placeholder filled. */
export function resolveComponent(input: ComponentInput, component: Component): Workload[] {
  return component.entry.containers.flatMap((container) =>
    memberNames(component, container).map((name, index) =>
      containerWorkload(input, component, container, { name, index }),
    ),
  );
}

/** Resources of an operator and values of a chart, with every placeholder filled; undefined for plain workloads. */
export function resolveKubernetes(input: ComponentInput, component: Component): unknown {
  const { kubernetes } = component.entry;
  if (kubernetes.form === 'workloads') return undefined;
  const scope = scopeOf(input, component, component.name, 0);
  return fillTemplates(kubernetes.form === 'operator' ? kubernetes.resources : kubernetes.values, scope);
}

/** Secret objects that the component's chart is told of; undefined where it needs none. */
export function resolveSecretObjects(input: ComponentInput, component: Component): SecretObject[] | undefined {
  const { kubernetes } = component.entry;
  if (kubernetes.form !== 'chart' || kubernetes.secretObjects === undefined) return undefined;
  const scope = scopeOf(input, component, component.name, 0);
  return Object.entries(kubernetes.secretObjects)
    .map(([name, keys]) => ({
      name: fillTemplate(name, scope),
      entries: Object.entries(keys)
        .map(([key, item]) =>
          'secret' in item
            ? { key, secret: platformSecret(input.index, component, item.secret) }
            : { key, text: fillTemplate(item.text, scope) },
        )
        .toSorted((left, right) => (left.key < right.key ? -1 : 1)),
    }))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** What the pods of a component call of which no container is ours; undefined for all others. */
export function resolveChartCalls({ index }: ComponentInput, { entry }: Component): string[] | undefined {
  if (entry.containers.length > 0) return undefined;
  const hosts = entry.requires
    .map((requirement) => index.meet(requirement))
    .flatMap((met) => (met === undefined ? [] : [endpointOf(met).host]));
  return [...new Set(hosts)].toSorted();
}

interface Member {
  readonly name: string;
  readonly index: number;
}

function containerWorkload(
  input: ComponentInput,
  component: Component,
  container: ContainerDefinition,
  member: Member,
): Workload {
  const { entry } = component;
  const { view } = input;
  const scope = scopeOf(input, component, member.name, member.index);
  const fill = (text: string) => fillTemplate(text, scope);
  const fillAll = (texts: readonly string[] | undefined) => texts?.map(fill);
  const dependsOn = dependenciesOf(input, component, container);
  const runsOnce = container.health === 'runs-once';
  const requested = { requests: container.resources.requests, limits: container.resources.limits };
  const none = { requests: { cpu: 0, memory: 0 }, limits: { cpu: 0, memory: 0 } };
  const resources = resolveResources(resolveResources(none, requested), view.resources(member.name));
  const { writableRootBecause: _because, ...hardening } = container.hardening;
  return {
    name: member.name,
    title: container.title ?? entry.title,
    kind: 'component',
    type: 'component',
    component: component.name,
    product: undefined,
    tier: entry.tier,
    layer: entry.layer ?? (entry.tier === '06' ? 'monitoring' : 'base'),
    // What everything else is reached through is always started.
    profiles: isEdge(view, entry)
      ? []
      : [container.profile ?? entry.profile].filter((profile) => profile !== undefined),
    image: fill(container.image),
    build: undefined,
    command: fillAll(container.command),
    arguments: fillAll(container.arguments),
    ports: container.ports,
    variables: variablesOf(input, component, container, fill),
    secretFiles: secretFilesOf(input, component, container),
    files: (container.files ?? []).map((file) => ({ ...file, path: fill(file.path), content: fill(file.content) })),
    volumes: (container.volumes ?? []).map(({ name, path, size }) => ({
      name: `${member.name}-${name}`,
      path,
      size: parseMemory(fill(size)) ?? 0,
    })),
    health: healthOf(container, fill),
    resources,
    replicas: view.replicas(member.name) ?? container.replicas ?? 1,
    autoscaling: undefined,
    hardening: {
      user: undefined,
      group: undefined,
      readOnlyRoot: false,
      temporaryFolders: [],
      capabilities: [],
      ...hardening,
    },
    dependsOn,
    networks: container.networks ?? ['back'],
    runsOnce,
    stateful: (container.volumes ?? []).length > 0,
    metrics: container.metrics,
    connections: container.connections ?? 0,
    // A gateway behind another one is reached through it alone.
    published:
      entry.provides.includes('edge') && !isEdge(view, entry)
        ? []
        : (container.published ?? []).map((port) => ({ ...port, address: '0.0.0.0' })),
    calls: [...new Set([...dependsOn.map(({ workload }) => workload), ...peersOf(component, member.name)])].toSorted(),
    events: { publishes: [], consumes: [] },
    stopGraceSeconds: container.stopGraceSeconds ?? 30,
    generatedFiles: container.generatedFiles ?? [],
    ...(container.hostPaths === undefined
      ? {}
      : { hostPaths: container.hostPaths.map(({ hostPath, path }) => ({ hostPath, path })) }),
    ...(container.clusterAccess === undefined ? {} : { clusterAccess: container.clusterAccess }),
  };
}

function isEdge({ description }: EnvironmentView, entry: CatalogueEntry): boolean {
  return entry.name === (description.edge ?? 'traefik');
}

/** Members of one component talk to each other. */
function peersOf(component: Component, name: string): string[] {
  return component.entry.containers
    .flatMap((container) => memberNames(component, container))
    .filter((other) => other !== name);
}

function variablesOf(
  input: ComponentInput,
  component: Component,
  container: ContainerDefinition,
  fill: (text: string) => string,
): WorkloadVariable[] {
  const plain = Object.entries(container.variables ?? {}).map(([name, value]) => ({ name, value: fill(value) }));
  const files = Object.entries(container.secretFileVariables ?? {}).map(([name, secret]) => ({
    name,
    secretFile: platformSecret(input.index, component, secret),
  }));
  return [...plain, ...files].toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** The platform's name of a secret that an entry names: its own, or `<kind>.<secret>` of what meets a requirement. */
function platformSecret(index: ComponentIndex, component: Component, reference: string): string {
  const [kind = '', ...rest] = reference.split('.');
  if (rest.length === 0) return `${component.name}-${reference}`;
  const requirement = component.entry.requires.find(({ anyOf }) => anyOf.includes(kind));
  const met = requirement === undefined ? undefined : index.meet(requirement);
  return `${met?.name ?? kind}-${rest.join('.')}`;
}

/** Secrets whose files texts of the container name, beside those that it lists. */
function secretFilesOf(input: ComponentInput, component: Component, container: ContainerDefinition): string[] {
  const texts = [
    ...(container.command ?? []),
    ...(container.arguments ?? []),
    ...Object.values(container.variables ?? {}),
    ...(container.files ?? []).map(({ content }) => content),
  ];
  const named = texts
    .flatMap(placeholdersOf)
    .flatMap((name) => (name.startsWith('secret.') ? [name.slice('secret.'.length)] : []));
  const databases = texts.flatMap(placeholdersOf).includes('databases') ? databaseSecrets(input.databases) : [];
  const own = [...named, ...(container.secretFiles ?? [])].map((name) => platformSecret(input.index, component, name));
  return [...new Set([...own, ...databases])].toSorted();
}

function healthOf(container: ContainerDefinition, fill: (text: string) => string): Workload['health'] {
  if (container.health === 'runs-once') return undefined;
  const { check, http, startSeconds = 20 } = container.health;
  const command = check.map(fill);
  const probe = http === undefined ? ({ kind: 'command', command } as const) : ({ kind: 'http', ...http } as const);
  return {
    live: probe,
    ready: probe,
    check: command,
    intervalSeconds: 30,
    timeoutSeconds: 10,
    startSeconds,
    retries: 3,
  };
}

function dependenciesOf(input: ComponentInput, component: Component, container: ContainerDefinition): Dependency[] {
  return (container.dependsOn ?? []).flatMap(({ container: target, condition }): Dependency[] => {
    const own = component.entry.containers.find(({ name }) => name === target);
    if (own !== undefined) return memberNames(component, own).map((workload) => ({ workload, condition }));
    const requirement = component.entry.requires.find(({ anyOf }) => anyOf.includes(target));
    const met = requirement === undefined ? input.index.find(target) : input.index.meet(requirement);
    if (met === undefined) return [];
    return readinessOf(met).map((needed) => (needed.condition === 'completed' ? needed : { ...needed, condition }));
  });
}

/** Secrets of a component as the platform names them. */
export function componentSecrets(index: ComponentIndex, component: Component): Omit<SecretDefinition, 'workloads'>[] {
  const own = component.entry.secrets.map(({ name, doc, source = 'generated', template, form }) => ({
    name: `${component.name}-${name}`,
    doc: `${component.entry.title}: ${doc}`,
    source,
    ...(form === undefined ? {} : { form }),
    ...(template === undefined
      ? {}
      : {
          template: template.replaceAll(
            /\$\{([a-z0-9.-]+)\}/g,
            (_match, reference: string) => `\${${platformSecret(index, component, reference)}}`,
          ),
        }),
  }));
  if (component.entry.database === undefined) return own;
  const doc = `${component.entry.title}: password of its database role`;
  return [...own, { name: `${component.name}-database-password`, doc, source: 'generated' as const }];
}

/** The database that a component asks for. */
export function componentDatabases(component: Component): DatabaseRequest[] {
  const { database } = component.entry;
  if (database === undefined) return [];
  const passwordSecret = `${containerName(component.name, 'database-password')}`;
  const also = database.also === undefined ? {} : { also: database.also };
  return [{ database: database.name, role: database.name, passwordSecret, ...also }];
}
