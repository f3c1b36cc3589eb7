import type { PriceModel } from '@plinth/contracts';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());

const calls: PriceModel = {
  model: 'graduated',
  meter: 'api_call',
  tiers: [
    { upTo: '100', unitAmount: '0.10' },
    { upTo: null, unitAmount: '0.05' },
  ],
};

/** A subscription from 1 April whose months are billed as the clock says. */
async function buildTenant(changes = {}) {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const account = platform.addAccount(tenantId, { timeZone: 'UTC' });
  const plan = platform.addPlan(tenantId, { calls }, changes);
  const post = (path: string, body: object) => subscriptions.request('POST', path, { principal, body });
  const get = async (path: string) => (await subscriptions.request('GET', path, { principal })).body;
  await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-04-01' });
  return {
    meter: (at: string, quantity: number) => platform.meter(tenantId, account.id, 'api_call', at, quantity),
    /** Usage that metering saw only after the day was over. */
    meterLate: (day: string, quantity: number) => {
      platform.meter(tenantId, account.id, 'api_call', `${day}T10:00:00Z`, quantity);
      const to = new Date(Date.parse(day) + 86_400_000).toISOString();
      platform.lateChanges.push({
        tenantId,
        accountId: account.id,
        meter: 'api_call',
        from: `${day}T00:00:00.000Z`,
        to,
      });
    },
    /** Bills at an instant, and gives the lines of what was invoiced then, with their amounts. */
    billAt: async (time: string) => {
      clock.time = new Date(time);
      const known = new Set((await get('/invoices?limit=200')).data.map(({ id }: { id: string }) => id));
      await post('/invoices/runs', {});
      const fresh = (await get('/invoices?limit=200')).data.filter(({ id }: { id: string }) => !known.has(id));
      const lines = await Promise.all(
        fresh.map(async ({ id }: { id: string }) => (await get(`/invoices/${id}`)).lines),
      );
      return lines
        .flat()
        .map(({ kind, key, quantityRaw, amountMinor }) => [
          kind,
          key.split('/').at(4),
          key.split('/').at(-1),
          quantityRaw,
          amountMinor,
        ]);
    },
  };
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
