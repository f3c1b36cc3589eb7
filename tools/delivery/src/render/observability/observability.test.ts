import { Metrics, PlatformMetrics } from '@plinth/common';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkExpression, listKnownMetrics } from './check-expression.ts';
import { billing, deploys } from './grafana/business-dashboards.ts';
import { listDashboards } from './grafana/grafana.ts';
import type { Dashboard } from './grafana/panel.ts';
import { database, resources } from './grafana/resource-dashboards.ts';
import { serviceHealth } from './grafana/service-health.ts';
import { listExpressionParts } from './metric-expression.ts';
import { metricNames } from './metric-names.ts';
import { allExporters, buildInput, coreServices } from './observability.builders.ts';
import { renderObservability } from './observability.ts';
import { listReadableMetrics, listRules } from './prometheus/rules.ts';
import { watchPlatform } from './watched-platform.ts';

function filesOf(input = buildInput(coreServices, allExporters)): Map<string, string> {
  return new Map(renderObservability(input).map(({ path, content }) => [path, content]));
}

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly {
      readonly alert?: string;
      readonly record?: string;
      readonly expr: string;
      readonly for?: string;
    }[];
  }[];
}

function rulesOf(files: Map<string, string>, name: string) {
  return (parse(files.get(`prometheus/rules/${name}.yml`) ?? '') as RuleFile).groups.flatMap(({ rules }) => rules);
}

test('lists the metrics, matchers and groupings that an expression reads', () => {
  const { metrics, matchers, groupings } = listExpressionParts(
    'histogram_quantile(0.95, sum by (service, le) (rate(a_bucket{job="x",status=~"5..|{"}[5m]))) / on (service) b:c > 1e3 and vector(1)',
  );
  expect(metrics).toEqual(['a_bucket', 'b:c']);
  expect(matchers.get('a_bucket')).toEqual(['job', 'status']);
  expect(groupings).toEqual(['service', 'le', 'service']);
});

test('says which metric and which label nobody exports', () => {
  const known = listKnownMetrics(new Set(['plinth']));
  expect(checkExpression('rate(http_requests_total{status_code="500"}[5m])', known)).toEqual([]);
  expect(checkExpression('rate(http_request_total[5m])', known)).toEqual(['nobody exports http_request_total']);
  expect(checkExpression('sum by (path) (rate(http_requests_total[5m]))', known)).toEqual([
    'no metric here has the label path',
  ]);
  expect(checkExpression('http_requests_total{code="500"}', known)).toEqual(['http_requests_total has no label code']);
});

test.each([
  ['everything', buildInput(coreServices, allExporters)],
  ['Prometheus alone', buildInput(coreServices, { prometheus: 9090 })],
  ['no core service', buildInput([], { prometheus: 9090, grafana: 3000, 'postgres-exporter': 9187 })],
  [
    'Keycloak',
    buildInput(
      coreServices,
      { prometheus: 9090, keycloak: 9000 },
      {
        identity: { ...buildInput([], {}).platform.identity, provider: 'keycloak' },
      },
    ),
  ],
])('every rule and every panel reads only what somebody exports: %s', (_, { platform }) => {
  const watched = watchPlatform(platform);
  const rules = listRules(watched);
  const known = listReadableMetrics(watched, rules);
  const all = [
    ...[...rules.recording, ...rules.objectives].flatMap((group) => group.rules),
    ...rules.alerts.flatMap((group) => group.rules),
    ...rules.objectiveAlerts,
  ];
  const faults = all.flatMap(({ expression }) =>
    checkExpression(expression, known).map((fault) => `${expression}: ${fault}`),
  );
  expect(faults).toEqual([]);
});

test('the full stack leaves no panel out, so that a misspelt metric cannot hide', () => {
  const watched = watchPlatform(buildInput(coreServices, allExporters).platform);
  const titles = (dashboards: readonly Dashboard[]) =>
    dashboards.flatMap(({ uid, sections, marks }) => [
      ...sections.flatMap((section) => section.panels.map(({ title }) => `${uid}: ${section.title}, ${title}`)),
      ...marks.map(({ name }) => `${uid}: ${name}`),
    ]);
  expect(titles(listDashboards(watched, listReadableMetrics(watched, listRules(watched))))).toEqual(
    titles([serviceHealth(watched), database, resources, billing, deploys]),
  );
});

test('the server exports what the table says, with those labels', async () => {
  const metrics = new Metrics();
  const pool = { options: { max: 10 }, totalCount: 0, idleCount: 0, waitingCount: 0, connect: async () => client };
  const client = { query: async () => ({ rows: [{ pending: 1, oldest: 1 }] }), release: () => {} };
  const platform = new PlatformMetrics(metrics, {
    pool: pool as never,
    log: { debug: () => {} } as never,
    version: '1.0.0',
    services: [{ name: 'iam', schema: 'iam', role: 'plinth_iam' }],
  });
  metrics.requests.record({ service: 'iam', method: 'GET', route: '/api/v1/users', status: 200 }, 0.1);
  metrics.tenants.record('iam', 'acme', 0.1);
  platform.countPublished('iam', [
    { type: 'audit.recorded', envelope: { data: { action: 'sign_in.failed' } } as never },
  ]);
  platform.countJob('iam.sweep', 'failed');
  platform.recordQuery('iam', 0.1);
  const { text } = await metrics.render();
  for (const [name, { type, labels }] of Object.entries(metricNames.plinth)) {
    const series = type === 'histogram' ? `${name}_bucket` : name;
    const line = text
      .split('\n')
      .find((candidate) => candidate.startsWith(`${series}{`) || candidate.startsWith(`${series} `));
    expect(line, series).toBeDefined();
    const found = [...(line ?? '').matchAll(/(\w+)="/g)].map(([, label]) => label).filter((label) => label !== 'le');
    expect(found.toSorted(), series).toEqual(labels.toSorted());
  }
});

test('has every alert that is asked for, with its numbers', () => {
  const alerts = new Map(rulesOf(filesOf(), 'alerts').map((rule) => [rule.alert, rule]));
  const wanted: [string, string, string | undefined][] = [
    ['HighErrorRate', '> 0.05', '5m'],
    ['SlowResponses', '> 0.5', '10m'],
    ['SlowQueries', '> 0.2', '5m'],
    ['PoolExhausted', '< 2', '2m'],
    ['HighMemory', '> 0.8', '5m'],
    ['HighCpu', '> 0.7', '5m'],
    ['HostHighMemory', '> 0.8', '5m'],
    ['ContainerHighCpu', '> 0.7', '5m'],
    ['FailedSignIns', '* 60 > 100', undefined],
    ['OutboxLag', '> 60', '5m'],
    ['WorkerFailures', '> 3', undefined],
    ['BackupTooOld', '> 26 * 3600', undefined],
    ['CertificateExpires', `< ${14 * 86_400}`, '10m'],
  ];
  for (const [name, end, duration] of wanted) {
    expect(alerts.get(name)?.expr, name).toMatch(new RegExp(`${end.replaceAll('*', String.raw`\*`)}$`));
    expect(alerts.get(name)?.for, name).toBe(duration);
  }
});

test('leaves out alerts that could never fire', () => {
  const names = rulesOf(filesOf(buildInput(['gateway', 'iam'], { prometheus: 9090 })), 'alerts').map(
    ({ alert }) => alert,
  );
  expect(names).toContain('HighErrorRate');
  for (const absent of ['PostgresDown', 'BackupTooOld', 'CertificateExpires', 'HostHighCpu'])
    expect(names).not.toContain(absent);
});

test('sends critical alerts to PagerDuty and warnings to Slack and by email, with secrets in files', () => {
  const config = parse(filesOf().get('alertmanager/alertmanager.yml') ?? '');
  expect(config.route).toMatchObject({
    group_by: ['alertname', 'service'],
    group_wait: '10s',
    group_interval: '10s',
    repeat_interval: '12h',
  });
  expect(config.receivers.map((receiver: object) => Object.keys(receiver))).toEqual([
    ['name', 'pagerduty_configs'],
    ['name', 'slack_configs', 'email_configs'],
  ]);
  expect(JSON.stringify(config)).not.toMatch(/"(routing_key|api_url|smtp_auth_password)"/);
});

test('asks every workload that has metrics, all replicas of those that have several', () => {
  const input = buildInput(['gateway', 'iam'], { prometheus: 9090, pushgateway: 9091 });
  const workloads = input.platform.workloads.map((workload) =>
    workload.name === 'iam' ? { ...workload, replicas: 3 } : workload,
  );
  const files = filesOf({ ...input, platform: { ...input.platform, workloads } });
  const jobs = parse(files.get('prometheus/prometheus.yml') ?? '').scrape_configs;
  expect(jobs).toEqual([
    { job_name: 'gateway', static_configs: [{ targets: ['gateway:3000'] }] },
    { job_name: 'iam', dns_sd_configs: [{ names: ['iam'], type: 'A', port: 3000, refresh_interval: '15s' }] },
    { job_name: 'prometheus', static_configs: [{ targets: ['prometheus:9090'] }] },
    { job_name: 'pushgateway', honor_labels: true, static_configs: [{ targets: ['pushgateway:9091'] }] },
  ]);
});

test('asks every pod on a cluster, and only what runs there', () => {
  const input = buildInput(['gateway', 'iam'], { prometheus: 9090, 'node-exporter': 9100 }, { targets: ['helm'] });
  const workloads = input.platform.workloads.map((workload) => {
    if (workload.name === 'iam') return { ...workload, replicas: 3 };
    return workload.name === 'node-exporter'
      ? { ...workload, hostPaths: [{ hostPath: '/', path: '/host' }] }
      : workload;
  });
  const namesFor = (targets: readonly ('compose' | 'helm')[]) => {
    const files = filesOf({ ...input, platform: { ...input.platform, workloads, targets } });
    const alerts = rulesOf(files, 'alerts').map(({ alert }) => alert);
    const jobs: { job_name: string; dns_sd_configs?: { names: string[] }[] }[] = parse(
      files.get('prometheus/prometheus.yml') ?? '',
    ).scrape_configs;
    return {
      jobs: jobs.map(({ job_name }) => job_name),
      replicas: jobs.find(({ job_name }) => job_name === 'iam')?.dns_sd_configs?.[0]?.names,
      hostAlert: alerts.includes('HostHighMemory'),
    };
  };
  expect(namesFor(['helm'])).toEqual({
    jobs: ['gateway', 'iam', 'prometheus'],
    replicas: ['iam-replicas'],
    hostAlert: false,
  });
  const compose = { jobs: ['gateway', 'iam', 'prometheus', 'node-exporter'], replicas: ['iam'], hostAlert: true };
  expect(namesFor(['compose'])).toEqual(compose);
  expect(namesFor(['compose', 'helm'])).toEqual(compose);
});

test('reads logs where they are: the files of Docker, or the pods of the own namespace through the API server', () => {
  const config = (targets: readonly ('compose' | 'kustomize')[]) =>
    filesOf(buildInput(coreServices, allExporters, { targets })).get('alloy/config.alloy') ?? '';
  const docker = config(['compose']);
  const cluster = config(['kustomize']);
  expect(docker).toContain('/var/lib/docker/containers/');
  expect(docker).not.toContain('kubernetes');
  expect(cluster).toContain('own_namespace = true');
  expect(cluster).not.toContain('docker');
  expect([...cluster.matchAll(/target_label\s+= "(\w+)"/g)].map(([, label]) => label)).toEqual([
    'namespace',
    'pod',
    'container',
    'workload',
    'service',
    'platform',
    'environment',
  ]);
  for (const text of [docker, cluster]) {
    expect(text).toContain('request_id = "requestId"');
    expect(text).toContain('[redacted]');
    const declared = new Set(
      [...text.matchAll(/^([a-z_.]+) "(\w+)" \{$/gm)].map(([, type, name]) => `${type}.${name}`),
    );
    const named = [...text.matchAll(/([a-z_.]+\.\w+)\.(?:targets|output|receiver|input)\b/g)].map(([, of]) => of);
    expect(named.filter((of) => !declared.has(of!))).toEqual([]);
    const braces = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
    expect(braces.split('{').length).toBe(braces.split('}').length);
  }
});

test('probes each host once, through the edge where names mean the machine itself', () => {
  const jobs = (input = buildInput(coreServices, allExporters)) =>
    parse(filesOf(input).get('prometheus/prometheus.yml') ?? '').scrape_configs.filter(
      ({ job_name }: { job_name: string }) => job_name.startsWith('probe'),
    );
  expect(
    jobs().map(({ static_configs }: { static_configs: { targets: string[] }[] }) => static_configs[0]?.targets),
  ).toEqual([['https://console.acme.example.com/'], ['https://api.acme.example.com/']]);
  const local = buildInput(coreServices, { ...allExporters, caddy: 2019 }, { domain: 'localhost', scheme: 'http' });
  expect(JSON.stringify(jobs(local))).toContain('"__param_hostname":"console.acme.example.com"');
});

test('renders rules and dashboards for a Prometheus outside of the platform', () => {
  expect([...filesOf(buildInput(['gateway', 'iam'], {})).keys()]).toEqual([
    'grafana/dashboards/database.json',
    'grafana/dashboards/deploys.json',
    'grafana/dashboards/resources.json',
    'grafana/dashboards/service-health.json',
    'prometheus/prometheus.yml',
    'prometheus/rules/alerts.yml',
    'prometheus/rules/recording.yml',
    'prometheus/rules/slo.yml',
    'prometheus/tests/alerts.test.yml',
    'prometheus/tests/slo.test.yml',
  ]);
});

test('renders nothing for what the platform does without, and the same bytes each time', () => {
  expect([...filesOf(buildInput(['iam'], {}, { targets: ['compose'] })).keys()]).toEqual([]);
  expect([...filesOf()]).toEqual([...filesOf()]);
  expect(filesOf().get('alloy/config.alloy')).toMatch(/^\/\/ Rendered by plinth/);
});

test('does not take a profile that nobody starts for a failure', () => {
  const { platform, environments } = buildInput(coreServices, {});
  const [first] = platform.workloads;
  if (first === undefined) throw new Error('there is no workload');
  const optional = { ...first, name: 'extra', component: undefined, profiles: ['extra'], dependsOn: [] };
  const workloads = [...platform.workloads, { ...optional, metrics: { path: '/all?format=prometheus', port: 8200 } }];
  const artifacts = renderObservability({
    platform: { ...platform, targets: ['compose', 'observability'], workloads },
    environments,
  });
  const contentOf = (path: string) => artifacts.find((artifact) => artifact.path === path)?.content ?? '';
  expect(contentOf('prometheus/rules/alerts.yml')).toContain('max_over_time(up{job=~"extra"}[1d])');
  const { scrape_configs: jobs } = parse(contentOf('prometheus/prometheus.yml'));
  expect(jobs.find((job: { job_name: string }) => job.job_name === 'extra')).toMatchObject({
    metrics_path: '/all',
    params: { format: ['prometheus'] },
  });
});
