import type { EdgeRoute, ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import { metricNames, type MetricSource } from './metric-names.ts';
import { resolveProfiles } from '../compose/profiles.ts';
import { deployedWorkloads } from '../kubernetes/deployed-workloads.ts';

/** What of a platform is watched, and by what: everything that rules, dashboards and configurations depend on. */
export interface WatchedPlatform {
  readonly platform: ResolvedPlatform;
  /** Workloads that Prometheus asks, without those that are asked in another way. */
  readonly scraped: readonly Workload[];
  /** Names of core services, the gateway left out. */
  readonly services: readonly string[];
  /** Workload at which requests of all services are seen. */
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
  const scraped = platform.workloads.filter(({ metrics, runsOnce }) => metrics !== undefined && !runsOnce);
  const sources = new Set<MetricSource>(['scrape']);
  if (core.some(({ metrics }) => metrics !== undefined)) sources.add('plinth');
  for (const { component } of scraped) {
    const entry = component === undefined ? undefined : entryOf.get(component);
    if (entry !== undefined && Object.hasOwn(metricNames, entry)) sources.add(entry as MetricSource);
  }
  return {
    platform,
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
  const { targets, workloads, components } = platform;
  const onKubernetes = targets.includes('helm') || targets.includes('kustomize');
  const deployed = new Set(onKubernetes ? deployedWorkloads(platform).map(({ name }) => name) : []);
  const operated = new Set(components.flatMap((component) => (isOperated(component) ? component.workloads : [])));
  const profiles = resolveProfiles(workloads);
  const isOptional = ({ name }: Workload): boolean =>
    (targets.includes('compose') && (profiles.get(name) ?? []).length > 0) ||
    (onKubernetes && !deployed.has(name) && !operated.has(name));
  return new Set(workloads.filter(isOptional).map(({ name }) => name));
}

function isOperated({ entry }: ResolvedPlatform['components'][number]): boolean {
  return entry.kubernetes?.form !== 'workloads';
}
