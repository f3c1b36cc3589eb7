import { expect, it } from 'vitest';
import { buildDescription } from '../description/description.builders.ts';
import { component, nest } from '../description/platform-description.ts';
import { resolvePlatform } from '../description/resolve-platform.ts';
import { completePlatform } from './complete-platform.ts';

const platform = resolvePlatform(
  buildDescription({
    applications: [
      nest('orders', {
        port: 3100,
        variables: [{ name: 'POINTS_URL', type: 'url', default: 'http://loyalty:3000/points', doc: 'points' }],
      }),
    ],
    infrastructure: [component('postgres'), component('prometheus'), component('alertmanager'), component('grafana')],
  }),
  'production',
);
const completed = completePlatform(platform, [platform]);
const callsOf = (name: string) => completed.workloads.find((workload) => workload.name === name)?.calls;

it('lets a workload call what its variables name by host and port', () => {
  expect(callsOf('orders')).toContain('loyalty');
});

it('lets Grafana call its sources and Prometheus the Alertmanager, which only generated files name', () => {
  expect(callsOf('grafana')).toContain('prometheus');
  expect(callsOf('prometheus')).toContain('alertmanager');
});
