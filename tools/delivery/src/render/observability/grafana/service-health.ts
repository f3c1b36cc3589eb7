import { matchServices, requestRate } from '../request-rate.ts';
import type { WatchedPlatform } from '../watched-platform.ts';
import { objectiveNames } from '../prometheus/objective.ts';
import { line, type Dashboard, type Panel } from './panel.ts';

const selected = 'service=~"$service"';

/** Rate, errors and times of each service and route, what its objectives have left, and its logs. */
export function serviceHealth(watched: WatchedPlatform): Dashboard {
  const rate = (more = '') => requestRate(watched, '$__rate_interval', `,${selected}${more}`);
  const failed = rate(',status_code=~"5.."');
  const quantile = (share: number, by: string) =>
    `histogram_quantile(${share}, sum by (${by}) (rate(http_request_duration_seconds_bucket{${matchServices(watched.services)},${selected}}[$__rate_interval])))`;
  const times = [50, 95, 99].map((percent): Panel => ({
    title: `p${percent}`,
    description: `${percent} of 100 requests are answered within this time.`,
    kind: 'timeseries',
    unit: 's',
    width: 8,
    minimum: 0,
    ...(percent === 95 ? { thresholds: { warning: 0.5, critical: 1 } } : {}),
    queries: [{ expression: quantile(percent / 100, 'service, le'), legend: '{{service}}' }],
    exemplars: true,
  }));
  return {
    uid: 'plinth-service-health',
    title: 'Service health',
    description: 'Rate, errors and times of requests to services: what they answered, and what the gateway refused.',
    variables: [{ name: 'service', label: 'Service', metric: 'service:http_requests:rate5m', metricLabel: 'service' }],
    marks: [
      { name: 'Start', expression: `changes(process_start_time_seconds[$__interval]) > 0`, text: '{{job}} started' },
    ],
    sections: [
      {
        title: 'Now',
        panels: [
          stat('Requests', 'reqps', `sum(${rate()})`),
          {
            ...stat('Errors', 'percentunit', `(sum(${failed}) or vector(0)) / sum(${rate()})`),
            thresholds: { warning: 0.01, critical: 0.05 },
          },
          {
            ...stat('p95', 's', quantile(0.95, 'le')),
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
            expression: `sum by (service) (${rate()})`,
            legend: '{{service}}',
          }),
          {
            ...line('Errors', 'Share of requests that ended with a status of 500 or more.', 'percentunit', {
              expression: `sum by (service) (${failed}) / sum by (service) (${rate()})`,
              legend: '{{service}}',
            }),
            thresholds: { warning: 0.01, critical: 0.05 },
          },
          ...times,
          {
            ...line('By status', 'Requests a second by status.', 'reqps', {
              expression: `sum by (status_code) (${rate()})`,
              legend: '{{status_code}}',
            }),
            stacked: true,
          },
          line('Events published', 'Events a second that the broker has taken.', 'short', {
            expression: 'sum by (service) (rate(events_published_total{service=~"$service"}[$__rate_interval]))',
            legend: '{{service}}',
          }),
        ],
      },
      { title: 'Routes', panels: routes },
      {
        title: 'Objectives',
        panels: objectiveNames.map((objective): Panel => ({
          title: `Budget left: ${objective.name}`,
          description: `What ${objective.title} leave of the budget of 30 days; 0 means that it is used up.`,
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
      ...(watched.hosts.has('loki') ? [{ title: 'Logs', panels: [logs] }] : []),
    ],
  };
}

const routeLegend = '{{method}} {{route}}';

const routes: Panel[] = [
  {
    ...line('Slowest routes', 'The ten routes of the selected services with the highest p95.', 's', {
      expression: `topk(10, route:http_request_duration_seconds:p95_rate5m{${selected}})`,
      legend: routeLegend,
    }),
    thresholds: { warning: 0.5, critical: 1 },
  },
  {
    ...line(
      'Failing routes',
      'The ten routes with the largest share of requests that ended with 500 or more.',
      'percentunit',
      {
        expression: `topk(10, route:http_errors:ratio_rate5m{${selected}})`,
        legend: routeLegend,
      },
    ),
    thresholds: { warning: 0.01, critical: 0.05 },
  },
  {
    title: 'Busiest routes',
    description: 'Requests a second now, by route.',
    kind: 'table',
    unit: 'reqps',
    width: 24,
    queries: [{ expression: `topk(25, route:http_requests:rate5m{${selected}})`, legend: '' }],
  },
];

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
