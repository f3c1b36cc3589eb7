import type { Artifact } from '../../artifact.ts';
import { renderYaml } from '../../yaml.ts';
import type { AlertCase, AlertRule, RecordingRule, RuleGroup } from '../rule.ts';
import type { Rules } from './rules.ts';

/** `rules/*.yml` of Prometheus and the unit tests that `promtool test rules` runs over them. */
export function renderRuleFiles(rules: Rules): Artifact[] {
  const alerts = rules.alerts.flatMap((group) => group.rules);
  const objectiveGroups = [
    ...rules.objectives.map(toRecordingGroup),
    ...(rules.objectiveAlerts.length === 0
      ? []
      : [{ name: 'objective-alerts', rules: rules.objectiveAlerts.map(toAlertRule) }]),
  ];
  return [
    { path: 'prometheus/rules/recording.yml', content: renderYaml({ groups: rules.recording.map(toRecordingGroup) }) },
    {
      path: 'prometheus/rules/alerts.yml',
      content: renderYaml({
        groups: rules.alerts.map((group) => ({ name: group.name, rules: group.rules.map(toAlertRule) })),
      }),
    },
    { path: 'prometheus/rules/slo.yml', content: renderYaml({ groups: objectiveGroups }) },
    ...testFiles('alerts', ['recording', 'alerts'], alerts),
    ...testFiles('slo', ['slo'], rules.objectiveAlerts),
  ];
}

function toRecordingGroup({ name, rules }: RuleGroup<RecordingRule>) {
  return {
    name,
    rules: rules.map(({ record, expression, fixedLabels }) => ({ record, expr: expression, labels: fixedLabels })),
  };
}

function toAlertRule(rule: AlertRule) {
  return {
    alert: rule.name,
    expr: rule.expression,
    for: rule.for,
    labels: { severity: rule.severity, ...rule.labels },
    annotations: { summary: rule.summary, description: rule.description },
  };
}

function testFiles(name: string, ruleFiles: readonly string[], alerts: readonly AlertRule[]): Artifact[] {
  const intervals = [...new Set(alerts.map(({ test }) => test.interval ?? '30s'))];
  return intervals.map((interval) => ({
    path: `prometheus/tests/${name}${interval === '30s' ? '' : `-${interval}`}.test.yml`,
    content: renderYaml({
      rule_files: ruleFiles.map((file) => `../rules/${file}.yml`),
      evaluation_interval: interval,
      tests: alerts
        .filter(({ test }) => (test.interval ?? '30s') === interval)
        .flatMap((rule) => [toTest(rule, rule.test.firing, true), toTest(rule, rule.test.silent, false)]),
    }),
  }));
}

function toTest(rule: AlertRule, { series, at }: AlertCase, fires: boolean) {
  const labels = { severity: rule.severity, ...rule.labels, ...rule.test.labels };
  return {
    name: `${rule.name} ${fires ? 'fires' : 'is silent'}`,
    interval: rule.test.interval ?? '30s',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [
      {
        eval_time: at,
        alertname: rule.name,
        exp_alerts: fires
          ? [
              {
                exp_labels: labels,
                exp_annotations: {
                  summary: fillLabels(rule.summary, labels),
                  description: fillLabels(rule.description, labels),
                },
              },
            ]
          : [],
      },
    ],
  };
}

/** What Prometheus makes of the template. */
function fillLabels(template: string, labels: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '');
}
