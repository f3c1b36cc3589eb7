import type { AlertRule, RecordingRule, RuleGroup } from '../rule.ts';
import { matchServices, requestRate } from '../request-rate.ts';
import type { WatchedPlatform } from '../watched-platform.ts';
import {
  budgetOf,
  burnRates,
  listObjectives,
  objectiveNames,
  windows,
  type BurnRate,
  type Objective,
} from './objective.ts';

/** Failed share of each window and remaining budget of each objective of each core service. */
export function listObjectiveRules(watched: WatchedPlatform): RuleGroup<RecordingRule>[] {
  const objectives = listObjectives(watched);
  return objectiveNames
    .map(({ name }) => ({
      name: `objective-${name}`,
      rules: objectives
        .filter((objective) => objective.name === name)
        .flatMap((objective) => recordingRules(objective, watched)),
    }))
    .filter(({ rules }) => rules.length > 0);
}

function recordingRules(objective: Objective, watched: WatchedPlatform): RecordingRule[] {
  const { name, services, labels } = objective;
  return [
    ...windows.map((window) => ({
      record: failedRatio(name, window),
      expression: failedRatioExpression(objective, window, { ...watched, services }),
      labels: ['service', ...Object.keys(labels)],
      fixedLabels: labels,
    })),
    {
      // The mean of the five-minute shares: to add up thirty days of every series would read far more.
      record: `service:objective_${name}:remaining_ratio30d`,
      expression: `1 - avg_over_time(${failedRatio(name, '5m')}${matchLabels(labels)}[30d]) / ${budgetOf(objective)}`,
      labels: ['service', ...Object.keys(labels)],
      fixedLabels: labels,
    },
  ];
}

/** An alert for each objective and burn rate. */
export function listObjectiveAlerts(watched: WatchedPlatform): AlertRule[] {
  return listObjectives(watched).flatMap((objective) => burnRates.map((rate) => burnAlert(objective, rate)));
}

function failedRatio(name: Objective['name'], window: string): string {
  return `service:objective_${name}_failed:ratio_rate${window}`;
}

function matchLabels(labels: Objective['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `{${pairs.join(',')}}`;
}

function failedRatioExpression({ name, within }: Objective, window: string, watched: WatchedPlatform): string {
  if (name === 'latency') {
    const matchers = matchServices(watched.services);
    const rate = (metric: string) => `sum by (service) (rate(http_request_duration_seconds_${metric}[${window}]))`;
    return `1 - ${rate(`bucket{${matchers},le="${within}"}`)} / (${rate(`count{${matchers}}`)} > 0)`;
  }
  const rate = (more?: string) => `sum by (service) (${requestRate(watched, window, more)})`;
  return `(${rate(',status_code=~"5.."')} or 0 * ${rate()}) / (${rate()} > 0)`;
}

function burnAlert(objective: Objective, { factor, long, short, severity }: BurnRate): AlertRule {
  const service = objective.services[0] ?? '';
  const ratio = (window: string) => `${failedRatio(objective.name, window)}${matchLabels(objective.labels)}`;
  const threshold = Number((factor * budgetOf(objective)).toFixed(6));
  const title = objective.name === 'latency' ? 'Latency' : 'Error';
  return {
    name: `${title}BudgetBurn${long}`,
    expression: `${ratio(long)} > ${threshold} and ${ratio(short)} > ${threshold}`,
    for: severity === 'critical' ? '2m' : '15m',
    severity,
    labels: { objective: objective.name, window: long, ...objective.labels },
    summary: `{{ $labels.service }} uses up its ${objective.name} budget ${factor} times too fast`,
    description: `Over ${long} and over ${short}, more than ${percent(threshold)} of the requests to {{ $labels.service }} were not what it promises: ${percent(objective.target)} ${objective.title} over 30 days.`,
    sources: ['plinth'],
    test: {
      labels: { service },
      firing: { series: traffic(objective, service, 'bad'), at: '40m' },
      silent: { series: traffic(objective, service, 'good'), at: '40m' },
    },
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}

/** Two thousand requests a minute of which nine in ten fail, or none. */
function traffic({ name, within }: Objective, service: string, kind: 'good' | 'bad'): Record<string, string> {
  const labels = `job="${service}",service="${service}"`;
  const all = '0+1000x100';
  const some = kind === 'good' ? all : '0+100x100';
  return name === 'latency'
    ? {
        [`http_request_duration_seconds_bucket{${labels},le="${within}"}`]: some,
        [`http_request_duration_seconds_count{${labels}}`]: all,
      }
    : {
        [`http_requests_total{${labels},method="GET",status_code="200"}`]: some,
        ...(kind === 'good' ? {} : { [`http_requests_total{${labels},method="GET",status_code="500"}`]: '0+900x100' }),
      };
}
