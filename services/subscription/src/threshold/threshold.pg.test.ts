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

async function buildTenant(changes: Parameters<FakePlatform['addPlan']>[2] = {}) {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const account = platform.addAccount(tenantId, { timeZone: 'UTC', billing: { invoicing: 'consolidated' } });
  const plan = platform.addPlan(
    tenantId,
    {
      base: { model: 'flat', amount: '5', timing: 'advance' },
      calls: {
        model: 'graduated',
        meter: 'api_call',
        tiers: [
          { upTo: '100', unitAmount: '0.10' },
          { upTo: null, unitAmount: '0.05' },
        ],
      },
    },
    changes,
  );
  const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
    subscriptions.request(method, path, { principal, ...(body === undefined ? {} : { body }) });
  const get = async (path: string) => (await subscriptions.request('GET', path, { principal })).body;
  clock.time = new Date('2024-06-01T00:00:00Z');
  const { body } = await send('POST', '/subscriptions', {
    accountId: account.id,
    planId: plan.planId,
    startsOn: '2024-06-01',
  });
  await send('POST', '/invoices/runs', {});
  return {
    send,
    get,
    threshold: `/subscriptions/${body.id}/billing-threshold`,
    meter: (at: string, quantity: number) => platform.meter(tenantId, account.id, 'api_call', at, quantity),
    run: async (time: string) => {
      clock.time = new Date(time);
      return (await send('POST', '/invoices/runs', {})).body;
    },
    list: async () => (await get('/invoices?limit=200')).data,
  };
}

test('bills usage when it has passed the threshold, and at the end of the period the rest', async () => {
  const { send, get, threshold, meter, run, list } = await buildTenant();
  expect((await send('PUT', threshold, { amount: '8' })).body).toMatchObject({ amount: '8' });
  expect((await send('PUT', threshold, { amount: '0' })).status).toBe(400);
  meter('2024-06-05T00:00:00Z', 79);
  expect(await run('2024-06-10T00:00:00Z')).toMatchObject({ invoices: 0 });
  meter('2024-06-11T00:00:00Z', 41);
  // 100 at 0.10 and 20 at 0.05.
  const atOnce = await Promise.all([run('2024-06-12T00:00:00Z'), run('2024-06-12T00:00:00Z')]);
  expect(atOnce.map(({ invoices }) => invoices).sort()).toEqual([0, 1]);
  expect((await list())[0]).toMatchObject({ reason: 'threshold', status: 'finalized', totalMinor: '1100' });
  meter('2024-06-20T00:00:00Z', 200);
  expect(await run('2024-06-21T00:00:00Z')).toMatchObject({ amounts: [{ currency: 'EUR', totalMinor: '1000' }] });
  meter('2024-06-25T00:00:00Z', 10);
  expect(await run('2024-06-26T00:00:00Z')).toMatchObject({ invoices: 0 });
  expect(await run('2024-07-01T00:00:00Z')).toMatchObject({ invoices: 1 });
  const { lines } = await get(`/invoices/${(await list())[0].id}`);
  expect(
    lines.map(({ kind, quantityRaw, amountMinor, key }: Record<string, string>) => [
      kind,
      quantityRaw,
      amountMinor,
      key!.split('/').at(-1),
    ]),
  ).toEqual([
    ['usage', '10', '50', '2'],
    ['recurring', '1', '500', '0'],
  ]);
  // All invoices of June together are what one invoice of it would be: 330 calls cost 21.50.
  const usage = (await list()).reduce(
    (sum: number, { totalMinor }: { totalMinor: string }) => sum + Number(totalMinor),
    0,
  );
  expect(usage).toBe(2150 + 2 * 500);
});

test('a threshold that was removed bills nothing more before the end', async () => {
  const { send, get, threshold, meter, run } = await buildTenant();
  expect((await get(threshold)).code).toBe('resource.not_found');
  await send('PUT', threshold, { amount: '1' });
  expect(await get(threshold)).toMatchObject({ amount: '1' });
  expect((await send('DELETE', threshold)).status).toBe(204);
  expect((await send('DELETE', threshold)).status).toBe(404);
  meter('2024-06-05T00:00:00Z', 1000);
  expect(await run('2024-06-10T00:00:00Z')).toMatchObject({ invoices: 0 });
});

test('no more is billed at a threshold than the maximum spend leaves, and nothing is given back at the end', async () => {
  const { send, get, threshold, meter, run, list } = await buildTenant({ maximumSpend: '15' });
  await send('PUT', threshold, { amount: '8' });
  meter('2024-06-05T00:00:00Z', 300);
  // 20 of usage with the fee of 5 are 10 above the maximum.
  expect(await run('2024-06-10T00:00:00Z')).toMatchObject({ amounts: [{ currency: 'EUR', totalMinor: '1000' }] });
  meter('2024-06-11T00:00:00Z', 300);
  expect(await run('2024-06-12T00:00:00Z')).toMatchObject({ invoices: 0 });
  expect(await run('2024-07-01T00:00:00Z')).toMatchObject({ amounts: [{ currency: 'EUR', totalMinor: '500' }] });
  const { lines } = await get(`/invoices/${(await list())[0].id}`);
  expect(lines.map(({ kind, amountMinor }: Record<string, string>) => [kind, amountMinor])).toEqual([
    ['usage', '1500'],
    ['maximum', '-1500'],
    ['recurring', '500'],
  ]);
});
