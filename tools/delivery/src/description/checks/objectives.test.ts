import { Metrics } from '@plinth/common';
import { expect, it } from 'vitest';
import { checkDescription } from '../check-description.ts';
import { buildDescription } from '../description.builders.ts';
import { component } from '../platform-description.ts';
import { latencyBounds } from './objectives.ts';

it('takes objectives that services can be measured by, and receivers that can be reached', () => {
  const { faults } = checkDescription(
    buildDescription({
      objectives: { loyalty: { availability: 0.9995, latency: { target: 0.99, within: 0.25 } } },
      notify: {
        critical: [
          { kind: 'pagerduty', secret: { name: 'night-key', provided: 'PagerDuty, Services, Integrations' } },
          { kind: 'email', to: 'night@example.com' },
        ],
      },
      environments: {
        development: { domain: 'localhost', notify: { warning: [{ kind: 'email', to: 'me@example.com' }] } },
      },
    }),
  );
  expect(faults).toEqual([]);
});

it('knows the latencies that services count, and no other', async () => {
  const metrics = new Metrics();
  metrics.requests.record({ service: 'loyalty', method: 'GET', route: '/points', status: 200 }, 0.1);
  const { text } = await metrics.render();
  const bounds = [...text.matchAll(/http_request_duration_seconds_bucket\{[^}]*le="([\d.]+)"/g)].map(([, le]) =>
    Number(le),
  );
  expect(bounds).toEqual(latencyBounds);
});

it('takes a Prometheus with somebody who passes on what it finds', () => {
  const infrastructure = [component('postgres'), component('prometheus'), component('alertmanager')];
  expect(checkDescription(buildDescription({ infrastructure })).faults).toEqual([]);
});
