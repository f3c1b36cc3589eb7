import type { PriceModel } from '@plinth/contracts';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, {
    contracts: platform.contracts,
    clock: new FrozenClock('2024-06-15T12:00:00Z'),
  });
});
afterAll(() => subscriptions.stop());

const models: Readonly<Record<string, PriceModel>> = {
  compute: {
    model: 'matrix',
    meter: 'storage_gb',
    dimensions: ['region'],
    cells: [{ values: { region: 'eu' }, unitAmount: '0.4' }],
    otherUnitAmount: '0.5',
  },
  kilos: {
    model: 'per_unit',
    meter: 'api_call',
    unitAmount: '2',
    conversion: { divisor: '1000', rounding: 'up' },
  },
  fee: { model: 'percentage', meter: 'api_call', rate: '2.5', minimumAmount: '40', freeUnits: '100' },
  committed: { model: 'bulk_commitment', meter: 'api_call', quantity: '1000', amount: '80', overageUnitAmount: '0.1' },
};

test('invoices usage by dimensions, converted, by percent and committed, with what a reader needs to compute it', async () => {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const account = platform.addAccount(tenantId);
  const plan = platform.addPlan(tenantId, models);
  const post = async (path: string, body: object) =>
    (await subscriptions.request('POST', path, { principal, body })).body;
  await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-05-01' });
  for (const [region, quantity] of [
    ['eu', 5],
    ['us', 2],
    ['ap', 1],
    ['eu', 10],
  ] as const)
    platform.meterBy(tenantId, {
      accountId: account.id,
      meter: 'storage_gb',
      at: '2024-05-10T00:00:00Z',
      quantity,
      dimensions: { region },
    });
  platform.meter(tenantId, account.id, 'api_call', '2024-05-10T00:00:00Z', 1100);
  expect(await post('/invoices/runs', {})).toMatchObject({ failed: 0, invoices: 1 });
  const { data } = (await subscriptions.request('GET', '/invoices', { principal })).body;
  const { lines } = (await subscriptions.request('GET', `/invoices/${data[0].id}`, { principal })).body;
  const line = (key: string) => lines.find(({ priceKey }: { priceKey: string }) => priceKey === key);
  expect(line('compute')).toMatchObject({
    amountMinor: '750',
    quantityRaw: '18',
    detail: {
      dimensions: ['region'],
      cells: [
        { values: { region: 'eu' }, quantity: '15', unitAmount: '0.4', amount: '6' },
        { values: null, quantity: '3', unitAmount: '0.5', amount: '1.5' },
      ],
    },
  });
  expect(line('kilos')).toMatchObject({
    amountMinor: '400',
    quantityRaw: '1100',
    quantityBilled: '2',
    detail: { conversion: { divisor: '1000', rounding: 'up' }, quantityConverted: '2' },
  });
  expect(line('fee')).toMatchObject({ amountMinor: '4000', detail: { chargeable: '1000', bound: 'minimum' } });
  expect(line('committed')).toMatchObject({ amountMinor: '9000', detail: { chargeable: '100' } });
});
