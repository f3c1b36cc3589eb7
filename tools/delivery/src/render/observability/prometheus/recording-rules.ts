import type { RecordingRule, RuleGroup } from '../rule.ts';
import { matchServices, requestRate } from '../request-rate.ts';
import type { WatchedPlatform } from '../watched-platform.ts';

/** Series that dashboards and alerts share, so that both show the same number. */
export function listRecordingRules(watched: WatchedPlatform): RuleGroup<RecordingRule>[] {
  return [
    ...(watched.services.length === 0
      ? []
      : [
          { name: 'services', rules: serviceRules(watched) },
          { name: 'routes', rules: routeRules(watched.services) },
        ]),
    ...(watched.sources.has('plinth') ? [{ name: 'statements', rules: statementRules }] : []),
    { name: 'workloads', rules: workloadRules(watched) },
    ...(watched.sources.has('node-exporter') ? [{ name: 'hosts', rules: hostRules }] : []),
    ...(watched.sources.has('cadvisor') ? [{ name: 'containers', rules: containerRules }] : []),
    ...(watched.sources.has('plinth') ? [{ name: 'cost', rules: costRules(watched.services) }] : []),
  ].filter(({ rules }) => rules.length > 0);
}

function serviceRules(watched: WatchedPlatform): RecordingRule[] {
  const rate = (more?: string) => `sum by (service) (${requestRate(watched, '5m', more)})`;
  return [
    { record: 'service:http_requests:rate5m', expression: rate(), labels: ['service'] },
    {
      // Nobody has failed yet: no series of errors, and a ratio of nothing by something would be nothing.
      record: 'service:http_errors:rate5m',
      expression: `${rate(',status_code=~"5.."')} or 0 * ${rate()}`,
      labels: ['service'],
    },
    {
      record: 'service:http_errors:ratio_rate5m',
      expression: 'service:http_errors:rate5m / (service:http_requests:rate5m > 0)',
      labels: ['service'],
    },
    ...[50, 95, 99].map((percent) => ({
      record: `service:http_request_duration_seconds:p${percent}_rate5m`,
      expression: `histogram_quantile(0.${percent}, sum by (service, le) (rate(http_request_duration_seconds_bucket{${matchServices(watched.services)}}[5m])))`,
      labels: ['service'],
    })),
  ];
}

/** The same by route, as the service itself sees them: one route that fails is hard to see among many that do not. */
function routeRules(services: readonly string[]): RecordingRule[] {
  const own = matchServices(services);
  const labels = ['service', 'method', 'route'];
  const rate = (more = '') => `sum by (service, method, route) (rate(http_requests_total{${own}${more}}[5m]))`;
  return [
    { record: 'route:http_requests:rate5m', expression: rate(), labels },
    {
      // Without a series for what never fails: there are many routes, and few that do.
      record: 'route:http_errors:ratio_rate5m',
      expression: `${rate(',status_code=~"5.."')} / (route:http_requests:rate5m > 0)`,
      labels,
    },
    {
      record: 'route:http_request_duration_seconds:p95_rate5m',
      expression: `histogram_quantile(0.95, sum by (service, method, route, le) (rate(http_request_duration_seconds_bucket{${own}}[5m])))`,
      labels,
    },
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

/**
 * What each core service took, in core hours and gibibyte hours a day: multiplied by a price it is what it costs. Of
 * its CPU each tenant is shown the share of the time that requests of that tenant took.
 */
const costRules = (services: readonly string[]): RecordingRule[] => [
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
  ...(services.length === 0 ? [] : tenantCostRules(services)),
];

function tenantCostRules(services: readonly string[]): RecordingRule[] {
  const spent = `increase(tenant_request_seconds_total{${matchServices(services)}}[1d])`;
  return [
    {
      record: 'tenant:request_time:ratio_1d',
      expression: `sum by (job, tenant) (${spent}) / on (job) group_left () (sum by (job) (${spent}) > 0)`,
      labels: ['job', 'tenant'],
    },
    {
      record: 'tenant:cost_cpu:core_hours_1d',
      expression: 'sum by (tenant) (tenant:request_time:ratio_1d * on (job) group_left () job:cost_cpu:core_hours_1d)',
      labels: ['tenant'],
    },
  ];
}
