import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildLateUsageTenant } from '../../test/late-usage.builders.ts';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());

/** A subscription from 1 April. */
async function buildTenant(changes = {}) {
  const tenant = buildLateUsageTenant({ platform, clock, subscriptions }, changes);
  await tenant.subscribe();
  return tenant;
}

test('usage that came late is on the next invoice, at what it adds to its own period', async () => {
  const { meter, meterLate, billAt } = await buildTenant();
  meter('2024-04-10T00:00:00Z', 80);
  expect(await billAt('2024-05-01T00:00:00Z')).toEqual([['usage', '0', '0', '80', '800']]);
  meterLate('2024-04-20', 40);
  meter('2024-05-10T00:00:00Z', 10);
  // 20 units to the end of the first tier, 20 in the second one.
  expect(await billAt('2024-06-01T00:00:00Z')).toEqual([
    ['usage', '1', '0', '10', '100'],
    ['usage', '0', '1', '40', '300'],
  ]);
  expect(await billAt('2024-07-01T00:00:00Z')).toEqual([['usage', '2', '0', '0', '0']]);
});

test('goes one closed period back and no further, and does not bill twice what came before its period was closed', async () => {
  const { meterLate, billAt } = await buildTenant();
  meterLate('2024-04-20', 10);
  expect(await billAt('2024-05-01T00:00:00Z')).toEqual([['usage', '0', '0', '10', '100']]);
  expect(await billAt('2024-06-01T00:00:00Z')).toEqual([['usage', '1', '0', '0', '0']]);
  meterLate('2024-04-21', 10);
  expect(await billAt('2024-07-01T00:00:00Z')).toEqual([['usage', '2', '0', '0', '0']]);
});

test('a retraction gives back what was billed, and a minimum makes up for it', async () => {
  const { meterLate, billAt } = await buildTenant({ minimumSpend: '5' });
  meterLate('2024-04-20', 80);
  expect(await billAt('2024-05-01T00:00:00Z')).toEqual([['usage', '0', '0', '80', '800']]);
  meterLate('2024-04-20', -50);
  meterLate('2024-05-02', 60);
  expect(await billAt('2024-06-01T00:00:00Z')).toEqual([
    ['usage', '1', '0', '60', '600'],
    ['usage', '0', '1', '-50', '-500'],
    ['minimum', '0', '0', '1', '200'],
  ]);
});

test('usage that was on its way when its period was billed at once is billed with the next one, and once', async () => {
  const { meter, billAt } = await buildTenant();
  meter('2024-04-30T23:59:00Z', 10);
  expect(await billAt('2024-05-01T00:00:00Z')).toEqual([['usage', '0', '0', '10', '100']]);
  // It comes a minute later, so that metering does not list it as late.
  meter('2024-04-30T23:59:30Z', 5);
  expect(await billAt('2024-06-01T02:00:00Z')).toEqual([
    ['usage', '1', '0', '0', '0'],
    ['usage', '0', '1', '5', '50'],
  ]);
  expect(await billAt('2024-07-01T02:00:00Z')).toEqual([['usage', '2', '0', '0', '0']]);
});

test('usage that came late counts toward a commitment, also after its term was settled, and a correction against it', async () => {
  const { subscribe, meter, meterLate, billAt } = buildLateUsageTenant({ platform, clock, subscriptions });
  await subscribe({ commitment: { amount: '30', term: { unit: 'month', count: 2 } } });
  meter('2024-04-10T00:00:00Z', 80);
  expect(await billAt('2024-05-01T00:00:00Z')).toEqual([['usage', '0', '0', '80', '800']]);
  meterLate('2024-04-20', 20);
  meter('2024-05-10T00:00:00Z', 50);
  expect(await billAt('2024-06-01T00:00:00Z')).toEqual([
    ['usage', '1', '0', '50', '500'],
    ['usage', '0', '1', '20', '200'],
    ['minimum', '1', '0', '1', '1500'],
  ]);
  meterLate('2024-05-20', 50);
  expect(await billAt('2024-07-01T00:00:00Z')).toEqual([
    ['usage', '2', '0', '0', '0'],
    ['usage', '1', '1', '50', '500'],
    ['minimum', '1', '1', '0', '-500'],
  ]);
  meterLate('2024-06-20', -30);
  meterLate('2024-06-21', 130);
  expect(await billAt('2024-08-01T00:00:00Z')).toEqual([
    ['usage', '3', '0', '0', '0'],
    ['usage', '2', '1', '100', '1000'],
    ['minimum', '3', '0', '1', '2000'],
  ]);
});

test('a commitment that was reached is taken up again where usage is given back, and not beyond that', async () => {
  const { subscribe, meterLate, billAt } = buildLateUsageTenant({ platform, clock, subscriptions });
  await subscribe({ commitment: { amount: '8', term: { unit: 'month', count: 1 } } });
  meterLate('2024-04-20', 90);
  expect(await billAt('2024-05-01T00:00:00Z')).toEqual([['usage', '0', '0', '90', '900']]);
  meterLate('2024-04-20', -50);
  expect(await billAt('2024-06-01T00:00:00Z')).toEqual([
    ['usage', '1', '0', '0', '0'],
    ['usage', '0', '1', '-50', '-500'],
    ['minimum', '0', '0', '1', '400'],
    ['minimum', '1', '0', '1', '800'],
  ]);
});
