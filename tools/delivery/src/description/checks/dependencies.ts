import { ComponentIndex, findEntry } from '../component-index.ts';
import { applyEnvironment } from '../apply-environment.ts';
import { componentUses } from '../resolve-platform.ts';
import type { Check, CheckInput, Fault } from './check.ts';
import { applicationsWithPaths, inEachEnvironment, pathOfWorkload } from './check.ts';

/** Names in `dependsOn` that nobody has, and databases asked for where there is none. */
export const checkUnknownDependencies: Check = (input) =>
  inEachEnvironment(input, ({ environment, workloads }) => {
    const index = indexOf(input, environment);
    const names = new Set(workloads.map(({ name }) => name));
    return applicationsWithPaths(input.description)
      .filter(({ application }) => names.has(application.name))
      .flatMap(({ application, path }) => [
        ...(application.dependsOn ?? [])
          .filter((name) => !names.has(name) && index.find(name) === undefined)
          .map((name) => ({
            rule: 'unknown-dependency',
            path: [...path, 'dependsOn'],
            message: `${application.name} needs "${name}", which this platform does not have`,
            fix: 'Name a service, an application or a component of this platform, or add it.',
          })),
        ...(application.database === true && index.find('database') === undefined
          ? [withoutDatabase([...path, 'database'], application.name)]
          : []),
        ...(application.cache === true && index.find('cache') === undefined
          ? [
              {
                rule: 'unknown-dependency',
                path: [...path, 'cache'],
                message: `${application.name} needs a cache, and this platform has none`,
                fix: "Add component('valkey') to the infrastructure.",
              },
            ]
          : []),
      ]);
  });

/** Core services keep everything in PostgreSQL. */
export const checkCoreDatabase: Check = (input) =>
  (input.description.services ?? []).length === 0
    ? []
    : inEachEnvironment(input, ({ environment }) =>
        indexOf(input, environment).find('database') === undefined
          ? [withoutDatabase(['services'], 'the core services')]
          : [],
      );

/** A component without what it needs: an exporter without its database, a registry of schemas without its broker. */
export const checkRequirements: Check = (input) =>
  inEachEnvironment(input, ({ environment }) => {
    const index = indexOf(input, environment);
    return index.components.flatMap((component) =>
      component.entry.requires
        .filter((requirement) => index.meet(requirement) === undefined)
        .map(({ anyOf, because }) => ({
          rule: 'requirement-unmet',
          path: ['infrastructure', component.name],
          message: `${component.entry.title} needs ${anyOf.join(' or ')}: ${because}`,
          fix: `Add component('${anyOf.find((name) => findEntry(name) !== undefined) ?? anyOf[0] ?? ''}') to the infrastructure.`,
        })),
    );
  });

/** Workloads that wait for each other would never start. */
export const checkCycles: Check = (input) =>
  inEachEnvironment(input, (platform) => {
    const needs = new Map(
      platform.workloads.map(({ name, dependsOn }) => [name, dependsOn.map((item) => item.workload)]),
    );
    return findCycles(needs).map((cycle) => ({
      rule: 'dependency-cycle',
      path: [...pathOfWorkload(input, platform, cycle[0] ?? ''), 'dependsOn'],
      message: `${[...cycle, cycle[0]].join(' waits for ')}`,
      fix: 'Remove one of these dependencies; what is called at run time need not be there at the start.',
    }));
  });

/** Every cycle once, beginning with its smallest name. */
export function findCycles(needs: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    const start = trail.indexOf(name);
    if (start >= 0) {
      cycles.push(fromSmallest(trail.slice(start)));
      return;
    }
    if (done.has(name)) return;
    for (const next of needs.get(name) ?? []) visit(next, [...trail, name]);
    done.add(name);
  };
  for (const name of [...needs.keys()].toSorted()) visit(name, []);
  return cycles;
}

function fromSmallest(cycle: readonly string[]): string[] {
  const start = cycle.indexOf(cycle.toSorted()[0] ?? '');
  return [...cycle.slice(start), ...cycle.slice(0, start)];
}

function indexOf(input: CheckInput, environment: string): ComponentIndex {
  return new ComponentIndex(applyEnvironment(input.description, environment), componentUses(input.description));
}

function withoutDatabase(path: readonly string[], who: string): Omit<Fault, 'environments'> {
  return {
    rule: 'unknown-dependency',
    path,
    message: `${who} needs a database, and this platform has none`,
    fix: "Add component('postgres') to the infrastructure.",
  };
}
