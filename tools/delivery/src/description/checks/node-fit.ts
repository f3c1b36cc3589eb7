import { groupByCluster, type Cluster } from '../../model/cluster.ts';
import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { formatCpu, formatMemory } from '../../model/quantity.ts';
import type { Check, Fault } from './check.ts';

/** What all environments of a cluster request together must fit its machine, with what the system itself needs. */
export const checkNodeFit: Check = (input) => {
  const faults = groupByCluster(input.environments).flatMap((cluster) => {
    const path = nodePath(input.description.environments, cluster);
    return misfits(cluster).map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
  });
  return mergeEqual(faults, input.environments.length);
};

/** Sum of all requests of what runs at the same time. Compose profiles count: they may all be started. */
export function sumRequests(platform: ResolvedPlatform): { readonly cpu: number; readonly memory: number } {
  return { cpu: sumOf(platform, 'cpu'), memory: sumOf(platform, 'memory') };
}

function misfits({ name, environments }: Cluster): (Fault & { readonly environments: readonly string[] })[] {
  // That all of a cluster declare the same node is a check of its own.
  const node = environments[0]?.node;
  if (node === undefined) return [];
  const shared = environments.length > 1;
  return (['cpu', 'memory'] as const).flatMap((kind) => {
    const available = node[kind] - node.reserved[kind];
    const sums = environments.map((platform) => ({ name: platform.environment, sum: sumOf(platform, kind) }));
    const total = sums.reduce((sum, part) => sum + part.sum, 0);
    if (total <= available) return [];
    const format = kind === 'cpu' ? formatCpu : formatMemory;
    const parts = shared
      ? `${environments.length} environments: ${sums.map((part) => `${part.name} ${format(part.sum)}`).join(', ')}`
      : `the largest: ${largestOf(environments[0]?.workloads ?? [], kind).join(', ')}`;
    return [
      {
        rule: 'node-fit',
        path: [kind],
        message: `requests ${shared ? `on cluster ${name} ` : ''}add up to ${format(total)} ${kind === 'cpu' ? 'CPU' : 'memory'}, and the node has ${format(available)} beside ${format(node.reserved[kind])} for the system; ${parts}`,
        fix: shared
          ? 'Declare a larger node, give an environment a cluster of its own, or lower requests or replicas.'
          : 'Declare a larger node, lower requests or replicas, or leave something out in this environment.',
        environments: environments.map(({ environment }) => environment),
      },
    ];
  });
}

function nodePath(
  overrides: Readonly<Record<string, { readonly node?: unknown }>>,
  { environments }: Cluster,
): readonly string[] {
  const own = environments.find(({ environment }) => overrides[environment]?.node !== undefined);
  return own === undefined ? ['node'] : ['environments', own.environment, 'node'];
}

/** What is wrong in the same way on several clusters is reported once, with all their environments. */
function mergeEqual(faults: readonly (Fault & { readonly environments: readonly string[] })[], all: number): Fault[] {
  const merged = new Map<string, Fault & { readonly environments: readonly string[] }>();
  for (const fault of faults) {
    const key = JSON.stringify([fault.path, fault.message]);
    const environments = [...(merged.get(key)?.environments ?? []), ...fault.environments];
    merged.set(key, { ...fault, environments });
  }
  return [...merged.values()].map(({ environments, ...fault }) =>
    environments.length === all ? fault : { ...fault, environments },
  );
}

function largestOf(workloads: readonly Workload[], kind: 'cpu' | 'memory'): string[] {
  const format = kind === 'cpu' ? formatCpu : formatMemory;
  return workloads
    .filter(runsAlways)
    .toSorted((left, right) => requestOf(right, kind) - requestOf(left, kind))
    .slice(0, 5)
    .map((workload) => `${workload.name} ${format(requestOf(workload, kind))}`);
}

function sumOf({ workloads }: ResolvedPlatform, kind: 'cpu' | 'memory'): number {
  return workloads.filter(runsAlways).reduce((total, workload) => total + requestOf(workload, kind), 0);
}

function runsAlways(workload: Workload): boolean {
  return !workload.runsOnce;
}

function requestOf(workload: Workload, kind: 'cpu' | 'memory'): number {
  const replicas = Math.max(workload.replicas, workload.autoscaling?.minimum ?? 1);
  return workload.resources.requests[kind] * replicas;
}
