import { isAlwaysTrue } from '../../catalogue/check-containers.ts';
import { parseCpu, parseMemory } from '../../model/quantity.ts';
import type { PlatformDescription, QuantityText, ResourceOverride } from '../platform-description.ts';
import type { Check, Fault } from './check.ts';
import { applicationsWithPaths, inEachEnvironment, pathOfWorkload } from './check.ts';

/** Something that runs and nobody can tell whether it is well is restarted too late, or for ever. */
export const checkHealth: Check = (input) =>
  inEachEnvironment(input, (platform) =>
    platform.workloads
      .filter(({ health, runsOnce }) => health === undefined && !runsOnce)
      .map(({ name }) => ({
        rule: 'missing-health',
        path: [...pathOfWorkload(input, platform, name), 'health'],
        message: `${name} does not say how it tells that it is well`,
        fix: "Add health: { live: '/…', ready: '/…' }, or health: { command: ['…'] }.",
      })),
  );

/** A check that is always true keeps what is broken running. */
export const checkHealthCommands: Check = ({ description }) =>
  applicationsWithPaths(description).flatMap(({ application: { name, health }, path }): Fault[] => {
    const command = health !== undefined && 'command' in health ? health.command : undefined;
    if (command === undefined || !isAlwaysTrue(command)) return [];
    return [
      {
        rule: 'health-always-true',
        path: [...path, 'health', 'command'],
        message: `${name} says that it is well whatever happens: ${command.join(' ')}`,
        fix: 'Ask the application itself: its port, its own status command, a path that it answers.',
      },
    ];
  });

/** Without limits one workload takes the machine from all others; requests above limits are refused by Kubernetes. */
export const checkLimits: Check = (input) =>
  inEachEnvironment(input, (platform) =>
    platform.workloads.flatMap(({ name, resources: { requests, limits } }) => {
      const path = [...pathOfWorkload(input, platform, name), 'resources'];
      const missing = limits.cpu <= 0 || limits.memory <= 0;
      const above = requests.cpu > limits.cpu || requests.memory > limits.memory;
      if (missing)
        return [
          {
            rule: 'missing-limits',
            path,
            message: `${name} has no limit for CPU or memory`,
            fix: "Add limits: { cpu: '500m', memory: '512Mi' }.",
          },
        ];
      return above
        ? [
            {
              rule: 'requests-above-limits',
              path,
              message: `${name} requests more than its limits allow`,
              fix: 'Raise the limits or lower the requests.',
            },
          ]
        : [];
    }),
  );

/** Quantities that nobody can read: `512MB`, `1 core`. */
export const checkQuantities: Check = ({ description }) =>
  quantities(description).flatMap(({ quantity, path }) =>
    (['cpu', 'memory'] as const).flatMap((kind): Fault[] => {
      const text = quantity[kind];
      if (text === undefined || (kind === 'cpu' ? parseCpu(text) : parseMemory(text)) !== undefined) return [];
      return [
        {
          rule: 'quantity-invalid',
          path: [...path, kind],
          message: `"${text}" is no amount of ${kind === 'cpu' ? 'CPU' : 'memory'}`,
          fix: kind === 'cpu' ? 'Write 250m, 0.5 or 2.' : 'Write 512Mi or 2Gi.',
        },
      ];
    }),
  );

/** Without a shared store a gateway counts requests in its own memory: each further one grants every limit once more. */
export const checkGatewayReplicas: Check = (input) =>
  inEachEnvironment(input, ({ environment, workloads }) => {
    const gateway = workloads.find(({ kind, name }) => kind === 'core' && name === 'gateway');
    if (gateway === undefined || gateway.replicas <= 1) return [];
    if (gateway.variables.some(({ name }) => name === 'REDIS_URL_FILE')) return [];
    const own = input.description.environments[environment]?.replicas?.['gateway'] !== undefined;
    return [
      {
        rule: 'rate-limit-per-replica',
        path: own ? ['environments', environment, 'replicas', 'gateway'] : ['replicas', 'gateway'],
        message: `${gateway.replicas} gateways count each for itself, so that callers get ${gateway.replicas} times their limits`,
        fix: 'Add valkey to the infrastructure, in which they count together, or leave it at one.',
      },
    ];
  });

/** Overrides for workloads that do not exist: misspelt, or left over. */
export const checkOverriddenWorkloads: Check = ({ description, environments }) => {
  const names = new Set(environments.flatMap(({ workloads }) => workloads.map(({ name }) => name)));
  const removable = new Set([
    ...names,
    ...(description.products ?? []).map(({ name }) => name),
    ...(description.infrastructure ?? []).map(({ name }) => name),
    ...applicationsWithPaths(description).map(({ application }) => application.name),
    ...(description.services ?? []).map(({ name }) => name),
  ]);
  const places = [
    { value: description, path: [] as string[] },
    ...Object.entries(description.environments).map(([name, value]) => ({ value, path: ['environments', name] })),
  ];
  const unknown = (path: readonly string[], name: string): Fault => ({
    rule: 'unknown-workload',
    path,
    message: `there is no "${name}"`,
    fix: 'Name a service, an application or a component of this platform.',
  });
  return places.flatMap(({ value, path }) => [
    ...(['replicas', 'resources'] as const).flatMap((key) =>
      Object.keys(value[key] ?? {})
        .filter((name) => !names.has(name))
        .map((name) => unknown([...path, key, name], name)),
    ),
    ...('without' in value ? (value.without ?? []) : [])
      .filter((name) => !removable.has(name))
      .map((name) => unknown([...path, 'without'], name)),
  ]);
};

function quantities(description: PlatformDescription) {
  const found: { quantity: Partial<QuantityText>; path: string[] }[] = [];
  const addOverride = (override: ResourceOverride | undefined, path: string[]) => {
    if (override?.requests !== undefined) found.push({ quantity: override.requests, path: [...path, 'requests'] });
    if (override?.limits !== undefined) found.push({ quantity: override.limits, path: [...path, 'limits'] });
  };
  for (const { application, path } of applicationsWithPaths(description))
    addOverride(application.resources, [...path, 'resources']);
  const places = [
    { value: description, path: [] as string[] },
    ...Object.entries(description.environments).map(([name, value]) => ({ value, path: ['environments', name] })),
  ];
  for (const { value, path } of places) {
    for (const [name, override] of Object.entries(value.resources ?? {}))
      addOverride(override, [...path, 'resources', name]);
    if (value.node !== undefined) {
      found.push({ quantity: value.node, path: [...path, 'node'] });
      if (value.node.reserved !== undefined)
        found.push({ quantity: value.node.reserved, path: [...path, 'node', 'reserved'] });
    }
  }
  return found;
}

/** Copies of what keeps its own state would each have another one, and nothing runs with less than one. */
export const checkReplicas: Check = (input) =>
  inEachEnvironment(input, (platform) =>
    platform.workloads.flatMap(({ name, replicas, stateful, runsOnce }) => {
      const isCount = Number.isInteger(replicas) && replicas >= 1;
      if (isCount && (replicas === 1 || !(stateful || runsOnce))) return [];
      const { environments, replicas: shared } = input.description;
      const path =
        environments[platform.environment]?.replicas?.[name] !== undefined
          ? ['environments', platform.environment, 'replicas', name]
          : shared?.[name] !== undefined
            ? ['replicas', name]
            : [...pathOfWorkload(input, platform, name), 'replicas'];
      return [
        {
          rule: 'replicas-invalid',
          path,
          message: !isCount
            ? `${replicas} is no number of replicas`
            : runsOnce
              ? `${name} runs once, and ${replicas} of it would race each other`
              : `${name} keeps state in a volume of its own, and ${replicas} of it would each keep another`,
          fix: !isCount
            ? "Write 1 or more; 'without' leaves something out."
            : "Run one, or use a component that is made for several, as 'postgres-ha' or 'valkey-cluster'.",
        },
      ];
    }),
  );
