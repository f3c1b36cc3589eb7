import type { EdgeRoute, ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { metricNames, type MetricSource } from './metric-names.ts';
import { resolveProfiles } from '../compose/profiles.ts';
import { deployedWorkloads } from '../kubernetes/deployed-workloads.ts';

/** What of a platform is watched, and by what: everything that rules, dashboards and configurations depend on. */
export interface WatchedPlatform {
  readonly platform: ResolvedPlatform;
  /** Whether the files are for a cluster. Where the same environment is rendered for Compose too, they are for that. */
  readonly onCluster: boolean;
  /** Workloads that Prometheus asks, without those that are asked in another way. */
  readonly scraped: readonly Workload[];
  /** Names of core services, the gateway left out. */
  readonly services: readonly string[];
  /** Workload that the edge asks whether a request may pass. */
  readonly gateway: string | undefined;
  readonly sources: ReadonlySet<MetricSource>;
  /** Host names by entry: `alertmanager`, `loki`, `tempo`, `blackbox-exporter`, … */
  readonly hosts: ReadonlyMap<string, Workload>;
  /** Names of workloads that need not be there: in a Compose profile, or left out on Kubernetes. */
  readonly optional: ReadonlySet<string>;
  /** One route for each host that is probed from outside. */
  readonly probes: readonly EdgeRoute[];
}

/** Tells what of a platform is watched. */
export function watchPlatform(platform: ResolvedPlatform): WatchedPlatform {
  const entryOf = new Map(platform.components.map(({ name, entry }) => [name, entry.name]));
  const hosts = new Map<string, Workload>();
  for (const workload of platform.workloads) {
    const entry = workload.component === undefined ? undefined : entryOf.get(workload.component);
    // The first container of a component is the one that answers; jobs and members of a cluster follow it.
    if (entry !== undefined && !workload.runsOnce && (workload.name === workload.component || !hosts.has(entry)))
      hosts.set(entry, workload);
  }
  const core = platform.workloads.filter(({ kind, runsOnce }) => kind === 'core' && !runsOnce);
  const onCluster = isOnCluster(platform);
  const there = new Set((onCluster ? listClusterWorkloads(platform) : platform.workloads).map(({ name }) => name));
  const scraped = platform.workloads.filter(
    ({ name, metrics, runsOnce }) => metrics !== undefined && !runsOnce && there.has(name),
  );
  const sources = new Set<MetricSource>(['scrape']);
  if (core.some(({ metrics }) => metrics !== undefined)) sources.add('plinth');
  for (const { component } of scraped) {
    const entry = component === undefined ? undefined : entryOf.get(component);
    if (entry !== undefined && Object.hasOwn(metricNames, entry)) sources.add(entry as MetricSource);
  }
  return {
    platform,
    onCluster,
    scraped,
    services: core.map(({ name }) => name).filter((name) => name !== 'gateway'),
    gateway: core.find(({ name }) => name === 'gateway')?.name,
    sources,
    hosts,
    optional: listOptional(platform),
    probes: hosts.has('blackbox-exporter') ? listProbes(platform) : [],
  };
}

/** The route of each host that answers soonest: its shortest path. */
function listProbes({ routes }: ResolvedPlatform): EdgeRoute[] {
  const byHost = new Map<string, EdgeRoute>();
  for (const route of routes) {
    const known = byHost.get(route.host);
    if (known === undefined || route.path.length < known.path.length) byHost.set(route.host, route);
  }
  return [...byHost.values()].toSorted((left, right) => (left.host < right.host ? -1 : 1));
}

function listOptional(platform: ResolvedPlatform): Set<string> {
  const { targets, workloads } = platform;
  const onKubernetes = targets.includes('helm') || targets.includes('kustomize');
  const there = new Set(onKubernetes ? listClusterWorkloads(platform).map(({ name }) => name) : []);
  const profiles = resolveProfiles(workloads);
  const isOptional = ({ name }: Workload): boolean =>
    (targets.includes('compose') && (profiles.get(name) ?? []).length > 0) || (onKubernetes && !there.has(name));
  return new Set(workloads.filter(isOptional).map(({ name }) => name));
}

function isOnCluster({ targets }: ResolvedPlatform): boolean {
  return !targets.includes('compose') && (targets.includes('helm') || targets.includes('kustomize'));
}

/** What runs on a cluster, as pods of ours or of an operator; the rest would be asked for metrics in vain. */
function listClusterWorkloads(platform: ResolvedPlatform): Workload[] {
  const deployed = new Set(deployedWorkloads(platform).map(({ name }) => name));
  const operated = new Set(
    platform.components.flatMap((component) => (isOperated(component) ? component.workloads : [])),
  );
  return platform.workloads.filter(({ name }) => deployed.has(name) || operated.has(name));
}

function isOperated({ entry }: ResolvedPlatform['components'][number]): boolean {
  return entry.kubernetes?.form !== 'workloads';
}
