import type { ServiceManifest } from '@plinth/contracts';
import type { ApplicationType, Autoscaling, Hardening, Resources, WorkloadHealth } from '../model/platform-model.ts';
import { parseCpu, parseMemory } from '../model/quantity.ts';
import type { ResourceOverride } from './platform-description.ts';

/** What applications of a type are like unless the description says otherwise (requirements 05 and 13). */
export interface TypeDefaults {
  readonly port: number;
  readonly live: string;
  readonly ready: string;
  readonly metrics: string | undefined;
  readonly resources: Resources;
  /** Connections of one replica that uses the database: back ends 10, pages rendered on a server 5. */
  readonly connections: number;
  readonly isPage: boolean;
  readonly startSeconds: number;
}

const small: Resources = { requests: { cpu: 50, memory: 64 }, limits: { cpu: 100, memory: 128 } };
const medium: Resources = { requests: { cpu: 100, memory: 192 }, limits: { cpu: 250, memory: 256 } };
const large: Resources = { requests: { cpu: 100, memory: 256 }, limits: { cpu: 500, memory: 512 } };

const page = { isPage: true, metrics: undefined, startSeconds: 10 } as const;
const rendered = { ...page, port: 3000, live: '/api/health', ready: '/api/health', resources: medium, connections: 5 };
const fixed = { ...page, port: 80, live: '/health', ready: '/health', resources: small, connections: 0 };

export const typeDefaults: Readonly<Record<ApplicationType, TypeDefaults>> = {
  nest: {
    port: 3000,
    live: '/health/live',
    ready: '/health/ready',
    metrics: '/metrics',
    resources: large,
    connections: 10,
    isPage: false,
    startSeconds: 40,
  },
  'svelte-kit': rendered,
  next: rendered,
  astro: fixed,
  vite: fixed,
  expo: fixed,
  image: { ...rendered, resources: large, connections: 10, live: '', ready: '', startSeconds: 30 },
};

/** Fills a resource override up with defaults; a text that is no quantity counts as nothing (a check reports it). */
export function resolveResources(defaults: Resources, override: ResourceOverride): Resources {
  const cpu = (text: string | undefined, fallback: number) => (text === undefined ? fallback : (parseCpu(text) ?? 0));
  const memory = (text: string | undefined, fallback: number) =>
    text === undefined ? fallback : (parseMemory(text) ?? 0);
  const { requests, limits } = override;
  return {
    requests: {
      cpu: cpu(requests?.cpu, defaults.requests.cpu),
      memory: memory(requests?.memory, defaults.requests.memory),
    },
    limits: { cpu: cpu(limits?.cpu, defaults.limits.cpu), memory: memory(limits?.memory, defaults.limits.memory) },
  };
}

/**
 * MiB that a service requests at least (requirement 05). A process at rest takes about 150, and an autoscaler, which
 * compares with the request, would find a smaller one busy for ever.
 */
const LEAST_MEMORY = 256;

/** Limits of our own services: room for a burst, and what a Node.js process needs at least. */
export function coreResources({ limits, ...requests }: ServiceManifest['resources']): Resources {
  const cpu = parseCpu(requests.cpu) ?? 0;
  const memory = Math.max(LEAST_MEMORY, parseMemory(requests.memory) ?? 0);
  const usual = { cpu: Math.max(500, cpu * 1.5), memory: Math.max(512, memory * 2) };
  return resolveResources({ requests: { cpu, memory }, limits: usual }, limits === undefined ? {} : { limits });
}

export const usualAutoscaling: Autoscaling = { minimum: 1, maximum: 5, cpuPercent: 80, memoryPercent: 80 };

/** Ours and the team's: not root, nothing writable but /tmp, no capability. */
export const usualHardening: Hardening = {
  user: 1001,
  group: 1001,
  readOnlyRoot: true,
  temporaryFolders: ['/tmp'],
  capabilities: [],
};

/** nginx keeps its process file and caches in folders of its own; below port 1024 it needs the capability. */
export function staticSiteHardening(port: number): Hardening {
  return {
    ...usualHardening,
    temporaryFolders: ['/tmp', '/var/cache/nginx', '/var/run'],
    capabilities: port < 1024 ? ['NET_BIND_SERVICE'] : [],
  };
}

/** Health of a workload that answers HTTP: the check for images without curl is the runtime's own. */
export function httpHealth(
  paths: { readonly live: string; readonly ready: string },
  port: number,
  check: 'node' | 'wget',
  startSeconds: number,
): WorkloadHealth {
  const url = `http://127.0.0.1:${port}${paths.ready}`;
  const ask = `fetch('${url}').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;
  return {
    live: { kind: 'http', path: paths.live, port },
    ready: { kind: 'http', path: paths.ready, port },
    check: check === 'node' ? ['node', '-e', ask] : ['wget', '-q', '-O', '/dev/null', url],
    intervalSeconds: 30,
    timeoutSeconds: 10,
    startSeconds,
    retries: 3,
  };
}
