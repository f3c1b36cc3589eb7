import type {
  EnvironmentOverride,
  PlatformDescription,
  ResourceOverride,
  VariableValues,
} from './platform-description.ts';

/** A description as it stands in one environment: what the environment says comes before what all share. */
export interface EnvironmentView {
  readonly description: PlatformDescription;
  readonly environment: string;
  readonly override: EnvironmentOverride;
  readonly domain: string;
  readonly version: string;
  readonly scheme: 'http' | 'https';
  /** Value of a variable that the description gives, or undefined. */
  variable(workload: string, name: string): string | undefined;
  replicas(workload: string): number | undefined;
  resources(workload: string): ResourceOverride;
  settings(instance: string): Readonly<Record<string, string | number | boolean>>;
  has(...names: (string | undefined)[]): boolean;
}

/** Looks at a description from one of its environments. */
export function applyEnvironment(description: PlatformDescription, environment: string): EnvironmentView {
  const override = description.environments[environment] ?? {};
  const domain = override.domain ?? description.domain;
  const without = new Set(override.without);
  return {
    description,
    environment,
    override,
    domain,
    version: override.version ?? description.version,
    scheme: domain === 'localhost' || domain.endsWith('.localhost') ? 'http' : 'https',
    variable: (workload, name) =>
      lookUp(override.variables, workload, name) ?? lookUp(description.variables, workload, name),
    replicas: (workload) => override.replicas?.[workload] ?? description.replicas?.[workload],
    resources: (workload) => mergeResources(description.resources?.[workload], override.resources?.[workload]),
    settings: (instance) => override.infrastructure?.[instance] ?? {},
    has: (...names) => names.every((name) => name === undefined || !without.has(name)),
  };
}

/** The second one's values where it has any, else the first one's. */
export function mergeResources(first: ResourceOverride = {}, second: ResourceOverride = {}): ResourceOverride {
  return {
    requests: { ...first.requests, ...second.requests },
    limits: { ...first.limits, ...second.limits },
  };
}

function lookUp(values: VariableValues | undefined, workload: string, name: string): string | undefined {
  const table = values?.[workload];
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
