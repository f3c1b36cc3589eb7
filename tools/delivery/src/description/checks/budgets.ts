import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { formatCpu, formatMemory } from '../../model/quantity.ts';
import type { Check } from './check.ts';
import { inEachEnvironment } from './check.ts';

/** Connections that the server keeps for its superuser (PostgreSQL's superuser_reserved_connections). */
const RESERVED_CONNECTIONS = 3;

/** Pools that add up to more than the server allows fail at the worst moment: when all are busy. */
export const checkConnectionBudget: Check = (input) =>
  inEachEnvironment(input, (platform) => {
    const server = platform.components.find(
      ({ settings, entry }) => entry.provides.includes('database') && typeof settings['maxConnections'] === 'number',
    );
    if (server === undefined) return [];
    const allowed = Number(server.settings['maxConnections']) - RESERVED_CONNECTIONS;
    const users = platform.workloads.filter(({ connections }) => connections > 0);
    const sum = users.reduce((total, workload) => total + workload.connections * replicasOf(workload), 0);
    if (sum <= allowed) return [];
    const parts = users.map((workload) => `${workload.name} ${replicasOf(workload)} × ${workload.connections}`);
    return [
      {
        rule: 'connection-budget',
        path: ['infrastructure', server.name, 'maxConnections'],
        message: `pools add up to ${sum} connections, ${server.name} allows ${allowed} beside the ${RESERVED_CONNECTIONS} of its superuser (${parts.join(', ')})`,
        fix: `Set maxConnections to ${sum + RESERVED_CONNECTIONS} or more, lower replicas, or add component('pgbouncer').`,
      },
    ];
  });

/** What is requested must fit the declared machine, with what the system itself needs. */
export const checkNodeFit: Check = (input) =>
  inEachEnvironment(input, (platform) => {
    const { node } = platform;
    if (node === undefined) return [];
    const sum = sumRequests(platform);
    const path =
      input.description.environments[platform.environment]?.node === undefined
        ? ['node']
        : ['environments', platform.environment, 'node'];
    return (['cpu', 'memory'] as const).flatMap((kind) => {
      const available = node[kind] - node.reserved[kind];
      if (sum[kind] <= available) return [];
      const format = kind === 'cpu' ? formatCpu : formatMemory;
      const largest = platform.workloads
        .filter(runsAlways)
        .toSorted((left, right) => requestOf(right, kind) - requestOf(left, kind))
        .slice(0, 5)
        .map((workload) => `${workload.name} ${format(requestOf(workload, kind))}`);
      return [
        {
          rule: 'node-fit',
          path: [...path, kind],
          message: `requests add up to ${format(sum[kind])} ${kind === 'cpu' ? 'CPU' : 'memory'}, and the node has ${format(available)} beside ${format(node.reserved[kind])} for the system; the largest: ${largest.join(', ')}`,
          fix: 'Declare a larger node, lower requests or replicas, or leave something out in this environment.',
        },
      ];
    });
  });

/** Sum of all requests of what runs at the same time. Compose profiles count: they may all be started. */
export function sumRequests(platform: ResolvedPlatform): { readonly cpu: number; readonly memory: number } {
  const running = platform.workloads.filter(runsAlways);
  return {
    cpu: running.reduce((total, workload) => total + requestOf(workload, 'cpu'), 0),
    memory: running.reduce((total, workload) => total + requestOf(workload, 'memory'), 0),
  };
}

function runsAlways(workload: Workload): boolean {
  return !workload.runsOnce;
}

function requestOf(workload: Workload, kind: 'cpu' | 'memory'): number {
  return workload.resources.requests[kind] * replicasOf(workload);
}

function replicasOf(workload: Workload): number {
  return Math.max(workload.replicas, workload.autoscaling?.minimum ?? 1);
}
