import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { secretNames, secretsFolder, valueOf } from '../../model/workload-secrets.ts';
import { renderedFolder } from '../ci/layout.ts';
import { literal, present, resource, some } from './compose-values.ts';
import { edgeNames } from './edge-names.ts';
import { containerFiles, filesDigest } from './container-files.ts';

/** What one service is rendered from. */
export interface ServiceInput {
  readonly platform: ResolvedPlatform;
  readonly workload: Workload;
  readonly profiles: readonly string[];
}

/** Our own programs run a few threads; databases and what runs on a JVM have hundreds. */
const processLimits = { core: 256, application: 512, component: 2048 } as const;

/** One service of a Compose file (compose-spec), its keys in the order of what it is, needs, and may. */
export function composeService(input: ServiceInput): Record<string, unknown> {
  const { platform, workload, profiles } = input;
  const { hardening, kind } = workload;
  const files = containerFiles(workload);
  return {
    image: workload.image,
    build: buildOf(platform, workload),
    profiles: some(profiles),
    depends_on: dependsOn(platform, workload),
    environment: environmentOf(workload),
    secrets: some(secretNames(workload).map((source) => ({ source, target: `${secretsFolder}/${source}` }))),
    configs: some(files.map(({ config, target }) => ({ source: config, target }))),
    volumes: some(mounts(workload)),
    tmpfs: some(
      // Programs that unpack libraries of their own need a folder from which these may be loaded.
      hardening.temporaryFolders.map((path) => `${path}:mode=1777${kind === 'component' ? ',exec' : ''}`).toSorted(),
    ),
    networks: networksOf(platform, workload),
    ports: some(publishedPorts(workload)),
    entrypoint: workload.command?.map(literal),
    command: workload.arguments?.map(literal),
    user: userOf(workload),
    sysctls: sysctlsOf(platform, workload),
    // Images of others may bring an init of their own.
    init: kind === 'component' ? undefined : true,
    healthcheck: healthcheck(workload),
    restart: workload.runsOnce ? 'on-failure:3' : 'unless-stopped',
    stop_grace_period: `${workload.stopGraceSeconds}s`,
    read_only: hardening.readOnlyRoot ? true : undefined,
    cap_drop: ['ALL'],
    cap_add: some(hardening.capabilities.toSorted()),
    security_opt: ['no-new-privileges:true'],
    labels: present({ 'plinth.files': filesDigest(files) }),
    // The label tells the log collector which service a line is from.
    logging: {
      driver: 'json-file',
      options: { 'max-size': '10m', 'max-file': '3', labels: 'com.docker.compose.service' },
    },
    deploy: deployOf(workload),
  };
}

/** Builds from the root of the repository, wherever the rendered folder lies: two variables say so. */
function buildOf(platform: ResolvedPlatform, { build, name }: Workload): unknown {
  if (build === undefined) return undefined;
  return {
    context: '${PLINTH_SOURCE:-../../..}',
    dockerfile: `\${PLINTH_RENDERED:-${renderedFolder}}/images/${name}/Dockerfile`,
    target: 'runtime',
    args: { VERSION: platform.version },
  };
}

function dependsOn(platform: ResolvedPlatform, workload: Workload): unknown {
  const known = new Map(platform.workloads.map((other) => [other.name, other]));
  const entries = workload.dependsOn
    .toSorted((left, right) => (left.workload < right.workload ? -1 : 1))
    .flatMap(({ workload: name, condition }) => {
      const dependency = known.get(name);
      if (dependency === undefined) return [];
      const isElsewhere = dependency.layer !== 'base' && dependency.layer !== workload.layer;
      return [[name, { condition: conditionOf(dependency, condition), required: isElsewhere ? false : undefined }]];
    });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function conditionOf(dependency: Workload, condition: 'healthy' | 'completed'): string {
  if (condition === 'completed' || dependency.runsOnce) return 'service_completed_successfully';
  return dependency.health === undefined ? 'service_started' : 'service_healthy';
}

function environmentOf({ variables }: Workload): Record<string, string> | undefined {
  const sorted = variables.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return present(Object.fromEntries(sorted.map((variable) => [variable.name, literal(valueOf(variable))])));
}

function mounts({ volumes, hostPaths = [] }: Workload): unknown[] {
  return [
    ...volumes
      .toSorted((left, right) => (left.path < right.path ? -1 : 1))
      .map(({ name, path }) => ({ type: 'volume', source: name, target: path })),
    ...hostPaths.map(({ hostPath, path }) => ({ type: 'bind', source: hostPath, target: path, read_only: true })),
  ];
}

/** Every container is in the back network: there the edge has its names. */
function networksOf(platform: ResolvedPlatform, workload: Workload): unknown {
  const networks = workload.networks.toSorted();
  const aliases = edgeNames(platform, workload);
  if (aliases.length === 0) return networks;
  return Object.fromEntries(networks.map((network) => [network, network === 'back' ? { aliases } : {}]));
}

/** Accounts that are not root may listen at ports below 1024; engines since 20.10 allow it, others of the kind do not. */
function sysctlsOf(platform: ResolvedPlatform, workload: Workload): Record<string, string> | undefined {
  return edgeNames(platform, workload).length === 0 ? undefined : { 'net.ipv4.ip_unprivileged_port_start': '0' };
}

function publishedPorts({ published, ports }: Workload): unknown[] {
  return published
    .toSorted((left, right) => left.hostPort - right.hostPort)
    .map(({ hostPort, port, address }) => ({
      target: port,
      published: String(hostPort),
      host_ip: address,
      protocol: ports.find((candidate) => candidate.port === port)?.protocol === 'udp' ? 'udp' : 'tcp',
    }));
}

function userOf({ hardening: { user, group } }: Workload): string | undefined {
  return user === undefined ? undefined : `${user}:${group ?? user}`;
}

function healthcheck({ health, runsOnce }: Workload): unknown {
  if (runsOnce) return { disable: true };
  if (health === undefined) return undefined;
  return {
    test: ['CMD', ...health.check.map(literal)],
    interval: `${health.intervalSeconds}s`,
    timeout: `${health.timeoutSeconds}s`,
    retries: health.retries,
    start_period: `${health.startSeconds}s`,
    // Asked often while it starts, so that what waits for it waits no longer than needed (Docker 25 and later).
    start_interval: '2s',
  };
}

function deployOf({ kind, replicas, published, stateful, resources }: Workload): unknown {
  return {
    // Two containers cannot share a port of the host, nor a volume.
    replicas: replicas > 1 && published.length === 0 && !stateful ? replicas : undefined,
    resources: {
      limits: { ...resource(resources.limits), pids: processLimits[kind] },
      reservations: resource(resources.requests),
    },
  };
}
