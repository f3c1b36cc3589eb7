import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

const request = { service: 'account', method: 'GET', route: '/api/v1/accounts/:id', status: 200 } as const;
const labels = 'service="account",method="GET",route="/api/v1/accounts/:id"';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const openMetrics = 'application/openmetrics-text; version=1.0.0';

async function linesOf(metrics: Metrics, accept?: string): Promise<string[]> {
  return (await metrics.render(accept)).text.split('\n');
}

test('counts requests and their durations by route, as Prometheus expects them', async () => {
  const metrics = new Metrics();
  metrics.requests.record(request, 0.001);
  metrics.requests.record(request, 0.3);
  metrics.requests.record({ ...request, status: 404 }, 20);
  metrics.requests.record({ ...request, method: 'PUT' }, 0.004);
  for (let reading = 0; reading < 2; reading += 1) {
    const lines = new Set(await linesOf(metrics));
    for (const line of [
      `http_requests_total{${labels},status_code="200"} 2`,
      `http_requests_total{${labels},status_code="404"} 1`,
      `http_requests_total{${labels.replace('GET', 'PUT')},status_code="200"} 1`,
      '# TYPE http_request_duration_seconds histogram',
      `http_request_duration_seconds_bucket{${labels},status_code="200",le="0.001"} 1`,
      `http_request_duration_seconds_bucket{${labels},status_code="200",le="0.25"} 1`,
      `http_request_duration_seconds_bucket{${labels},status_code="200",le="0.5"} 2`,
      `http_request_duration_seconds_bucket{${labels},status_code="404",le="10"} 0`,
      `http_request_duration_seconds_bucket{${labels},status_code="404",le="+Inf"} 1`,
      `http_request_duration_seconds_count{${labels},status_code="200"} 2`,
      `http_request_duration_seconds_sum{${labels},status_code="200"} 0.301`,
    ])
      expect(lines).toContain(line);
  }
});

test('gives all requests without a route one series, whatever addresses callers think of', async () => {
  const metrics = new Metrics();
  for (let index = 0; index < 1000; index += 1)
    metrics.requests.record({ ...request, route: undefined, status: 404 }, 0.001);
  const lines = (await linesOf(metrics)).filter((line) => line.startsWith('http_requests_total{'));
  expect(lines).toEqual(['http_requests_total{service="account",method="GET",route="unknown",status_code="404"} 1000']);
});

test('shows the latest trace of a bucket to those who read OpenMetrics, and never loses a name by it', async () => {
  const metrics = new Metrics();
  metrics.counter('events_published_total', 'Events').inc();
  metrics.requests.record(request, 0.3, 'ffffffffffffffffffffffffffffffff');
  metrics.requests.record(request, 0.4, traceId);
  metrics.requests.record(request, 2);
  const [open, text] = await Promise.all([linesOf(metrics, openMetrics), linesOf(metrics, 'text/plain')]);
  const bucket = (le: string) => `http_request_duration_seconds_bucket{${labels},status_code="200",le="${le}"}`;
  const shown = open.filter((line) => line.includes('# {'));
  expect(shown.map((line) => line.replace(/ \d{10}(\.\d+)?$/, ''))).toEqual([
    `${bucket('0.5')} 2 # {trace_id="${traceId}"} 0.4`,
  ]);
  expect(open).toContain(`${bucket('2.5')} 3`);
  expect(open).toContain('# TYPE events_published counter');
  expect(open.slice(-2)).toEqual(['# EOF', '']);
  expect(text).toContain(`${bucket('0.5')} 2`);
  expect(text).toContain('# TYPE events_published_total counter');
  for (const lines of [open, text, await linesOf(metrics)]) {
    expect(lines).toContain('events_published_total 1');
    expect(lines).toContain(`http_requests_total{${labels},status_code="200"} 3`);
  }
});

test.each([
  [undefined, 'text/plain'],
  ['*/*', 'text/plain'],
  ['text/plain; version=0.0.4', 'text/plain'],
  [openMetrics, 'application/openmetrics-text'],
  ['application/openmetrics-text; version=0.0.1', 'text/plain'],
  ['application/openmetrics-text;q=0', 'text/plain'],
  ['text/plain;version=0.0.4;q=0.9,application/openmetrics-text;version=1.0.0;q=0.5', 'text/plain'],
  [
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
    'application/openmetrics-text',
  ],
])('answers in the format that is asked for: %s', async (accept, type) => {
  expect((await new Metrics().render(accept)).contentType).toMatch(new RegExp(`^${type}; version=`));
});
