import type { RecordingRule, RuleGroup } from '../rule.ts';
import type { WatchedPlatform } from '../watched-platform.ts';

/** Series that dashboards and alerts share, so that both show the same number. */
export function listRecordingRules(watched: WatchedPlatform): RuleGroup<RecordingRule>[] {
  return [
    ...(watched.gateway === undefined ? [] : [{ name: 'services', rules: serviceRules(watched.gateway) }]),
    ...(watched.sources.has('plinth') ? [{ name: 'statements', rules: statementRules }] : []),
    { name: 'workloads', rules: workloadRules(watched) },
    ...(watched.sources.has('node-exporter') ? [{ name: 'hosts', rules: hostRules }] : []),
    ...(watched.sources.has('cadvisor') ? [{ name: 'containers', rules: containerRules }] : []),
    ...(watched.sources.has('plinth') ? [{ name: 'cost', rules: costRules }] : []),
  ].filter(({ rules }) => rules.length > 0);
}

/** Requests as callers see them: at the gateway, where a service that does not answer counts as an error. */
function serviceRules(gateway: string): RecordingRule[] {
  const requests = (more = '') => `http_requests_total{job="${gateway}"${more}}`;
  const rate = (more?: string) => `sum by (service) (rate(${requests(more)}[5m]))`;
  return [
    { record: 'service:http_requests:rate5m', expression: rate(), labels: ['service'] },
    {
      // Nobody has failed yet: no series of errors, and a ratio of nothing by something would be nothing.
      record: 'service:http_errors:rate5m',
      expression: `${rate(',status=~"5.."')} or 0 * ${rate()}`,
      labels: ['service'],
    },
    {
      record: 'service:http_errors:ratio_rate5m',
      expression: 'service:http_errors:rate5m / (service:http_requests:rate5m > 0)',
      labels: ['service'],
    },
    ...[50, 95, 99].map((percent) => ({
      record: `service:http_request_duration_seconds:p${percent}_rate5m`,
      expression: `histogram_quantile(0.${percent}, sum by (service, le) (rate(http_request_duration_seconds_bucket{job="${gateway}"}[5m])))`,
      labels: ['service'],
    })),
  ];
}

const statementRules: RecordingRule[] = [50, 95, 99].map((percent) => ({
  record: `service:db_query_duration_seconds:p${percent}_rate5m`,
  expression: `histogram_quantile(0.${percent}, sum by (service, le) (rate(db_query_duration_seconds_bucket[5m])))`,
  labels: ['service'],
}));

/** Use of what each core service may have. The limits are those of the description: no exporter has to know them. */
function workloadRules({ scraped }: WatchedPlatform): RecordingRule[] {
  const core = scraped.filter(({ kind }) => kind === 'core');
  if (core.length === 0) return [];
  const byWorkload = (expression: string) =>
    `max by (workload) (label_replace(${expression}, "workload", "$1", "job", "(.+)"))`;
  return [
    ...core.flatMap(({ name, resources: { limits } }) => [
      limitRule('workload:memory_limit:bytes', name, limits.memory * 1024 * 1024),
      limitRule('workload:cpu_limit:cores', name, limits.cpu / 1000),
    ]),
    {
      record: 'workload:memory_use:ratio',
      expression: `${byWorkload('process_resident_memory_bytes')} / on (workload) workload:memory_limit:bytes`,
      labels: ['workload'],
    },
    {
      record: 'workload:cpu_use:ratio_rate5m',
      expression: `${byWorkload('rate(process_cpu_seconds_total[5m])')} / on (workload) workload:cpu_limit:cores`,
      labels: ['workload'],
    },
  ];
}

function limitRule(record: string, workload: string, value: number): RecordingRule {
  return { record, expression: `vector(${value})`, labels: ['workload'], fixedLabels: { workload } };
}

const hostRules: RecordingRule[] = [
  {
    record: 'instance:memory_use:ratio',
    expression: '1 - min by (instance) (node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)',
    labels: ['instance'],
  },
  {
    record: 'instance:cpu_use:ratio_rate5m',
    expression: '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))',
    labels: ['instance'],
  },
];

/** Every container of the machine, by the short identifier that `docker ps` shows; limits are those of its control group. */
const containerRules: RecordingRule[] = [
  {
    record: 'container:memory_use:ratio',
    expression:
      'max by (container) (container_memory_working_set_bytes{container!=""}) / (max by (container) (container_spec_memory_limit_bytes{container!=""}) > 0)',
    labels: ['container'],
  },
  {
    record: 'container:cpu_use:ratio_rate5m',
    expression:
      'sum by (container) (rate(container_cpu_usage_seconds_total{container!=""}[5m])) / (max by (container) (container_spec_cpu_quota{container!=""} / container_spec_cpu_period{container!=""}) > 0)',
    labels: ['container'],
  },
];

/** What each core service took, in core hours and gibibyte hours a day: multiplied by a price it is what it costs. */
const costRules: RecordingRule[] = [
  {
    record: 'job:cost_cpu:core_hours_1d',
    expression: 'sum by (job) (increase(process_cpu_seconds_total[1d])) / 3600',
    labels: ['job'],
  },
  {
    record: 'job:cost_memory:gibibyte_hours_1d',
    expression: 'sum by (job) (avg_over_time(process_resident_memory_bytes[1d])) / 1024 ^ 3 * 24',
    labels: ['job'],
  },
];
