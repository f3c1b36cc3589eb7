import type { AlertRule, RecordingRule, RuleGroup } from '../rule.ts';
import type { WatchedPlatform } from '../watched-platform.ts';
import { budgetOf, burnRates, objectives, windows, type BurnRate, type Objective } from './objective.ts';

/** Failed share of each window and remaining budget of each objective of each core service. */
export function listObjectiveRules({ gateway, services }: WatchedPlatform): RuleGroup<RecordingRule>[] {
  if (gateway === undefined || services.length === 0) return [];
  return objectives.map((objective) => ({
    name: `objective-${objective.name}`,
    rules: [
      ...windows.map((window) => ({
        record: failedRatio(objective, window),
        expression: failedRatioExpression(objective, window, `job="${gateway}",service=~"${services.join('|')}"`),
        labels: ['service'],
      })),
      {
        // The mean of the five-minute shares: to add up thirty days of every series would read far more.
        record: `service:objective_${objective.name}:remaining_ratio30d`,
        expression: `1 - avg_over_time(${failedRatio(objective, '5m')}[30d]) / ${budgetOf(objective)}`,
        labels: ['service'],
      },
    ],
  }));
}

/** An alert for each objective and burn rate. */
export function listObjectiveAlerts({ gateway, services }: WatchedPlatform): AlertRule[] {
  const service = services[0];
  if (gateway === undefined || service === undefined) return [];
  return objectives.flatMap((objective) => burnRates.map((rate) => burnAlert(objective, rate, { gateway, service })));
}

function failedRatio({ name }: Objective, window: string): string {
  return `service:objective_${name}_failed:ratio_rate${window}`;
}

function failedRatioExpression({ name }: Objective, window: string, matchers: string): string {
  if (name === 'latency') {
    const rate = (metric: string) => `sum by (service) (rate(http_request_duration_seconds_${metric}[${window}]))`;
    return `1 - ${rate(`bucket{${matchers},le="0.5"}`)} / (${rate(`count{${matchers}}`)} > 0)`;
  }
  const rate = (more = '') => `sum by (service) (rate(http_requests_total{${matchers}${more}}[${window}]))`;
  return `(${rate(',status=~"5.."')} or 0 * ${rate()}) / (${rate()} > 0)`;
}

function burnAlert(
  objective: Objective,
  { factor, long, short, severity }: BurnRate,
  example: { readonly gateway: string; readonly service: string },
): AlertRule {
  const threshold = Number((factor * budgetOf(objective)).toFixed(6));
  const title = objective.name === 'latency' ? 'Latency' : 'Error';
  return {
    name: `${title}BudgetBurn${long}`,
    expression: `${failedRatio(objective, long)} > ${threshold} and ${failedRatio(objective, short)} > ${threshold}`,
    for: severity === 'critical' ? '2m' : '15m',
    severity,
    labels: { objective: objective.name, window: long },
    summary: `{{ $labels.service }} uses up its ${objective.name} budget ${factor} times too fast`,
    description: `Over ${long} and over ${short}, more than ${percent(threshold)} of the requests to {{ $labels.service }} were not what it promises: ${percent(objective.target)} ${objective.title} over 30 days.`,
    sources: ['plinth'],
    test: {
      labels: { service: example.service },
      firing: { series: traffic(objective, example, 'bad'), at: '40m' },
      silent: { series: traffic(objective, example, 'good'), at: '40m' },
    },
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}

/** Two thousand requests a minute of which all fail, or none. */
function traffic(
  { name }: Objective,
  { gateway, service }: { readonly gateway: string; readonly service: string },
  kind: 'good' | 'bad',
): Record<string, string> {
  const labels = `job="${gateway}",service="${service}"`;
  const all = '0+1000x100';
  const some = kind === 'good' ? all : '0+100x100';
  return name === 'latency'
    ? {
        [`http_request_duration_seconds_bucket{${labels},le="0.5"}`]: some,
        [`http_request_duration_seconds_count{${labels}}`]: all,
      }
    : {
        [`http_requests_total{${labels},method="GET",status="200"}`]: all,
        ...(kind === 'good' ? {} : { [`http_requests_total{${labels},method="GET",status="500"}`]: '0+900x100' }),
      };
}
