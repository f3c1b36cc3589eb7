import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

test('counts requests and their durations as Prometheus expects them', async () => {
  const metrics = new Metrics();
  metrics.countRequest('account', 'GET', 200, 0.001);
  metrics.countRequest('account', 'GET', 200, 0.3);
  metrics.countRequest('account', 'GET', 404, 20);
  metrics.countRequest('iam', 'POST', 200, 0.004);
  for (let reading = 0; reading < 2; reading += 1) {
    const lines = new Set((await metrics.render()).split('\n'));
    for (const line of [
      'http_requests_total{service="account",method="GET",status="200"} 2',
      'http_requests_total{service="account",method="GET",status="404"} 1',
      'http_requests_total{service="iam",method="POST",status="200"} 1',
      '# TYPE http_request_duration_seconds histogram',
      'http_request_duration_seconds_bucket{service="account",le="0.001"} 1',
      'http_request_duration_seconds_bucket{service="account",le="0.25"} 1',
      'http_request_duration_seconds_bucket{service="account",le="0.5"} 2',
      'http_request_duration_seconds_bucket{service="account",le="10"} 2',
      'http_request_duration_seconds_bucket{service="account",le="+Inf"} 3',
      'http_request_duration_seconds_count{service="account"} 3',
      'http_request_duration_seconds_sum{service="account"} 20.301',
      'http_request_duration_seconds_count{service="iam"} 1',
    ])
      expect(lines).toContain(line);
  }
});
