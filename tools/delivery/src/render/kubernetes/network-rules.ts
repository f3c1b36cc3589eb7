import type { ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { deployedWorkloads } from './deployed-workloads.ts';
import { ingressController } from './ingress-controller.ts';
import { operatedPods } from './labels.ts';
import { routedPorts } from './routed-ports.ts';

/** A rule of a NetworkPolicy: `from` or `to`, and ports. */
export interface NetworkRule {
  readonly from?: readonly Record<string, unknown>[];
  readonly to?: readonly Record<string, unknown>[];
  readonly ports?: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
}

export interface NetworkRules {
  readonly ingress: readonly NetworkRule[];
  readonly egress: readonly NetworkRule[];
}

/** Never outside: networks of nodes and pods, and the address at which clouds hand out credentials. */
const metadataNetwork = '169.254.0.0/16';
const privateNetworks = ['10.0.0.0/8', '100.64.0.0/10', metadataNetwork, '172.16.0.0/12', '192.168.0.0/16'];

/** Who may call a workload, and whom it may call: what the description says of calls and dependencies, and no more. */
export function resolveNetworkRules(platform: ResolvedPlatform, workload: Workload): NetworkRules {
  const all = deployedWorkloads(platform);
  const called = calledBy(workload);
  // Members of a component talk to each other, and pods of one workload only when they keep state together.
  const isOwn = (other: Workload): boolean =>
    workload.component !== undefined && other.component === workload.component && !other.runsOnce;
  const callers = all.filter((other) => isOwn(other) || calledBy(other).has(workload.name));
  const targets = all.filter((other) => isOwn(other) || called.has(other.name));
  return {
    ingress: [
      ...callerRules(platform, workload, callers),
      ...scrapeRules(platform, workload, all),
      ...routeRules(platform, workload),
      ...publishedRules(workload),
    ],
    egress: [
      ...targetRules(platform, targets),
      ...metricsRules(platform, workload, all),
      ...operatedRules(platform, called),
      ...outsideRules(platform, workload),
      ...apiServerRules(workload),
    ],
  };
}

/** Names of what a workload calls. */
function calledBy({ calls, dependsOn }: Workload): Set<string> {
  return new Set([...calls, ...dependsOn.map(({ workload }) => workload)]);
}

function callerRules(platform: ResolvedPlatform, workload: Workload, callers: readonly Workload[]): NetworkRule[] {
  const deployed = new Set(deployedWorkloads(platform).map(({ name }) => name));
  const operated =
    platform.workloads.some((other) => !deployed.has(other.name) && calledBy(other).has(workload.name)) ||
    platform.components.some(({ calls = [] }) => calls.includes(workload.name));
  const from = [
    ...callers.map(({ name }) => podsOf(platform, name)),
    ...(operated ? [{ podSelector: operatedPods(platform) }] : []),
  ];
  return workload.ports.length === 0 || from.length === 0 ? [] : [{ from, ports: portsOf(workload) }];
}

function scrapeRules(platform: ResolvedPlatform, workload: Workload, all: readonly Workload[]): NetworkRule[] {
  const { metrics } = workload;
  if (metrics === undefined) return [];
  const scrapers = platform.components.filter(({ entry }) => scraperEntries.has(entry.name));
  const own = all.filter(({ component }) => scrapers.some(({ name }) => name === component));
  const operated = scrapers.some(({ entry }) => entry.kubernetes.form !== 'workloads');
  const from = [
    ...own.filter(({ name }) => name !== workload.name).map(({ name }) => podsOf(platform, name)),
    ...(operated ? [{ podSelector: operatedPods(platform) }] : []),
  ];
  return from.length === 0 ? [] : [{ from, ports: [{ port: metrics.port, protocol: 'TCP' }] }];
}

/** Components that ask others for their metrics. */
const scraperEntries = new Set(['prometheus', 'alloy', 'victoria-metrics', 'vmagent', 'kube-prometheus-stack']);

/** The other side of `scrapeRules`: what asks for metrics may reach everything that has some, at that port alone. */
function metricsRules(platform: ResolvedPlatform, workload: Workload, all: readonly Workload[]): NetworkRule[] {
  const isScraper = platform.components.some(
    ({ name, entry }) => name === workload.component && scraperEntries.has(entry.name),
  );
  if (!isScraper) return [];
  const watched = all.filter(({ name, metrics }) => metrics !== undefined && name !== workload.name);
  const byPort = Object.entries(Object.groupBy(watched, ({ metrics }) => String(metrics?.port)));
  return byPort.map(([port, group = []]) => ({
    to: group.map(({ name }) => podsOf(platform, name)),
    ports: [{ port: Number(port), protocol: 'TCP' as const }],
  }));
}

function routeRules(platform: ResolvedPlatform, workload: Workload): NetworkRule[] {
  const ports = routedPorts(platform, workload);
  if (ports.length === 0) return [];
  return [{ from: [ingressController(platform)], ports: ports.map((port) => ({ port, protocol: 'TCP' as const })) }];
}

function publishedRules({ published, ports }: Workload): NetworkRule[] {
  if (published.length === 0) return [];
  const protocolAt = (port: number): 'TCP' | 'UDP' =>
    ports.find((other) => other.port === port)?.protocol === 'udp' ? 'UDP' : 'TCP';
  return [{ ports: published.map(({ port }) => ({ port, protocol: protocolAt(port) })) }];
}

/** One rule for all targets that listen on the same ports. */
function targetRules(platform: ResolvedPlatform, targets: readonly Workload[]): NetworkRule[] {
  const listening = targets.filter(({ ports }) => ports.length > 0);
  const groups = Object.values(Object.groupBy(listening, (target) => JSON.stringify(portsOf(target))));
  return groups.flatMap((group = []) => {
    const [first] = group;
    return first === undefined ? [] : [{ to: group.map(({ name }) => podsOf(platform, name)), ports: portsOf(first) }];
  });
}

/** Pods that an operator makes have labels of its own choice: any of them in the namespace, at the known ports. */
function operatedRules(platform: ResolvedPlatform, called: ReadonlySet<string>): NetworkRule[] {
  const deployed = new Set(deployedWorkloads(platform).map(({ name }) => name));
  const operated = platform.workloads.filter(({ name }) => called.has(name) && !deployed.has(name));
  const ports = operated.flatMap(portsOf);
  if (ports.length === 0) return [];
  const unique = [...new Map(ports.map((port) => [`${port.protocol}${port.port}`, port])).values()];
  return [
    { to: [{ podSelector: operatedPods(platform) }], ports: unique.toSorted((left, right) => left.port - right.port) },
  ];
}

/** The front network of Compose: outside, and the platform's own hosts through the ingress controller. */
function outsideRules(platform: ResolvedPlatform, { networks }: Workload): NetworkRule[] {
  if (!networks.includes('front')) return [];
  // Beside a cluster without internet the mail server is private too; pods are guarded by their own rules.
  const except = platform.cluster.airGapped ? [metadataNetwork] : privateNetworks;
  return [
    { to: [{ ipBlock: { cidr: '0.0.0.0/0', except } }] },
    ...(platform.routes.length === 0 ? [] : [{ to: [ingressController(platform)] }]),
  ];
}

/**
 * The API server, whose address only its cluster knows: a node's, or one outside. Rules see it behind the address of
 * the service `kubernetes`, at 443 or 6443.
 */
function apiServerRules({ clusterAccess }: Workload): NetworkRule[] {
  if (clusterAccess === undefined) return [];
  const ports = [443, 6443].map((port) => ({ port, protocol: 'TCP' as const }));
  return [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: [metadataNetwork] } }], ports }];
}

function podsOf(platform: ResolvedPlatform, name: string): Record<string, unknown> {
  return {
    podSelector: {
      matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': platform.name },
    },
  };
}

function portsOf({ ports }: Workload): { port: number; protocol: 'TCP' | 'UDP' }[] {
  return ports.map(({ port, protocol }) => ({ port, protocol: protocol === 'udp' ? 'UDP' : 'TCP' }));
}
