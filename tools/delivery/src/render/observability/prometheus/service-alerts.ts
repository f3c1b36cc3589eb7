import type { AlertRule } from '../rule.ts';
import type { WatchedPlatform } from '../watched-platform.ts';

/** Alerts about core services: errors, time, statements, connections, events, jobs and sign-in. */
export function listServiceAlerts(watched: WatchedPlatform): AlertRule[] {
  const service = watched.services[0];
  return [
    ...(service === undefined ? [] : [...requestAlerts(watched, service), routeAlert(service), ...workAlerts(service)]),
    ...signInAlerts(watched),
  ];
}

function requestAlerts({ gateway }: WatchedPlatform, service: string): AlertRule[] {
  const labels = `job="${service}",service="${service}"`;
  const requests = (status: string) => `http_requests_total{${labels},method="GET",status_code="${status}"}`;
  // What nobody answers, because the gateway cannot tell who asks, must count as failed too.
  const failing =
    gateway === undefined
      ? requests('500')
      : `http_requests_total{job="${gateway}",service="${service}",route="/edge/verify",status_code="503"}`;
  const bucket = (bound: string) => `http_request_duration_seconds_bucket{${labels},le="${bound}"}`;
  return [
    {
      name: 'HighErrorRate',
      expression: 'service:http_errors:ratio_rate5m > 0.05',
      for: '5m',
      severity: 'critical',
      summary: '{{ $labels.service }} fails more than 5 % of its requests',
      description:
        'For five minutes more than 5 % of the requests to {{ $labels.service }} have ended with a status of 500 or more.',
      sources: ['plinth'],
      test: {
        labels: { service },
        firing: { series: { [requests('200')]: '0+90x60', [failing]: '0+10x60' }, at: '15m' },
        silent: { series: { [requests('200')]: '0+96x60', [requests('500')]: '0+4x60' }, at: '15m' },
      },
    },
    {
      name: 'SlowResponses',
      expression: 'service:http_request_duration_seconds:p95_rate5m > 0.5',
      for: '10m',
      severity: 'warning',
      summary: '{{ $labels.service }} is slow',
      description: 'For ten minutes one in twenty requests to {{ $labels.service }} has taken longer than 500 ms.',
      sources: ['plinth'],
      test: {
        labels: { service },
        firing: {
          series: { [bucket('0.5')]: '0+80x80', [bucket('1')]: '0+100x80', [bucket('+Inf')]: '0+100x80' },
          at: '30m',
        },
        silent: {
          series: { [bucket('0.5')]: '0+99x80', [bucket('1')]: '0+100x80', [bucket('+Inf')]: '0+100x80' },
          at: '30m',
        },
      },
    },
  ];
}

/** One route that fails, in a service that as a whole does not: few requests of many are broken features all the same. */
function routeAlert(service: string): AlertRule {
  const route = `/api/v1/${service}/:id`;
  const requests = (of: string, status: string) =>
    `http_requests_total{job="${service}",service="${service}",method="GET",route="${of}",status_code="${status}"}`;
  const others = { [requests('/api/v1/others', '200')]: '0+900x60' };
  return {
    name: 'RouteErrors',
    // From three requests a minute on; where the whole service fails, that is said already.
    expression:
      '(route:http_errors:ratio_rate5m > 0.05 and route:http_requests:rate5m > 0.05) unless on (service) service:http_errors:ratio_rate5m > 0.05',
    for: '5m',
    severity: 'warning',
    summary: '{{ $labels.method }} {{ $labels.route }} of {{ $labels.service }} fails',
    description:
      'For five minutes more than 5 % of the requests to {{ $labels.method }} {{ $labels.route }} have ended with a status of 500 or more.',
    sources: ['plinth'],
    test: {
      labels: { service, method: 'GET', route },
      firing: {
        series: { ...others, [requests(route, '200')]: '0+9x60', [requests(route, '500')]: '0+1x60' },
        at: '15m',
      },
      silent: {
        series: { ...others, [requests(route, '200')]: '0+96x60', [requests(route, '500')]: '0+4x60' },
        at: '15m',
      },
    },
  };
}

function workAlerts(service: string): AlertRule[] {
  const target = `job="${service}",instance="${service}:3000"`;
  const query = (bound: string) => `db_query_duration_seconds_bucket{${target},service="${service}",le="${bound}"}`;
  const pool = `pg_pool_available_connections{${target}}`;
  const age = `outbox_oldest_event_age_seconds{${target},service="${service}"}`;
  const runs = `job_runs_total{${target},name="${service}.sweep",outcome="failed"}`;
  return [
    {
      name: 'SlowQueries',
      expression: 'service:db_query_duration_seconds:p95_rate5m > 0.2',
      for: '5m',
      severity: 'warning',
      summary: 'The database answers {{ $labels.service }} slowly',
      description: 'For five minutes one in twenty statements of {{ $labels.service }} has taken longer than 200 ms.',
      sources: ['plinth'],
      test: {
        labels: { service },
        firing: {
          series: { [query('0.1')]: '0+80x60', [query('0.5')]: '0+100x60', [query('+Inf')]: '0+100x60' },
          at: '20m',
        },
        silent: {
          series: { [query('0.1')]: '0+99x60', [query('0.5')]: '0+100x60', [query('+Inf')]: '0+100x60' },
          at: '20m',
        },
      },
    },
    {
      name: 'PoolExhausted',
      expression: 'min by (job, instance) (pg_pool_available_connections) < 2',
      for: '2m',
      severity: 'critical',
      summary: '{{ $labels.job }} has hardly any database connections left',
      description:
        'For two minutes {{ $labels.instance }} has had fewer than 2 free connections in its pool; requests wait.',
      sources: ['plinth'],
      test: {
        labels: { job: service, instance: `${service}:3000` },
        firing: { series: { [pool]: '1x20' }, at: '5m' },
        silent: { series: { [pool]: '2x20' }, at: '5m' },
      },
    },
    {
      name: 'OutboxLag',
      expression: 'max by (service) (outbox_oldest_event_age_seconds) > 60',
      for: '5m',
      severity: 'warning',
      summary: 'Events of {{ $labels.service }} wait to be delivered',
      description:
        'For five minutes the oldest event in the outbox of {{ $labels.service }} has been older than one minute.',
      sources: ['plinth'],
      test: {
        labels: { service },
        firing: { series: { [age]: '61+30x40' }, at: '10m' },
        silent: { series: { [age]: '59x40' }, at: '10m' },
      },
    },
    {
      name: 'WorkerFailures',
      // A run that fails is tried again five times; three failures are no accident.
      expression: 'sum by (name) (increase(job_runs_total{outcome="failed"}[15m])) > 3',
      severity: 'warning',
      summary: 'The job {{ $labels.name }} fails',
      description: 'More than three runs of {{ $labels.name }} have failed within fifteen minutes.',
      sources: ['plinth'],
      test: {
        labels: { name: `${service}.sweep` },
        firing: { series: { [runs]: '0+1x40' }, at: '15m' },
        silent: { series: { [runs]: '0x20 1x20' }, at: '15m' },
      },
    },
  ];
}

function signInAlerts({ platform, services }: WatchedPlatform): AlertRule[] {
  const external = platform.identity.provider === 'keycloak';
  if (!external && !services.includes('iam')) return [];
  const counted = external
    ? 'keycloak_user_events_total{event="login",error!=""}'
    : 'audit_records_total{action="sign_in.failed"}';
  const series = external
    ? 'keycloak_user_events_total{job="keycloak",event="login",error="invalid_user_credentials"}'
    : 'audit_records_total{job="iam",service="iam",action="sign_in.failed"}';
  return [
    {
      name: 'FailedSignIns',
      expression: `sum(rate(${counted}[2m])) * 60 > 100`,
      severity: 'warning',
      labels: { service: external ? 'keycloak' : 'iam' },
      summary: 'Somebody may be trying out passwords',
      description: 'More than 100 sign-ins a minute fail.',
      sources: [external ? 'keycloak' : 'plinth'],
      test: {
        labels: {},
        firing: { series: { [series]: '0+60x20' }, at: '5m' },
        silent: { series: { [series]: '0+45x20' }, at: '5m' },
      },
    },
  ];
}
