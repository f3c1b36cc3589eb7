import type { WatchedPlatform } from '../watched-platform.ts';
import { objectives } from '../prometheus/objective.ts';
import { line, type Dashboard, type Panel } from './panel.ts';

/** Rate, errors and times of each service, what its objectives have left, and its logs. */
export function serviceHealth({ gateway = 'gateway', hosts }: WatchedPlatform): Dashboard {
  const requests = `http_requests_total{job="${gateway}",service=~"$service"}`;
  const failed = `http_requests_total{job="${gateway}",service=~"$service",status=~"5.."}`;
  const quantile = (share: number) =>
    `histogram_quantile(${share}, sum by (service, le) (rate(http_request_duration_seconds_bucket{job="${gateway}",service=~"$service"}[$__rate_interval])))`;
  const times = [50, 95, 99].map((percent): Panel => ({
    title: `p${percent}`,
    description: `${percent} of 100 requests are answered within this time.`,
    kind: 'timeseries',
    unit: 's',
    width: 8,
    minimum: 0,
    ...(percent === 95 ? { thresholds: { warning: 0.5, critical: 1 } } : {}),
    queries: [{ expression: quantile(percent / 100), legend: '{{service}}' }],
  }));
  return {
    uid: 'plinth-service-health',
    title: 'Service health',
    description: 'Rate, errors and times of requests as callers see them, at the gateway.',
    variables: [{ name: 'service', label: 'Service', metric: 'service:http_requests:rate5m', metricLabel: 'service' }],
    marks: [
      { name: 'Start', expression: `changes(process_start_time_seconds[$__interval]) > 0`, text: '{{job}} started' },
    ],
    sections: [
      {
        title: 'Now',
        panels: [
          stat('Requests', 'reqps', `sum(rate(${requests}[$__rate_interval]))`),
          {
            ...stat(
              'Errors',
              'percentunit',
              `(sum(rate(${failed}[$__rate_interval])) or vector(0)) / sum(rate(${requests}[$__rate_interval]))`,
            ),
            thresholds: { warning: 0.01, critical: 0.05 },
          },
          {
            ...stat(
              'p95',
              's',
              `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{job="${gateway}",service=~"$service"}[$__rate_interval])))`,
            ),
            thresholds: { warning: 0.5, critical: 1 },
          },
          {
            ...stat('Alerts', 'short', 'count(ALERTS{alertstate="firing"}) or vector(0)'),
            thresholds: { warning: 1, critical: 2 },
          },
        ],
      },
      {
        title: 'Requests',
        panels: [
          line('Rate', 'Requests a second by service.', 'reqps', {
            expression: `sum by (service) (rate(${requests}[$__rate_interval]))`,
            legend: '{{service}}',
          }),
          {
            ...line('Errors', 'Share of requests that ended with a status of 500 or more.', 'percentunit', {
              expression: `sum by (service) (rate(${failed}[$__rate_interval])) / sum by (service) (rate(${requests}[$__rate_interval]))`,
              legend: '{{service}}',
            }),
            thresholds: { warning: 0.01, critical: 0.05 },
          },
          ...times,
          {
            ...line('By status', 'Requests a second by status.', 'reqps', {
              expression: `sum by (status) (rate(${requests}[$__rate_interval]))`,
              legend: '{{status}}',
            }),
            stacked: true,
          },
          line('Events published', 'Events a second that the broker has taken.', 'short', {
            expression: 'sum by (service) (rate(events_published_total{service=~"$service"}[$__rate_interval]))',
            legend: '{{service}}',
          }),
        ],
      },
      {
        title: 'Objectives',
        panels: objectives.map((objective): Panel => ({
          title: `Budget left: ${objective.name}`,
          description: `${objective.target * 100} % ${objective.title} over 30 days; 0 means that the budget is used up.`,
          kind: 'bargauge',
          unit: 'percentunit',
          width: 12,
          minimum: 0,
          maximum: 1,
          thresholds: { warning: 0.5, critical: 0.2, lowIsBad: true },
          queries: [
            {
              expression: `service:objective_${objective.name}:remaining_ratio30d{service=~"$service"}`,
              legend: '{{service}}',
            },
          ],
        })),
      },
      ...(hosts.has('loki') ? [{ title: 'Logs', panels: [logs] }] : []),
    ],
  };
}

const logs: Panel = {
  title: 'Warnings and errors',
  description: 'Lines of the selected services from level warn.',
  kind: 'logs',
  unit: 'short',
  width: 24,
  queries: [{ expression: '{service=~"$service", level=~"warn|error|fatal"}', legend: '' }],
};

function stat(title: string, unit: string, expression: string): Panel {
  return {
    title,
    description: `${title} of the selected services now.`,
    kind: 'stat',
    unit,
    width: 6,
    queries: [{ expression, legend: title }],
  };
}
