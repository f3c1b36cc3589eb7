import { catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueEntry, ContainerDefinition, Requirement } from '../catalogue/catalogue-entry.ts';
import type { Dependency } from '../model/platform-model.ts';
import type { EnvironmentView } from './apply-environment.ts';
import type { ComponentUse } from './platform-description.ts';

/** A component as an environment uses it, before its containers are resolved. */
export interface Component {
  readonly name: string;
  readonly entry: CatalogueEntry;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** The components of one environment, and who meets whose requirements. */
export class ComponentIndex {
  readonly components: readonly Component[];

  constructor(view: EnvironmentView, uses: readonly ComponentUse[]) {
    const found = uses.flatMap((use) => {
      const entry = findEntry(use.entry);
      if (entry === undefined || !view.has(use.name)) return [];
      if (entry.layer === 'dev' && view.environment !== 'development') return [];
      return [{ name: use.name, entry, given: { ...use.settings, ...view.settings(use.name) } }];
    });
    const hasProvider = found.some(({ entry }) => entry.provides.includes('identity'));
    this.components = found.map(({ name, entry, given }) => ({
      name,
      entry,
      settings: resolveSettings(entry, given, hasProvider),
    }));
  }

  /** The component that is, or provides, one of the named things; the first in the order of the description. */
  find(...kinds: readonly string[]): Component | undefined {
    for (const kind of kinds) {
      const found = this.components.find(
        ({ name, entry }) => name === kind || entry.name === kind || entry.provides.includes(kind),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The component that meets a requirement. */
  meet(requirement: Requirement): Component | undefined {
    return this.find(...requirement.anyOf);
  }
}

/**
 * Settings with their defaults, none above what it may not exceed. Nobody signs in through an identity provider that
 * the platform does not have.
 */
function resolveSettings(
  entry: CatalogueEntry,
  given: Component['settings'],
  hasProvider: boolean,
): Component['settings'] {
  const settings: Record<string, string | number | boolean> = {};
  for (const [name, { default: usual, notMoreThan }] of Object.entries(entry.settings)) {
    const signsInNowhere = name === 'signIn' && entry.signIn !== undefined && !hasProvider;
    const value = given[name] ?? (signsInNowhere ? false : usual);
    const most = notMoreThan === undefined ? undefined : settings[notMoreThan];
    settings[name] = typeof value === 'number' && typeof most === 'number' ? Math.min(value, most) : value;
  }
  return { ...given, ...settings };
}

/** The catalogue's entry of a name. */
export function findEntry(name: string): CatalogueEntry | undefined {
  return Object.hasOwn(catalogue, name) ? (catalogue as Readonly<Record<string, CatalogueEntry>>)[name] : undefined;
}

/** Host and port under which others reach a component. */
export function endpointOf(component: Component): { readonly host: string; readonly port: number } {
  const { entry, name } = component;
  const first = entry.containers[0];
  const { container, port } = entry.endpoint ?? { container: first?.name ?? '', port: first?.ports[0]?.port ?? 0 };
  const definition = entry.containers.find((item) => item.name === container);
  const member = definition === undefined ? undefined : memberNames(component, definition)[0];
  return { host: member ?? containerName(name, container), port };
}

/**
 * What must be there before a component can be used: every member of the container that is called, since one of three
 * has no majority, and whatever sets it up once.
 */
export function readinessOf(component: Component): Dependency[] {
  const { containers, endpoint } = component.entry;
  const setUp = containers.filter(({ health }) => health === 'runs-once');
  const called = containers.find(({ name }) => name === (endpoint?.container ?? containers[0]?.name));
  const hosts = called === undefined ? [endpointOf(component).host] : memberNames(component, called);
  return [
    ...hosts.map((workload): Dependency => ({ workload, condition: 'healthy' })),
    ...setUp
      .flatMap((container) => memberNames(component, container))
      .map((workload): Dependency => ({ workload, condition: 'completed' })),
  ];
}

/** `<instance>` or `<instance>-<container>`. */
export function containerName(instance: string, container: string): string {
  return container === '' ? instance : `${instance}-${container}`;
}

/** Names of a container's members: the container's own, or `…-1`, `…-2` where there are several. */
export function memberNames(component: Component, container: ContainerDefinition): string[] {
  const base = containerName(component.name, container.name);
  if (container.when !== undefined && component.settings[container.when] !== true) return [];
  if (container.members === undefined) return [base];
  const count =
    typeof container.members === 'number' ? container.members : Number(component.settings[container.members] ?? 1);
  return Array.from({ length: count }, (_, index) => `${base}-${index + 1}`);
}

/** What services connect to for SQL: a pool in front of the database, or the database itself. */
export function poolOf(index: ComponentIndex): Component | undefined {
  return index.find('database-pool', 'database');
}
