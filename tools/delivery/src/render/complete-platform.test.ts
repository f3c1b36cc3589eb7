import { expect, it } from 'vitest';
import { buildDescription } from '../description/description.builders.ts';
import { component, nest } from '../description/platform-description.ts';
import { resolvePlatform } from '../description/resolve-platform.ts';
import { completePlatform } from './complete-platform.ts';
import { renderers } from './renderers.ts';

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
const { platform: completed, rendered } = completePlatform(platform, [platform]);
const callsOf = (name: string) => completed.workloads.find((workload) => workload.name === name)?.calls;

it('lets a workload call what its variables name by host and port', () => {
  expect(callsOf('orders')).toContain('loyalty');
});

it('lets Grafana call its sources and Prometheus the Alertmanager, which only generated files name', () => {
  expect(callsOf('grafana')).toContain('prometheus');
  expect(callsOf('prometheus')).toContain('alertmanager');
});

it('gives containers what their targets render for the completed platform, too', () => {
  expect([...rendered.keys()]).toEqual(expect.arrayContaining(['gateway', 'observability']));
  for (const [target, artifacts] of rendered) {
    const renderer = renderers.find((candidate) => candidate.target === target);
    expect(renderer?.render({ platform: completed, environments: [completed] }), target).toEqual(artifacts);
  }
});
