import type { Workload } from '../../../model/platform-model.ts';
import type { MetricSource } from '../metric-names.ts';
import type { AlertRule } from '../rule.ts';
import type { WatchedPlatform } from '../watched-platform.ts';

/** Alerts about what services run on: targets, machines, containers, certificates and backups. */
export function listInfrastructureAlerts(watched: WatchedPlatform): AlertRule[] {
  return [...targetAlerts(watched), ...useAlerts(watched), ...diskAlerts, ...probeAlerts(watched), ...backupAlerts];
}

/**
 * What is 0. Something that need not be there counts only for a day after it was there last: a profile that nobody
 * starts is no failure.
 */
function isDown(metric: string, by: string, label: string, optional: readonly string[]): string {
  if (optional.length === 0) return `min by (${by}) (${metric}) == 0`;
  const names = optional.toSorted().join('|');
  return [
    `min by (${by}) (${metric}{${label}!~"${names}"}) == 0`,
    `or (min by (${by}) (${metric}{${label}=~"${names}"}) == 0`,
    `and max by (${by}) (max_over_time(${metric}{${label}=~"${names}"}[1d])) == 1)`,
  ].join(' ');
}

function targetAlerts({ scraped, optional }: WatchedPlatform): AlertRule[] {
  const target = scraped[0];
  const maybe = scraped.flatMap(({ name }) => (optional.has(name) ? [name] : []));
  if (target === undefined) return [];
  const labels = { job: target.name, instance: `${target.name}:${target.metrics?.port ?? 0}` };
  const series = `up{job="${labels.job}",instance="${labels.instance}"}`;
  return [
    {
      name: 'TargetDown',
      expression: isDown('up', 'job, instance', 'job', maybe),
      for: '5m',
      severity: 'critical',
      summary: '{{ $labels.job }} does not answer',
      description: 'For five minutes {{ $labels.instance }} has not answered when it was asked for its metrics.',
      sources: ['scrape'],
      test: {
        labels,
        firing: { series: { [series]: '1x2 0x40' }, at: '15m' },
        silent: { series: { [series]: '1x40' }, at: '10m' },
      },
    },
  ];
}

const percentages = { Memory: 80, Cpu: 70 } as const;
type MeasuredResource = keyof typeof percentages;

interface UseScope {
  /** What the alert's name begins with, and the label that tells what is meant. */
  readonly prefix: '' | 'Container' | 'Host';
  readonly label: 'workload' | 'container' | 'instance';
  readonly whole: string;
  readonly source: MetricSource;
  readonly labels: Readonly<Record<string, string>>;
  readonly series: (resource: MeasuredResource, share: number) => Record<string, string>;
}

/** Memory over 80 % and CPU over 70 %: of a service's limit, of a container's limit and of a machine. */
function useAlerts(watched: WatchedPlatform): AlertRule[] {
  const core = watched.scraped.find(({ kind }) => kind === 'core');
  const scopes = [...(core === undefined ? [] : [workloadScope(core)]), containerScope, hostScope];
  return scopes.flatMap((scope) => [useAlert(scope, 'Memory'), useAlert(scope, 'Cpu')]);
}

function useAlert(scope: UseScope, resource: MeasuredResource): AlertRule {
  const limit = percentages[resource];
  const operation = resource === 'Memory' ? 'memory_use:ratio' : 'cpu_use:ratio_rate5m';
  const word = resource === 'Memory' ? 'memory' : 'CPU';
  return {
    name: `${scope.prefix}High${resource}`,
    expression: `${scope.label}:${operation} > ${limit / 100}`,
    for: '5m',
    severity: 'warning',
    summary: `{{ $labels.${scope.label} }} uses much ${word}`,
    description: `For five minutes {{ $labels.${scope.label} }} has used more than ${limit} % of the ${word} that ${scope.whole}.`,
    sources: [scope.source],
    test: {
      labels: scope.labels,
      firing: { series: scope.series(resource, limit / 100 + 0.05), at: '20m' },
      silent: { series: scope.series(resource, limit / 100 - 0.05), at: '20m' },
    },
  };
}

function workloadScope({ name, resources: { limits } }: Workload): UseScope {
  const labels = `job="${name}",instance="${name}:3000"`;
  return {
    prefix: '',
    label: 'workload',
    whole: 'it may have',
    source: 'plinth',
    labels: { workload: name },
    series: (resource, share): Record<string, string> =>
      resource === 'Memory'
        ? { [`process_resident_memory_bytes{${labels}}`]: `${Math.round(limits.memory * 1024 * 1024 * share)}x60` }
        : { [`process_cpu_seconds_total{${labels}}`]: `0+${decimal((limits.cpu / 1000) * share * 30)}x60` },
  };
}

const container = 'job="cadvisor",container="0123456789ab"';

const containerScope: UseScope = {
  prefix: 'Container',
  label: 'container',
  whole: 'it may have',
  source: 'cadvisor',
  labels: { container: '0123456789ab' },
  series: (resource, share): Record<string, string> =>
    resource === 'Memory'
      ? {
          [`container_memory_working_set_bytes{${container}}`]: `${decimal(share * 1000)}x60`,
          [`container_spec_memory_limit_bytes{${container}}`]: '1000x60',
        }
      : {
          [`container_cpu_usage_seconds_total{${container},cpu="total"}`]: `0+${decimal(share * 30)}x60`,
          [`container_spec_cpu_quota{${container}}`]: '100000x60',
          [`container_spec_cpu_period{${container}}`]: '100000x60',
        },
};

const host = 'job="node-exporter",instance="node-exporter:9100"';

const hostScope: UseScope = {
  prefix: 'Host',
  label: 'instance',
  whole: 'the machine has',
  source: 'node-exporter',
  labels: { instance: 'node-exporter:9100' },
  series: (resource, share): Record<string, string> =>
    resource === 'Memory'
      ? {
          [`node_memory_MemTotal_bytes{${host}}`]: '1000x60',
          [`node_memory_MemAvailable_bytes{${host}}`]: `${decimal((1 - share) * 1000)}x60`,
        }
      : { [`node_cpu_seconds_total{${host},cpu="0",mode="idle"}`]: `0+${decimal((1 - share) * 30)}x60` },
};

function decimal(value: number): number {
  return Number(value.toFixed(4));
}

const disk = 'job="node-exporter",instance="node-exporter:9100",device="/dev/sda1",fstype="ext4",mountpoint="/"';

const diskAlerts: AlertRule[] = [
  {
    name: 'DiskAlmostFull',
    expression:
      'min by (instance, mountpoint) (node_filesystem_avail_bytes{fstype!~"tmpfs|overlay|squashfs"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay|squashfs"}) < 0.1',
    for: '10m',
    severity: 'warning',
    summary: 'The disk of {{ $labels.instance }} is almost full',
    description: 'For ten minutes less than 10 % of {{ $labels.mountpoint }} on {{ $labels.instance }} has been free.',
    sources: ['node-exporter'],
    test: {
      labels: { instance: 'node-exporter:9100', mountpoint: '/' },
      firing: {
        series: { [`node_filesystem_avail_bytes{${disk}}`]: '9x60', [`node_filesystem_size_bytes{${disk}}`]: '100x60' },
        at: '20m',
      },
      silent: {
        series: {
          [`node_filesystem_avail_bytes{${disk}}`]: '11x60',
          [`node_filesystem_size_bytes{${disk}}`]: '100x60',
        },
        at: '20m',
      },
    },
  },
];

const day = 86_400;

function probeAlerts({ probes, platform, optional }: WatchedPlatform): AlertRule[] {
  const [probe] = probes;
  if (probe === undefined) return [];
  const instance = `${platform.scheme}://${probe.host}${probe.path}`;
  const labels = `job="probe",instance="${instance}",route="${probe.name}",service="${probe.workload}"`;
  const services = [...new Set(probes.map(({ workload }) => workload))];
  const maybe = services.filter((name) => optional.has(name));
  const alerts: AlertRule[] = [
    {
      name: 'ProbeFailed',
      expression: isDown('probe_success', 'instance, service', 'service', maybe),
      for: '5m',
      severity: 'critical',
      summary: '{{ $labels.instance }} cannot be reached',
      description:
        'For five minutes {{ $labels.instance }} has not answered as it should when it was asked from outside.',
      sources: ['blackbox-exporter'],
      test: {
        labels: { instance, service: probe.workload },
        firing: { series: { [`probe_success{${labels}}`]: '1x2 0x40' }, at: '15m' },
        silent: { series: { [`probe_success{${labels}}`]: '1x40' }, at: '10m' },
      },
    },
    {
      name: 'CertificateExpires',
      expression: `min by (instance) (probe_ssl_earliest_cert_expiry) - time() < ${14 * day}`,
      for: '10m',
      severity: 'warning',
      summary: 'The certificate of {{ $labels.instance }} expires',
      description:
        'The certificate of {{ $labels.instance }} is valid for less than 14 days; it should have been renewed.',
      sources: ['blackbox-exporter'],
      test: {
        labels: { instance },
        firing: { series: { [`probe_ssl_earliest_cert_expiry{${labels}}`]: `${14 * day - 60}x60` }, at: '20m' },
        silent: { series: { [`probe_ssl_earliest_cert_expiry{${labels}}`]: `${14 * day + 3600}x60` }, at: '20m' },
      },
    },
  ];
  // Over plain HTTP there is no certificate, and the alert could never fire.
  return platform.scheme === 'https' ? alerts : alerts.slice(0, 1);
}

const backup = 'plinth_backup_last_success_timestamp_seconds{job="backup",backup="postgres"}';

const backupAlerts: AlertRule[] = [
  {
    name: 'BackupTooOld',
    expression: 'time() - max by (backup) (plinth_backup_last_success_timestamp_seconds) > 26 * 3600',
    severity: 'critical',
    summary: 'There is no fresh backup of {{ $labels.backup }}',
    description: 'The last backup of {{ $labels.backup }} that could be restored is older than 26 hours.',
    sources: ['pushgateway'],
    test: {
      labels: { backup: 'postgres' },
      firing: { series: { [backup]: `${-26 * 3600 + 300}x60` }, at: '10m' },
      silent: { series: { [backup]: `${-26 * 3600 + 900}x60` }, at: '10m' },
    },
  },
  {
    name: 'BackupNeverReported',
    // A metric that is missing makes every comparison with it silent.
    expression: 'absent(plinth_backup_last_success_timestamp_seconds)',
    for: '26h',
    severity: 'critical',
    labels: { service: 'backup' },
    summary: 'No backup has ever reported',
    description:
      'For 26 hours nobody has told of a backup: the schedule does not run, or cannot reach the Pushgateway.',
    sources: ['pushgateway'],
    test: {
      interval: '10m',
      labels: {},
      firing: { series: {}, at: '27h' },
      silent: { series: { [backup]: '0x170' }, at: '27h' },
    },
  },
];
