import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTenant, fee } from '../../test/life-cycle.builders.ts';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-04-10T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());

test('moves all subscriptions of a plan to a new version at the end of their periods, and only once', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') });
  const starts = ['2024-04-01', '2024-04-05', '2024-04-07', '2024-04-08'];
  const ids: string[] = [];
  for (const startsOn of starts) ids.push((await tenant.subscribe(plan, { startsOn, quantity: 4 })).body.id);
  await tenant.post(`/subscriptions/${ids[3]}/cancel`, { when: 'period_end' });
  const american = platform.addAccount(tenant.tenantId, { currency: 'USD' });
  platform.addPlan(tenant.tenantId, { base: fee('31') }, { planId: plan.planId, version: 1, currency: 'USD' });
  await tenant.subscribe(plan, { planVersion: 1 }, american);
  platform.addPlan(tenant.tenantId, { base: fee('40') }, { planId: plan.planId, version: 2 });
  const body = { planId: plan.planId };
  expect((await tenant.post('/subscriptions/migrations/preview', body)).body).toEqual({
    toVersion: 2,
    subscriptions: 4,
    versions: [
      { planVersion: 1, currency: 'EUR', subscriptions: 3 },
      { planVersion: 1, currency: 'USD', subscriptions: 1 },
    ],
  });
  const migrated = await tenant.post('/subscriptions/migrations', body);
  expect(migrated.body).toMatchObject({
    toVersion: 2,
    migrated: 3,
    failed: 1,
    failures: [{ code: 'subscription.currency_differs' }],
  });
  expect((await tenant.get(`/subscriptions/${ids[1]}`)).body.phases).toMatchObject([
    { planVersion: 1, to: '2024-05-05', quantity: 4 },
    { planVersion: 2, from: '2024-05-05', quantity: 4 },
  ]);
  expect((await tenant.get(`/subscriptions/${ids[3]}`)).body.phases).toMatchObject([{ planVersion: 1 }]);
  expect((await tenant.post('/subscriptions/migrations', body)).body).toMatchObject({ migrated: 0, failed: 1 });
});
