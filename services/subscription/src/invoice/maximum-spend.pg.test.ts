import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTenant, fee } from '../../test/life-cycle.builders.ts';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());

test('a percent discount comes before the maximum spend and an amount after it, also where earlier invoices gave it', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const { tenantId, account } = tenant;
  const calls = { model: 'per_unit', unitAmount: '1', meter: 'api_call' } as const;
  const plan = platform.addPlan(tenantId, { base: fee('50'), calls }, { maximumSpend: '100' });
  const { body: subscription } = await tenant.subscribe(plan, { startsOn: '2024-06-01' });
  const redeem = async (...[discount, changes]: [Parameters<FakePlatform['addCoupon']>[1], object]) => {
    const { code } = platform.addCoupon(tenantId, discount, changes);
    expect((await tenant.post(`/subscriptions/${subscription.id}/coupons`, { code })).status).toBe(201);
  };
  const bill = async (usedAt: string, at: string) => {
    platform.meter(tenantId, account.id, 'api_call', usedAt, 300);
    clock.time = new Date(at);
    await tenant.run();
    const [{ id }] = (await tenant.get('/invoices?limit=50')).body.data;
    return (await tenant.get(`/invoices/${id}`)).body;
  };
  const shape = (invoice: { lines: Record<string, string>[] }) =>
    invoice.lines.map(({ kind, priceKey, amountMinor, discountMinor }) => [kind, priceKey, amountMinor, discountMinor]);

  // Used up by the invoice that charges the fee.
  await redeem({ kind: 'percent', percent: '10' }, { periods: 1 });
  await tenant.run();
  const july = await bill('2024-06-20T00:00:00Z', '2024-07-01T03:00:00Z');
  // 350 less the 5 that the first invoice took off the fee is 245 above the maximum.
  expect(shape(july)).toEqual([
    ['usage', 'calls', '30000', '0'],
    ['maximum', 'maximum-spend', '-24500', '0'],
    ['recurring', 'base', '5000', '0'],
  ]);
  expect(july).toMatchObject({ subtotalMinor: '10500', totalMinor: '10500' });

  await redeem({ kind: 'amount', amount: '20', currency: 'EUR' }, { prices: ['calls'] });
  await redeem({ kind: 'percent', percent: '50' }, { prices: ['calls'] });
  const august = await bill('2024-07-20T00:00:00Z', '2024-08-01T03:00:00Z');
  // 350 less half of the calls is 100 above it; 20 are taken off what is left.
  expect(shape(august)).toEqual([
    ['usage', 'calls', '30000', '17000'],
    ['maximum', 'maximum-spend', '-10000', '0'],
    ['recurring', 'base', '5000', '0'],
  ]);
  expect(august.lines[1].detail).toMatchObject({ beforeDiscountsMinor: '-25000', discountMinor: '15000' });
  expect(august.lines[1].amount).toBe('-100');
  expect(august).toMatchObject({ subtotalMinor: '25000', discountMinor: '17000', totalMinor: '8000' });
});
