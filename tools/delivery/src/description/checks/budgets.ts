import type { ResolvedComponent, ResolvedPlatform, Workload } from '../../model/platform-model.ts';
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
    const pool = platform.components.find(({ entry }) => entry.provides.includes('database-pool'));
    const users = connectionUsers(platform, pool);
    const allowed = Number(server.settings['maxConnections']) - RESERVED_CONNECTIONS;
    const held = sumOf(users.direct) + (pool === undefined ? 0 : users.roles * Number(pool.settings['poolSize']));
    const clients = sumOf(users.pooled);
    const most = Number(pool?.settings['maxClients'] ?? 0);
    const parts = users.direct.map(({ name, replicas, connections }) => `${name} ${replicas} × ${connections}`);
    if (pool !== undefined)
      parts.push(`${pool.name} ${users.roles} × ${Number(pool.settings['poolSize'])} for its databases`);
    return [
      ...(held <= allowed
        ? []
        : [
            {
              rule: 'connection-budget',
              path: ['infrastructure', server.name, 'maxConnections'],
              message: `pools add up to ${held} connections, ${server.name} allows ${allowed} beside the ${RESERVED_CONNECTIONS} of its superuser (${parts.join(', ')})`,
              fix:
                pool === undefined
                  ? `Add component('pgbouncer'), set maxConnections to ${held + RESERVED_CONNECTIONS} or more, or lower replicas.`
                  : `Set maxConnections to ${held + RESERVED_CONNECTIONS} or more, lower poolSize of ${pool.name}, or lower replicas.`,
            },
          ]),
      ...(pool === undefined || clients <= most
        ? []
        : [
            {
              rule: 'connection-budget',
              path: ['infrastructure', pool.name, 'maxClients'],
              message: `services hold up to ${clients} connections to ${pool.name}, which allows ${most}`,
              fix: `Set maxClients to ${clients} or more, or lower replicas.`,
            },
          ]),
    ];
  });

interface ConnectionUser {
  readonly name: string;
  readonly replicas: number;
  readonly connections: number;
}

/** Who connects to the server itself, who to the pool in front of it, and with how many roles the pool does in turn. */
function connectionUsers(platform: ResolvedPlatform, pool: ResolvedComponent | undefined) {
  const users = platform.workloads
    .filter(({ connections }) => connections > 0)
    .map((workload) => ({
      name: workload.name,
      kind: workload.kind,
      replicas: mostReplicasOf(platform, workload),
      connections: workload.connections,
      isPooled:
        pool !== undefined &&
        workload.kind !== 'component' &&
        workload.dependsOn.some(({ workload: name }) => pool.workloads.includes(name)),
    }));
  const pooled = users.filter(({ isPooled }) => isPooled);
  // The core services share one role; each application has its own.
  const roles = new Set(pooled.map(({ name, kind }) => (kind === 'core' ? 'core services' : name)));
  return { direct: users.filter(({ isPooled }) => !isPooled), pooled, roles: roles.size };
}

function sumOf(users: readonly ConnectionUser[]): number {
  return users.reduce((total, { replicas, connections }) => total + replicas * connections, 0);
}

/** Where an autoscaler may add replicas, each of them opens a pool of its own. */
function mostReplicasOf({ targets }: ResolvedPlatform, workload: Workload): number {
  const isScaled = (targets.includes('helm') || targets.includes('kustomize')) && workload.connections > 0;
  return isScaled && !workload.stateful
    ? Math.max(workload.replicas, workload.autoscaling?.maximum ?? 1)
    : workload.replicas;
}
