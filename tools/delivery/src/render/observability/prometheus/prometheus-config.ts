import type { EdgeRoute, Workload } from '../../../model/platform-model.ts';
import { canBeMany } from '../../kubernetes/pod-template.ts';
import { renderYaml } from '../../yaml.ts';
import { hasReplicaService, replicaServiceName } from '../../kubernetes/replica-service.ts';
import type { WatchedPlatform } from '../watched-platform.ts';

/** `prometheus.yml`: a job for each workload with metrics, probes of the edge's hosts, rules and where alerts go. */
export function renderPrometheusConfig(watched: WatchedPlatform): string {
  const { platform, hosts, scraped } = watched;
  const alertmanager = hosts.get('alertmanager');
  return renderYaml({
    global: {
      scrape_interval: '15s',
      scrape_timeout: '10s',
      evaluation_interval: '15s',
      external_labels: { platform: platform.name, environment: platform.environment },
    },
    rule_files: ['rules/*.yml'],
    alerting:
      alertmanager === undefined
        ? undefined
        : { alertmanagers: [{ static_configs: [{ targets: [`${alertmanager.name}:9093`] }] }] },
    scrape_configs: [...scraped.map((workload) => scrapeJob(watched, workload)), ...probeJobs(watched)],
  });
}

function scrapeJob({ platform, hosts, onCluster }: WatchedPlatform, workload: Workload) {
  const { path: address, port } = workload.metrics ?? { path: '/metrics', port: 0 };
  // A question mark in `metrics_path` would be escaped.
  const { pathname: path, searchParams } = new URL(address, 'http://target');
  const params = Object.fromEntries([...searchParams].map(([name, value]) => [name, [value]]));
  const replicas = onCluster && hasReplicaService(platform, workload) ? replicaServiceName(workload) : workload.name;
  const entry = [...hosts].find(([, host]) => host === workload)?.[0];
  return {
    job_name: workload.name,
    metrics_path: path === '/metrics' ? undefined : path,
    params: searchParams.size === 0 ? undefined : params,
    // What was pushed names its own job.
    honor_labels: entry === 'pushgateway' ? true : undefined,
    ...(canBeMany(workload)
      ? // All addresses behind the name; a fixed target would ask another replica each time.
        { dns_sd_configs: [{ names: [replicas], type: 'A', port, refresh_interval: '15s' }] }
      : { static_configs: [{ targets: [`${workload.name}:${port}`] }] }),
    metric_relabel_configs: entry === 'cadvisor' ? containerLabels : undefined,
  };
}

/** The short form of a container's identifier, out of the name of its control group; what is no container is dropped. */
const containerLabels = [
  { source_labels: ['id'], regex: '.*([0-9a-f]{12})[0-9a-f]{52}.*', target_label: 'container' },
  { source_labels: ['__name__', 'container'], regex: 'container_[^;]*;', action: 'drop' },
  { regex: 'id|name|image', action: 'labeldrop' },
];

/** One job for each module of the prober: a page must answer well, an API may ask who is there. */
function probeJobs({ platform, probes, hosts }: WatchedPlatform) {
  const prober = hosts.get('blackbox-exporter');
  if (prober === undefined || probes.length === 0) return [];
  const edge = hosts.get(platform.edge);
  // Such names mean the machine itself, which a container is not: the edge is asked by its own name.
  const local = platform.domain.endsWith('localhost') && edge !== undefined ? edge : undefined;
  const jobs = [
    { job: 'probe', module: 'http_page', routes: probes.filter(isOpenPage) },
    { job: 'probe-guarded', module: 'http_answers', routes: probes.filter((route) => !isOpenPage(route)) },
  ];
  return jobs
    .filter(({ routes }) => routes.length > 0)
    .map(({ job, module, routes }) => ({
      job_name: job,
      metrics_path: '/probe',
      params: { module: [module] },
      scrape_interval: '30s',
      static_configs: routes.map((route) => ({
        targets: [`${platform.scheme}://${route.host}${route.path}`],
        labels: { route: route.name, service: route.workload, ...(local ? { __param_hostname: route.host } : {}) },
      })),
      relabel_configs: [
        { source_labels: ['__address__'], target_label: 'instance' },
        local === undefined
          ? { source_labels: ['__address__'], target_label: '__param_target' }
          : {
              source_labels: ['__address__'],
              regex: 'https?://[^/]+(/.*)',
              replacement: `${platform.scheme}://${local.name}$1`,
              target_label: '__param_target',
            },
        { target_label: '__address__', replacement: `${prober.name}:${prober.metrics?.port ?? 9115}` },
      ],
    }));
}

function isOpenPage({ kind, public: open }: EdgeRoute): boolean {
  return kind === 'page' && open;
}
