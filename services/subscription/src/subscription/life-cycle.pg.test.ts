import type { PlanFamily } from '@plinth/contracts';
import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildTenant, evergreen, fee, intro, trial } from '../../test/life-cycle.builders.ts';
import { FakePlatform, FrozenClock, buildPrice } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-04-10T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());
beforeEach(() => {
  clock.time = new Date('2024-04-10T12:00:00Z');
});

const at = (time: string) => {
  clock.time = new Date(time);
};
const usage = { model: 'per_unit', unitAmount: '1', meter: 'api_call' } as const;

test('a trial costs usage only, and the periods are counted from its end', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30'), calls: usage }, { phases: [trial, evergreen] });
  const { body } = await tenant.subscribe(plan);
  expect(body).toMatchObject({
    state: 'trialing',
    startsOn: '2024-04-10',
    anchor: '2024-04-24',
    trialSkipped: false,
    phases: [
      { phase: 'trial', kind: 'trial', from: '2024-04-10', to: '2024-04-24' },
      { phase: 'evergreen', from: '2024-04-24', to: null },
    ],
  });
  platform.meter(tenant.tenantId, tenant.account.id, 'api_call', '2024-04-12T12:00:00Z', 7);
  at('2024-05-24T12:00:00Z');
  await tenant.run();
  expect(await tenant.listLines()).toEqual([
    [
      ['usage', 'calls', -1, '700'],
      ['recurring', 'base', 0, '3000'],
    ],
    [
      ['usage', 'calls', 0, '0'],
      ['recurring', 'base', 1, '3000'],
    ],
  ]);
});

test('an account has one trial of a plan family, and the answer says so', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const family: PlanFamily = { key: 'f', rank: 1, upgrade: 'now', downgrade: 'period_end', changesTo: null };
  const changes = { phases: [trial, evergreen], family };
  const plans = [
    platform.addPlan(tenant.tenantId, { base: fee('30') }, changes),
    platform.addPlan(tenant.tenantId, { base: fee('50') }, changes),
  ];
  expect((await tenant.subscribe(plans[0]!)).body.trialSkipped).toBe(false);
  expect((await tenant.subscribe(plans[1]!)).body).toMatchObject({
    trialSkipped: true,
    anchor: '2024-04-10',
    phases: [{ phase: 'evergreen' }],
  });
  const other = platform.addAccount(tenant.tenantId);
  expect((await tenant.subscribe(plans[1]!, {}, other)).body.trialSkipped).toBe(false);
  const third = platform.addAccount(tenant.tenantId);
  const items = [
    { accountId: third.id, planId: plans[0]!.planId },
    { accountId: third.id, planId: plans[1]!.planId },
  ];
  const { body } = await tenant.post('/subscriptions/batch', { items });
  const created = [];
  for (const { subscriptionId } of body.items)
    created.push((await tenant.get(`/subscriptions/${subscriptionId}`)).body.trialSkipped);
  expect(created).toEqual([false, true]);
});

test('an introduction has its own prices, and a billing day of its own makes a first part', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const prices = [
    { ...buildPrice('first', fee('10')), phases: ['intro'] },
    { ...buildPrice('later', fee('30')), phases: ['evergreen'] },
  ];
  const plan = platform.addPlan(tenant.tenantId, {}, { phases: [intro, evergreen], prices });
  await tenant.subscribe(plan, { startsOn: '2024-02-16', billingAnchor: '2024-03-01' });
  await tenant.run();
  expect(await tenant.listLines()).toEqual([
    [['recurring', 'first', -1, '483']],
    [['recurring', 'first', 0, '1000']],
    [
      ['recurring', 'first', 1, '500'],
      ['recurring', 'later', 1, '1500'],
    ],
  ]);
});

test('upgrades take effect at once and downgrades at the end of the period, as the family says', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const family = (rank: number, changesTo: string[] | null = null): PlanFamily => ({
    key: 'f',
    rank,
    upgrade: 'now',
    downgrade: 'period_end',
    changesTo,
  });
  const add = (planKey: string, rank: number, changesTo: string[] | null = null) =>
    platform.addPlan(tenant.tenantId, { base: fee('10') }, { planKey, family: family(rank, changesTo) });
  const [small, large, locked] = [add('small', 1), add('large', 2), add('locked', 3, ['large'])];
  const { body } = await tenant.subscribe(small);
  const path = `/subscriptions/${body.id}`;
  const upgraded = await tenant.post(`${path}/change`, { planId: large.planId });
  expect(upgraded.body.phases).toMatchObject([{ planId: large.planId, from: '2024-04-10', to: null }]);
  const downgraded = await tenant.post(`${path}/change`, { planId: small.planId });
  expect(downgraded.body.phases).toMatchObject([
    { planId: large.planId },
    { planId: small.planId, from: '2024-05-10' },
  ]);
  await tenant.post(`${path}/change`, { planId: locked.planId });
  expect(await tenant.post(`${path}/change`, { planId: small.planId })).toMatchObject({
    status: 422,
    body: { code: 'subscription.change_not_allowed' },
  });
  const stranger = platform.addPlan(tenant.tenantId, { base: fee('10') }, { planKey: 'stranger' });
  const { body: other } = await tenant.subscribe(small);
  expect((await tenant.post(`/subscriptions/${other.id}/change`, { planId: stranger.planId })).body.code).toBe(
    'subscription.change_not_allowed',
  );
});

test('a change may lie in the past as far as nothing was billed in arrears, and the error names the date', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { seats: { model: 'per_unit', unitAmount: '30' } });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-02-01' });
  await tenant.run();
  const path = `/subscriptions/${body.id}`;
  const refused = await tenant.post(`${path}/change`, { quantity: 2, on: '2024-03-20' });
  expect(refused).toMatchObject({ status: 422, body: { code: 'subscription.billed_already' } });
  expect(refused.body.detail).toContain('before 2024-04-01 has been billed');
  expect((await tenant.post(`${path}/change`, { quantity: 2, on: '2024-04-06' })).status).toBe(200);
  at('2024-05-01T12:00:00Z');
  await tenant.run();
  expect((await tenant.listLines()).at(-1)).toEqual([
    ['adjustment', 'seats', 2, '-2500'],
    ['recurring', 'seats', 2, '5000'],
    ['recurring', 'seats', 3, '6000'],
  ]);
  const both = await tenant.post(`${path}/change`, { quantity: 3, on: '2024-05-06', when: 'now' });
  expect(both).toMatchObject({ status: 400, body: { errors: [{ path: '/on' }] } });
});

test('lists what is scheduled and takes it back', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('10') });
  const { body } = await tenant.subscribe(plan, { quantity: 5 });
  const path = `/subscriptions/${body.id}`;
  await tenant.post(`${path}/change`, { quantity: 2 });
  const { body: scheduled } = await tenant.get(`${path}/scheduled-changes`);
  expect(scheduled.data).toMatchObject([{ kind: 'change', on: '2024-05-10', quantity: 2 }]);
  const removed = await tenant.remove(`${path}/scheduled-changes/${scheduled.data[0].id}`);
  expect(removed.body.phases).toMatchObject([{ quantity: 5, to: null }]);
  expect((await tenant.remove(`${path}/scheduled-changes/${scheduled.data[0].id}`)).status).toBe(404);
});

test('a cancellation in the past gives back what was charged in advance', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-03-01' });
  await tenant.run();
  const canceled = await tenant.post(`/subscriptions/${body.id}/cancel`, { on: '2024-03-31' });
  expect(canceled.body).toMatchObject({ endsOn: '2024-04-01', state: 'ended' });
  await tenant.run();
  expect(await tenant.listLines()).toEqual([
    [['recurring', 'base', 0, '3000']],
    [['recurring', 'base', 1, '3000']],
    [['adjustment', 'base', 1, '-3000']],
  ]);
  expect((await tenant.run()).body.invoices).toBe(0);
});

test('a subscription that was sold with an end is billed up to it', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-03-01', endsOn: '2024-03-11' });
  expect(body).toMatchObject({
    status: 'canceled',
    state: 'ended',
    endsOn: '2024-03-11',
    phases: [{ to: '2024-03-11' }],
  });
  await tenant.run();
  expect(await tenant.listLines()).toEqual([[['recurring', 'base', 0, '968']]]);
  expect((await tenant.get(`/subscriptions/${body.id}`)).body.nextBillingAt).toBeNull();
});

test('a cancellation can be taken back before the end, and starts a new subscription after it', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') });
  const { body } = await tenant.subscribe(plan, { quantity: 2 });
  const path = `/subscriptions/${body.id}`;
  await tenant.post(`${path}/cancel`, { when: 'period_end' });
  const back = await tenant.post(`${path}/reactivate`);
  expect(back.body).toMatchObject({ id: body.id, status: 'active', endsOn: null, phases: [{ to: null }] });
  await tenant.post(`${path}/cancel`, { when: 'now' });
  at('2024-06-01T12:00:00Z');
  const anew = await tenant.post(`${path}/reactivate`);
  expect(anew.body).toMatchObject({ status: 'active', startsOn: '2024-06-01', quantity: 2, planId: plan.planId });
  expect(anew.body.id).not.toBe(body.id);
});

test('a pause costs no fees and rates usage, and keeps the anchor', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30'), calls: usage });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-04-01' });
  await tenant.run();
  const path = `/subscriptions/${body.id}`;
  const paused = await tenant.post(`${path}/pause`, { on: '2024-04-11', resumesOn: '2024-05-16' });
  expect(paused.body).toMatchObject({ state: 'active', anchor: '2024-04-01' });
  expect(await tenant.post(`${path}/pause`, { on: '2024-04-20' })).toMatchObject({
    status: 409,
    body: { code: 'subscription.pause_not_possible' },
  });
  platform.meter(tenant.tenantId, tenant.account.id, 'api_call', '2024-04-20T12:00:00Z', 4);
  at('2024-05-01T12:00:00Z');
  expect((await tenant.get(path)).body.state).toBe('paused');
  await tenant.run();
  expect((await tenant.listLines()).at(-1)).toEqual([
    ['usage', 'calls', 0, '0'],
    ['usage', 'calls', 0, '400'],
    ['adjustment', 'base', 0, '-2000'],
    ['recurring', 'base', 1, '1548'],
  ]);
});

test('an add-on is billed beside the plan from its own day on', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') }, { planKey: 'basic' });
  const seats = { seats: { model: 'per_unit', unitAmount: '6' } } as const;
  const addOn = platform.addPlan(tenant.tenantId, seats, { planKey: 'extra', kind: 'add_on', addOnTo: ['basic'] });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-04-01' });
  await tenant.run();
  const path = `/subscriptions/${body.id}`;
  const added = await tenant.post(`${path}/add-ons`, { planId: addOn.planId, quantity: 5 });
  expect(added.body.addOns).toMatchObject([{ planId: addOn.planId, quantity: 5, from: '2024-04-10', to: null }]);
  const [{ id }] = added.body.addOns;
  expect((await tenant.post(`${path}/add-ons`, { planId: addOn.planId })).body.code).toBe('subscription.add_on_exists');
  expect((await tenant.post(`${path}/add-ons`, { planId: plan.planId })).body.code).toBe('subscription.not_an_add_on');
  expect((await tenant.subscribe(addOn)).body.code).toBe('subscription.not_a_plan');
  at('2024-05-01T12:00:00Z');
  await tenant.run();
  expect((await tenant.listLines()).at(-1)).toEqual([
    ['recurring', 'seats', 0, '2100'],
    ['recurring', 'base', 1, '3000'],
    ['recurring', 'seats', 1, '3000'],
  ]);
  await tenant.post(`${path}/add-ons/${id}/change`, { quantity: 7 });
  const removed = await tenant.post(`${path}/add-ons/${id}/cancel`);
  expect(removed.body.addOns).toMatchObject([{ quantity: 7, to: '2024-06-01' }]);
  expect((await tenant.get(`${path}/scheduled-changes`)).body.data).toMatchObject([
    { kind: 'add_on_end', addOnId: id },
  ]);
  const other = platform.addPlan(tenant.tenantId, seats, { kind: 'add_on', addOnTo: ['other'] });
  expect((await tenant.post(`${path}/add-ons`, { planId: other.planId })).body.code).toBe(
    'subscription.add_on_not_allowed',
  );
});

test('a minimum spend is charged once at the end of the period, and a commitment at the end of its term', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') }, { minimumSpend: '40' });
  const commitment = { amount: '150', term: { unit: 'month', count: 3 } };
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-01-01', commitment });
  expect(body.commitment).toEqual(commitment);
  await tenant.run();
  const lines = await tenant.listLines();
  expect(lines).toEqual([
    [['recurring', 'base', 0, '3000']],
    [
      ['minimum', 'minimum-spend', 0, '1000'],
      ['recurring', 'base', 1, '3000'],
    ],
    [
      ['minimum', 'minimum-spend', 1, '1000'],
      ['recurring', 'base', 2, '3000'],
    ],
    [
      ['minimum', 'minimum-spend', 2, '1000'],
      ['recurring', 'base', 3, '3000'],
      ['minimum', 'commitment', 2, '3000'],
    ],
  ]);
  const refused = await tenant.post(`/subscriptions/${body.id}/commitment`, {
    commitment: { amount: '1', term: { unit: 'week', count: 3 } },
  });
  expect(refused.body.code).toBe('subscription.commitment_term');
});

test('by seconds, a change and a cancellation at once count to the second', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const seats = { seats: { model: 'per_unit', unitAmount: '30' } } as const;
  const plan = platform.addPlan(tenant.tenantId, seats, { prorationBasis: 'second' });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-04-01' });
  await tenant.run();
  at('2024-04-15T22:00:00Z');
  const path = `/subscriptions/${body.id}`;
  await tenant.post(`${path}/change`, { quantity: 3 });
  at('2024-04-23T10:00:00Z');
  const canceled = await tenant.post(`${path}/cancel`, { when: 'now' });
  expect(canceled.body).toMatchObject({ endsOn: '2024-04-23', endsAt: '2024-04-23T10:00:00.000Z' });
  await tenant.run();
  expect((await tenant.listLines()).at(-1)).toEqual([
    ['adjustment', 'seats', 0, '-1500'],
    ['recurring', 'seats', 0, '2250'],
  ]);
});

test('keeps each version in the currency that it was sold in', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const euros = platform.addPlan(tenant.tenantId, { base: fee('30') });
  platform.addPlan(tenant.tenantId, { base: fee('40') }, { planId: euros.planId, currency: 'USD' });
  const american = platform.addAccount(tenant.tenantId, { currency: 'USD', timeZone: 'America/New_York' });
  await tenant.subscribe(euros);
  await tenant.subscribe(euros, {}, american);
  await tenant.run();
  const { body } = await tenant.get('/invoices');
  expect(body.data.map((row: Record<string, string>) => [row['currency'], row['totalMinor']]).sort()).toEqual([
    ['EUR', '3000'],
    ['USD', '4000'],
  ]);
});
