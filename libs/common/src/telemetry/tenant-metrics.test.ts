import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

async function spentOf(metrics: Metrics): Promise<Map<string, number>> {
  const { text } = await metrics.render();
  const lines = [...text.matchAll(/^tenant_request_seconds_total\{service="(\w+)",tenant="([^"]+)"\} (\S+)$/gm)];
  return new Map(lines.map(([, service, tenant, value]) => [`${service} ${tenant}`, Number(value)]));
}

test('adds up the time of requests by service and tenant', async () => {
  const metrics = new Metrics();
  metrics.tenants.record('account', 'acme', 0.5);
  metrics.tenants.record('account', 'acme', 0.25);
  metrics.tenants.record('metering', 'acme', 1);
  metrics.tenants.record('account', undefined, 2);
  expect(await spentOf(metrics)).toEqual(
    new Map([
      ['account acme', 0.75],
      ['account none', 2],
      ['metering acme', 1],
    ]),
  );
});

test('tells no more tenants apart than it has room for, and loses no time by it', async () => {
  const metrics = new Metrics();
  for (let round = 0; round < 2; round += 1)
    for (let tenant = 0; tenant < 2000; tenant += 1) metrics.tenants.record('account', `tenant-${tenant}`, 1);
  const spent = await spentOf(metrics);
  expect(spent.size).toBe(501);
  expect(spent.get('account tenant-0')).toBe(2);
  expect(spent.get('account other')).toBe(3000);
});
