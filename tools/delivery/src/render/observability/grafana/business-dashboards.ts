import { line, type Dashboard, type Panel, type Query } from './panel.ts';

/** Invoices, subscriptions and usage, as far as events and routes tell; what the platform costs by service. */
export const billing: Dashboard = {
  uid: 'plinth-billing',
  title: 'Billing',
  description: 'Usage against invoices, delay of ingestion, failed billing runs; what each service takes.',
  variables: [],
  marks: [],
  sections: [
    {
      title: 'Usage and invoices',
      panels: [
        stat('Invoices today', 'Invoices finalised in the last 24 hours.', {
          expression: 'sum(increase(events_published_total{type="invoice.finalized"}[1d])) or vector(0)',
          legend: 'invoices',
        }),
        stat('New subscriptions today', 'Subscriptions made in the last 24 hours.', {
          expression: 'sum(increase(events_published_total{type="subscription.created"}[1d])) or vector(0)',
          legend: 'subscriptions',
        }),
        stat('Cancelled today', 'Subscriptions cancelled in the last 24 hours.', {
          expression: 'sum(increase(events_published_total{type="subscription.canceled"}[1d])) or vector(0)',
          legend: 'subscriptions',
        }),
        {
          ...stat('Failed runs today', 'Runs of billing jobs that failed in the last 24 hours.', {
            expression:
              'sum(increase(job_runs_total{outcome="failed",name=~"(subscription|billing|metering).*"}[1d])) or vector(0)',
            legend: 'runs',
          }),
          thresholds: { warning: 1, critical: 5 },
        },
        line('Usage against invoices', 'Requests of metering a second, and invoices finalised an hour.', 'short', [
          {
            expression:
              'sum(rate(http_requests_total{job="metering",service="metering",method="POST",status_code=~"2.."}[$__rate_interval]))',
            legend: 'usage requests a second',
          },
          {
            expression: 'sum(increase(events_published_total{type="invoice.finalized"}[1h]))',
            legend: 'invoices an hour',
          },
        ]),
        line('Ingestion', 'Time to take in usage: p95 of metering.', 's', [
          {
            expression:
              'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{job="metering",service="metering"}[$__rate_interval])))',
            legend: 'p95',
          },
        ]),
        line('Ingestion lag', 'Age of the oldest event of metering and subscription that waits.', 's', [
          {
            expression: 'max by (service) (outbox_oldest_event_age_seconds{service=~"metering|subscription"})',
            legend: '{{service}}',
          },
        ]),
        line('Billing failures', 'Runs of billing jobs and requests of billing that fail, an hour.', 'short', [
          {
            expression:
              'sum by (name) (increase(job_runs_total{outcome="failed",name=~"(subscription|billing|metering).*"}[1h]))',
            legend: '{{name}}',
          },
          {
            expression:
              'sum by (service) (increase(http_requests_total{service=~"subscription|billing|payment",status_code=~"5.."}[1h]))',
            legend: '{{service}}',
          },
        ]),
      ],
    },
    {
      title: 'Cost',
      panels: [
        line('CPU', 'Core hours a day by service.', 'short', [
          { expression: 'job:cost_cpu:core_hours_1d', legend: '{{job}}' },
        ]),
        line('Memory', 'Gibibyte hours a day by service.', 'short', [
          { expression: 'job:cost_memory:gibibyte_hours_1d', legend: '{{job}}' },
        ]),
        line(
          'CPU by tenant',
          'Core hours a day of the twenty tenants that take most, by the time that their requests take; none: requests without a tenant.',
          'short',
          [{ expression: 'topk(20, tenant:cost_cpu:core_hours_1d)', legend: '{{tenant}}' }],
        ),
      ],
    },
  ],
};

/** Versions that run, starts, what deploys did to errors; backups. */
export const deploys: Dashboard = {
  uid: 'plinth-deploys',
  title: 'Deploys',
  description: 'Versions that run, when they changed, what that did to errors and times; age of backups.',
  variables: [],
  marks: [
    {
      name: 'Version',
      expression: 'count by (version) (plinth_build_info) unless count by (version) (plinth_build_info offset 5m)',
      text: '{{version}}',
    },
  ],
  sections: [
    {
      title: 'Versions',
      panels: [
        {
          title: 'Running',
          description: 'Processes of each version; two versions at once while a deploy switches.',
          kind: 'table',
          unit: 'short',
          width: 12,
          queries: [{ expression: 'count by (version, job) (plinth_build_info)', legend: '' }],
        },
        line('Processes by version', 'A version that comes back is a rollback.', 'short', [
          { expression: 'count by (version) (plinth_build_info)', legend: '{{version}}' },
        ]),
        line('Up since', 'Time since the last start.', 's', [
          { expression: 'time() - min by (job) (process_start_time_seconds)', legend: '{{job}}' },
        ]),
        line('Starts', 'Starts an hour; more than one without a deploy is a crash.', 'short', [
          { expression: 'sum by (job) (changes(process_start_time_seconds[1h]))', legend: '{{job}}' },
        ]),
      ],
    },
    {
      title: 'What it did',
      panels: [
        {
          ...line('Errors', 'Share of failed requests by service.', 'percentunit', [
            { expression: 'service:http_errors:ratio_rate5m', legend: '{{service}}' },
          ]),
          thresholds: { warning: 0.01, critical: 0.05 },
        },
        {
          ...line('p95', '95 of 100 requests are answered within this time.', 's', [
            { expression: 'service:http_request_duration_seconds:p95_rate5m', legend: '{{service}}' },
          ]),
          thresholds: { warning: 0.5, critical: 1 },
        },
      ],
    },
    {
      title: 'Reachable',
      panels: [
        line('Probes', '1: the address answered as it should.', 'short', [
          { expression: 'min by (instance) (probe_success)', legend: '{{instance}}' },
        ]),
        {
          ...line('Certificates', 'Time until the certificate ends.', 's', [
            { expression: 'min by (instance) (probe_ssl_earliest_cert_expiry) - time()', legend: '{{instance}}' },
          ]),
          thresholds: { warning: 30 * 86_400, critical: 14 * 86_400, lowIsBad: true },
        },
      ],
    },
    {
      title: 'Backups',
      panels: [
        {
          ...line('Age', 'Time since the last backup that could be restored.', 's', [
            {
              expression: 'time() - max by (backup) (plinth_backup_last_success_timestamp_seconds)',
              legend: '{{backup}}',
            },
          ]),
          thresholds: { warning: 25 * 3600, critical: 26 * 3600 },
        },
        line('Size', 'Bytes of the last backup.', 'bytes', [
          { expression: 'max by (backup) (plinth_backup_size_bytes)', legend: '{{backup}}' },
        ]),
      ],
    },
  ],
};

function stat(title: string, description: string, query: Query): Panel {
  return { title, description, kind: 'stat', unit: 'short', width: 6, queries: [query] };
}
