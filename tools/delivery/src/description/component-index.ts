import { catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueEntry, ContainerDefinition, Requirement } from '../catalogue/catalogue-entry.ts';
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
    this.components = uses.flatMap((use) => {
      const entry = findEntry(use.entry);
      if (entry === undefined || !view.has(use.name)) return [];
      if (entry.layer === 'dev' && view.environment !== 'development') return [];
      const defaults = Object.fromEntries(
        Object.entries(entry.settings).map(([name, setting]) => [name, setting.default]),
      );
      return [{ name: use.name, entry, settings: { ...defaults, ...use.settings, ...view.settings(use.name) } }];
    });
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
