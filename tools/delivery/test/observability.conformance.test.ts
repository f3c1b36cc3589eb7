import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { requirePeers, runPeer } from '@plinth/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RenderInput } from '../src/render/renderer.ts';
import { allExporters, buildInput, coreServices } from '../src/render/observability/observability.builders.ts';
import { renderObservability } from '../src/render/observability/observability.ts';
import { exampleNames, loadExample } from './example-platforms.ts';

const root = mkdtempSync(join(tmpdir(), 'plinth-observability-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const full = buildInput(coreServices, allExporters);

/** The examples that name the target, and a platform with everything that rules know. */
const platforms: [string, () => Promise<RenderInput>][] = [
  ['everything', async () => full],
  [
    'a laptop',
    async () =>
      buildInput(
        ['gateway', 'iam'],
        { alertmanager: 9093, 'blackbox-exporter': 9115, caddy: 2019, mailpit: 8025, prometheus: 9090 },
        { domain: 'localhost', scheme: 'http' },
      ),
  ],
  [
    'a description with promises and receivers of its own',
    async () =>
      buildInput(
        ['gateway', 'iam', 'metering'],
        { alertmanager: 9093, prometheus: 9090 },
        {
          objectives: {
            iam: { availability: 0.99999, latency: { target: 0.99, within: 0.1 } },
            metering: { availability: 0.94, latency: { target: 0.99, within: 0.25 } },
          },
          notify: {
            critical: [
              { kind: 'pagerduty', secret: 'night-key' },
              { kind: 'webhook', secret: 'screen-url' },
            ],
            warning: [
              { kind: 'slack', channel: '#shop', secret: 'shop-slack' },
              { kind: 'email', to: 'team@example.com' },
            ],
          },
        },
      ),
  ],
  ...exampleNames.map((name): [string, () => Promise<RenderInput>] => [name, () => loadExample(name)]),
];

function write(
  input: RenderInput,
  change: (path: string, content: string) => string = (_, content) => content,
): string {
  const folder = mkdtempSync(join(root, 'rendered-'));
  for (const { path, content } of renderObservability(input)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), change(path, content));
  }
  return folder;
}

function has(input: RenderInput, path: string): boolean {
  return renderObservability(input).some((artifact) => artifact.path === path);
}

const rules = ['recording', 'alerts', 'slo'].map((name) => `prometheus/rules/${name}.yml`);
const tests = ['alerts', 'slo'].map((name) => `prometheus/tests/${name}.test.yml`);

function testsOf(input: RenderInput): string[] {
  return renderObservability(input)
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.test.yml'));
}

const promtool = requirePeers('promtool');
describe.skipIf(promtool.skip)('what is rendered for Prometheus', () => {
  const run = (cwd: string, ...args: string[]) => runPeer(promtool.paths.promtool, args, { cwd, timeoutMs: 300_000 });

  test.each(platforms)('is accepted, and its alerts fire and stay silent as they should: %s', async (_, load) => {
    const input = await load();
    if (!has(input, 'prometheus/prometheus.yml')) return;
    const folder = write(input);
    for (const args of [
      ['check', 'config', 'prometheus/prometheus.yml'],
      ['check', 'rules', '--lint=all', '--lint-fatal', ...rules],
      ['test', 'rules', ...testsOf(input)],
    ]) {
      const { code, stdout, stderr } = await run(folder, ...args);
      expect(code, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
    }
  });

  test('every alert has a case that fires and one that is silent', () => {
    const files = new Map(
      renderObservability(full)
        .filter(({ path }) => path.startsWith('prometheus/'))
        .map(({ path, content }) => [path, parse(content)]),
    );
    const alerts = ['alerts', 'slo'].flatMap((name) =>
      files
        .get(`prometheus/rules/${name}.yml`)
        .groups.flatMap((group: { rules: { alert?: string }[] }) => group.rules.flatMap(({ alert }) => alert ?? [])),
    );
    const cases = testsOf(full).flatMap((path) =>
      files
        .get(path)
        .tests.flatMap(({ alert_rule_test }: { alert_rule_test: { alertname: string; exp_alerts: object[] }[] }) =>
          alert_rule_test.map(({ alertname, exp_alerts }) => `${alertname} ${exp_alerts.length}`),
        ),
    );
    expect(cases.toSorted()).toEqual(alerts.flatMap((name: string) => [`${name} 0`, `${name} 1`]).toSorted());
  });

  test('shares the CPU of a service out by the time that the requests of its tenants took', async () => {
    const folder = write(full);
    const series = (name: string, values: string, more = '') => ({
      series: `${name}{job="iam",instance="iam:3000"${more}}`,
      values,
    });
    const spent = (tenant: string, values: string) =>
      series('tenant_request_seconds_total', values, `,service="iam",tenant="${tenant}"`);
    // One core all day: 24 core hours, of which three quarters were for one tenant.
    const unitTest = {
      rule_files: ['../rules/recording.yml'],
      evaluation_interval: '1h',
      tests: [
        {
          interval: '1h',
          input_series: [
            series('process_cpu_seconds_total', '0+3600x30'),
            spent('acme', '0+300x30'),
            spent('none', '0+100x30'),
          ],
          promql_expr_test: [
            {
              expr: 'round(tenant:cost_cpu:core_hours_1d, 0.001)',
              eval_time: '26h',
              exp_samples: [
                { labels: '{tenant="acme"}', value: 18 },
                { labels: '{tenant="none"}', value: 6 },
              ],
            },
          ],
        },
      ],
    };
    writeFileSync(join(folder, 'prometheus/tests/cost.test.yml'), JSON.stringify(unitTest));
    const { code, stdout, stderr } = await run(folder, 'test', 'rules', 'prometheus/tests/cost.test.yml');
    expect(code, stdout + stderr).toBe(0);
  });

  test('is refused when an expression, a configuration or a threshold is broken', async () => {
    const broken: [string, string, string, string[]][] = [
      [
        'prometheus.yml',
        'scrape_interval: 15s',
        'scrape_interval: soon',
        ['check', 'config', 'prometheus/prometheus.yml'],
      ],
      ['rules/alerts.yml', 'min by (job, instance) (up) == 0', 'min by (job, (up) == 0', ['check', 'rules', rules[1]!]],
      ['rules/alerts.yml', 'ratio_rate5m > 0.05', 'ratio_rate5m > 0.5', ['test', 'rules', tests[0]!]],
      ['rules/alerts.yml', ' for: 5m', ' for: 5h', ['test', 'rules', tests[0]!]],
      ['rules/slo.yml', '> 0.0144 and', '< 0.0144 and', ['test', 'rules', tests[1]!]],
    ];
    for (const [file, from, to, args] of broken) {
      let changed = false;
      const folder = write(full, (path, content) => {
        const result = path === `prometheus/${file}` ? content.replaceAll(from, to) : content;
        changed ||= result !== content;
        return result;
      });
      expect(changed, `${from} is in ${file}`).toBe(true);
      expect((await run(folder, ...args)).code, `${from} → ${to}`).not.toBe(0);
    }
  });
});

const amtool = requirePeers('amtool');
describe.skipIf(amtool.skip)('what is rendered for Alertmanager', () => {
  const file = 'alertmanager/alertmanager.yml';
  const run = (cwd: string, ...args: string[]) => runPeer(amtool.paths.amtool, args, { cwd });

  test.each(platforms)('is accepted: %s', async (_, load) => {
    const input = await load();
    if (!has(input, file)) return;
    const { code, stdout, stderr } = await run(write(input), 'check-config', file);
    expect(code, stdout + stderr).toBe(0);
  });

  test('routes by severity, and is refused with a receiver that nobody defines', async () => {
    const folder = write(full);
    for (const severity of ['critical', 'warning']) {
      const { stdout } = await run(folder, 'config', 'routes', 'test', `--config.file=${file}`, `severity=${severity}`);
      expect(stdout.trim()).toBe(severity);
    }
    const broken = write(full, (path, content) =>
      path === file ? content.replace('receiver: critical', 'receiver: nobody') : content,
    );
    expect((await run(broken, 'check-config', file)).code).not.toBe(0);
  });
});

const loki = requirePeers('loki');
describe.skipIf(loki.skip)('what is rendered for Loki', () => {
  const run = (cwd: string) => runPeer(loki.paths.loki, ['-config.file=loki/loki.yml', '-verify-config'], { cwd });

  test('is accepted, and refused with a field that Loki does not know', async () => {
    const { code, stdout, stderr } = await run(write(full));
    expect(code, stdout + stderr).toBe(0);
    const broken = write(full, (path, content) =>
      path === 'loki/loki.yml' ? `${content}unknown_field: 1\n` : content,
    );
    expect((await run(broken)).code).not.toBe(0);
  });
});

describe('what is rendered for Grafana', () => {
  test.each(platforms)(
    'names only sources that are provisioned, and identifies dashboards for good: %s',
    async (_, load) => {
      const artifacts = renderObservability(await load());
      const sources = artifacts
        .filter(({ path }) => path.startsWith('grafana/provisioning/datasources/'))
        .flatMap(({ content }) => parse(content).datasources as { uid: string }[])
        .map(({ uid }) => uid);
      const isOwn = sources.length > 0;
      const dashboards = artifacts.filter(({ path }) => path.startsWith('grafana/dashboards/'));
      const uids = dashboards.map(({ content }) => {
        const dashboard = JSON.parse(content);
        const named = [...content.matchAll(/"datasource": \{\s*"type": "\w+",\s*"uid": "([^"]+)"/g)].map(
          ([, uid]) => uid,
        );
        if (isOwn) expect(named.filter((uid) => !sources.includes(uid!))).toEqual([]);
        expect(dashboard).not.toHaveProperty('id');
        const ids = dashboard.panels.map(({ id }: { id: number }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { gridPos } of dashboard.panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
        return dashboard.uid;
      });
      expect(new Set(uids).size).toBe(uids.length);
      for (const { content } of artifacts.filter(({ path }) => path.includes('datasources/')))
        for (const [, uid] of content.matchAll(/datasourceUid: (\S+)/g)) expect(sources).toContain(uid);
    },
  );
});
