import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { PlatformDescription } from '../platform-description.ts';

/** What is wrong with a description, where, and what to do. */
export interface Fault {
  /** Name of the rule, a stable kebab-case word. */
  readonly rule: string;
  /** Path to the value: names and keys from the description's root. */
  readonly path: readonly string[];
  readonly message: string;
  readonly fix: string;
  /** Environments in which it is wrong; absent: in all. */
  readonly environments?: readonly string[];
}

export interface CheckInput {
  readonly description: PlatformDescription;
  /** Every environment, resolved. */
  readonly environments: readonly ResolvedPlatform[];
}

/** Pure: looks at everything and reports all that it finds. */
export type Check = (input: CheckInput) => Fault[];

/** Runs a check of one environment over all of them; what is wrong everywhere is reported once. */
export function inEachEnvironment(
  input: CheckInput,
  check: (platform: ResolvedPlatform) => readonly Omit<Fault, 'environments'>[],
): Fault[] {
  const found = new Map<string, { fault: Omit<Fault, 'environments'>; environments: string[] }>();
  for (const platform of input.environments) {
    for (const fault of check(platform)) {
      const key = JSON.stringify([fault.rule, fault.path, fault.message]);
      const entry = found.get(key) ?? { fault, environments: [] };
      entry.environments.push(platform.environment);
      found.set(key, entry);
    }
  }
  return [...found.values()].map(({ fault, environments }) =>
    environments.length === input.environments.length ? fault : { ...fault, environments },
  );
}

/** Every application of a description with the path to it. */
export function applicationsWithPaths(description: PlatformDescription) {
  return [
    ...(description.applications ?? []).map((application) => ({
      application,
      path: ['applications', application.name],
    })),
    ...(description.products ?? []).flatMap((product) =>
      product.applications.map((application) => ({
        application,
        path: ['products', product.name, application.name.slice(product.name.length + 1)],
      })),
    ),
  ];
}

/** Path to where a workload is described: its service, application or component. */
export function pathOfWorkload({ description }: CheckInput, platform: ResolvedPlatform, name: string): string[] {
  const workload = platform.workloads.find((candidate) => candidate.name === name);
  if (workload?.kind === 'component') return ['infrastructure', workload.component ?? name];
  if (workload?.kind === 'core') return ['services', name];
  return applicationsWithPaths(description).find(({ application }) => application.name === name)?.path ?? [];
}
