import type { InterfaceDefinition } from '../catalogue/catalogue-entry.ts';
import { containerName, memberNames, type Component } from './component-index.ts';

/** A public host of a component, as an environment has it. */
export interface ComponentInterface {
  readonly definition: InterfaceDefinition;
  /** Unique in the platform: the name of its route. */
  readonly name: string;
  readonly host: string;
  /** What answers there; undefined where none of the component's workloads does. */
  readonly workload: string | undefined;
}

/** The public hosts of a component below a domain, the main one first. */
export function interfacesOf(component: Component, domain: string): ComponentInterface[] {
  const { name: instance, entry } = component;
  return (entry.interfaces ?? []).map((definition, index) => {
    const name = containerName(instance, index === 0 ? '' : definition.name);
    const container = entry.containers.find((item) => item.name === definition.container);
    return {
      definition,
      name,
      host: `${instance === entry.name ? definition.host : name}.${domain}`,
      workload: container === undefined ? undefined : memberNames(component, container)[0],
    };
  });
}
