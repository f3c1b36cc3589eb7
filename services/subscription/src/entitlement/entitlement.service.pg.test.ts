import type { Entitlement } from '@plinth/contracts';
import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildTenant, evergreen, fee, trial } from '../../test/life-cycle.builders.ts';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-04-10T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());
beforeEach(async () => {
  clock.time = new Date('2024-04-10T12:00:00Z');
  await subscriptions.takeEvents();
});

function limit(feature: string, value: string): Entitlement {
  return {
    feature,
    type: 'limit',
    value,
    meter: null,
    reset: null,
    rollOver: null,
    overage: null,
    alertsAt: [],
  };
}

function sell(changes: Partial<Parameters<FakePlatform['addPlan']>[2]> & object = {}) {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(
    tenant.tenantId,
    { base: fee('30') },
    { entitlements: [limit('seats', '3')], ...changes },
  );
  const granted = async () => {
    const { body } = await tenant.get(`/subscriptions/entitlements?accountId=${tenant.account.id}`);
    return Object.fromEntries(body.entitlements.map(({ feature, value }: Entitlement) => [feature, value]));
  };
  return { ...tenant, plan, granted };
}

/** What other services were told since the last time, as values by feature. */
async function takeTold(tenantId: string): Promise<Record<string, unknown>[]> {
  const events = await subscriptions.takeEvents();
  return events
    .filter(({ type, tenant }) => type === 'entitlements.changed' && tenant === tenantId)
    .map(({ data }) => {
      const { entitlements } = data as unknown as { entitlements: Entitlement[] };
      return Object.fromEntries(entitlements.map(({ feature, value }) => [feature, value]));
    });
}

const runJob = () =>
  subscriptions.instance.jobs!.find(({ name }) => name === 'subscription.refresh-entitlements')!.run({});

test('a plan grants from the sale on, an add-on once for each unit, and each change is told once', async () => {
  const { plan, subscribe, granted, post, tenantId } = sell();
  const { body: subscription } = await subscribe(plan, { quantity: 7 });
  expect(await granted()).toEqual({ seats: '3' });
  const addOn = platform.addPlan(
    tenantId,
    { more: fee('5') },
    { kind: 'add_on', planKey: 'more', entitlements: [limit('seats', '10'), limit('projects', '1')] },
  );
  const added = await post(`/subscriptions/${subscription.id}/add-ons`, { planId: addOn.planId, quantity: 2 });
  expect(added.status).toBe(200);
  expect(await granted()).toEqual({ projects: '2', seats: '23' });
  expect(await takeTold(tenantId)).toEqual([{ seats: '3' }, { projects: '2', seats: '23' }]);
});

test('a paused subscription grants nothing, and an ended one neither', async () => {
  const { plan, subscribe, granted, post } = sell();
  const { body } = await subscribe(plan);
  await post(`/subscriptions/${body.id}/pause`, { when: 'now' });
  expect(await granted()).toEqual({});
  await post(`/subscriptions/${body.id}/resume`, { when: 'now' });
  expect(await granted()).toEqual({ seats: '3' });
  await post(`/subscriptions/${body.id}/cancel`, { when: 'period_end' });
  expect(await granted()).toEqual({ seats: '3' });
  clock.time = new Date('2024-05-10T12:00:00Z');
  expect(await granted()).toEqual({});
});

test('what ends by itself is told when it does, whoever looks', async () => {
  const { plan, subscribe, tenantId } = sell({ phases: [trial, evergreen] });
  await subscribe(plan, { endsOn: '2024-05-01' });
  expect(await takeTold(tenantId)).toEqual([{ seats: '3' }]);
  clock.time = new Date('2024-04-30T21:59:59Z');
  await runJob();
  expect(await takeTold(tenantId)).toEqual([]);
  clock.time = new Date('2024-04-30T22:00:00Z');
  await runJob();
  await runJob();
  expect(await takeTold(tenantId)).toEqual([{}]);
});

test('a downgrade at the end of the period takes effect then', async () => {
  const { plan, subscribe, granted, post, tenantId } = sell();
  const small = platform.addPlan(
    tenantId,
    { base: fee('10') },
    { planKey: 'small', entitlements: [limit('seats', '1')] },
  );
  const { body } = await subscribe(plan);
  await post(`/subscriptions/${body.id}/change`, { planId: small.planId, when: 'period_end' });
  expect(await granted()).toEqual({ seats: '3' });
  clock.time = new Date('2024-05-10T00:00:00Z');
  await runJob();
  expect(await granted()).toEqual({ seats: '1' });
  expect(await takeTold(tenantId)).toEqual([{ seats: '3' }, { seats: '1' }]);
});

test('an account of another tenant has none', async () => {
  const { plan, subscribe, account } = sell();
  await subscribe(plan);
  const { get } = buildTenant(subscriptions, platform);
  expect((await get(`/subscriptions/entitlements?accountId=${account.id}`)).body.entitlements).toEqual([]);
});
