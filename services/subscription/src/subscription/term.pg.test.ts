import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildTenant, fee } from '../../test/life-cycle.builders.ts';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-01-10T12:00:00Z');
const year = { length: { unit: 'year', count: 1 } };
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
beforeEach(async () => {
  clock.time = new Date('2024-01-10T12:00:00Z');
  await subscriptions.takeEvents();
});
afterAll(() => subscriptions.stop());

/** A tenant with a plan of 30 a month, and its time moved on with what falls due of terms and invoices. */
function buildSubscriber() {
  const tenant = buildTenant(subscriptions, platform);
  platform.tenants.push(tenant.tenantId);
  return {
    ...tenant,
    plan: platform.addPlan(tenant.tenantId, { base: fee('30') }),
    goTo: async (time: string) => {
      clock.time = new Date(time);
      await subscriptions.instance.jobs!.find(({ name }) => name === 'subscription.renewals')!.run({});
      await tenant.run();
    },
  };
}

async function takeTermEvents(tenantId: string) {
  const events = await subscriptions.takeEvents();
  return events
    .filter(({ type, tenant }) => /term_ending|renewed/.test(type) && tenant === tenantId)
    .map(({ type, data }) => {
      const { term, endsAt, renews } = data as Record<string, unknown>;
      return type === 'subscription.renewed' ? ['renewed', term, endsAt] : ['ending', term, endsAt, renews];
    });
}

test('a sandbox watches its terms being announced and renewed, with the same prices and the commitment anew', async () => {
  const { tenantId, subscribe, post, get, listLines } = buildTenant(subscriptions, platform);
  platform.testClocks.set(tenantId, null);
  const weekly = { period: { unit: 'week', count: 1 } } as const;
  const plan = platform.addPlan(tenantId, { base: fee('30') }, weekly);
  const term = { length: { unit: 'week', count: 2 }, noticeDays: 3 };
  const { body } = await subscribe(plan, { term, commitment: { amount: '100', term: term.length } });
  expect(body.term).toEqual({ ...term, renews: true, number: 1, startsOn: '2024-01-10', endsOn: '2024-01-24' });
  platform.addPlan(tenantId, { base: fee('99') }, { ...weekly, planId: plan.planId, version: 2 });
  const advance = async (to: string) => (await post('/subscriptions/clock/advance', { to })).body.done.renewals;
  expect(await advance('2024-01-20T23:00:00Z')).toBe(0);
  expect(await takeTermEvents(tenantId)).toEqual([['ending', 1, '2024-01-23T23:00:00.000Z', true]]);
  expect(await advance('2024-02-10T00:00:00Z')).toBe(2);
  expect(await takeTermEvents(tenantId)).toEqual([
    ['renewed', 2, '2024-02-06T23:00:00.000Z'],
    ['ending', 2, '2024-02-06T23:00:00.000Z', true],
    ['renewed', 3, '2024-02-20T23:00:00.000Z'],
  ]);
  const after = await get(`/subscriptions/${body.id}`);
  expect(after.body).toMatchObject({ version: 1, planVersion: 1, status: 'active', endsOn: null });
  expect(after.body.term).toMatchObject({ number: 3, startsOn: '2024-02-07', endsOn: '2024-02-21' });
  const lines = (await listLines()).flat();
  expect(lines.filter(([, key]) => key === 'commitment')).toEqual([
    ['minimum', 'commitment', 1, '4000'],
    ['minimum', 'commitment', 3, '4000'],
  ]);
  const fees = lines.filter(([, key]) => key === 'base');
  expect(fees.map(([, , index, amount]) => [index, amount])).toEqual([0, 1, 2, 3, 4].map((index) => [index, '3000']));
});

test('each renewal is in the history of the subscription', async () => {
  const { tenantId, plan, subscribe, goTo } = buildSubscriber();
  const { body } = await subscribe(plan, { term: { length: { unit: 'month', count: 2 } } });
  await subscriptions.takeEvents();
  await goTo('2024-05-11T12:00:00Z');
  const renewals = (await subscriptions.takeEvents())
    .filter(({ type, tenant, data }) => {
      const { action } = data as { action?: string };
      return type === 'audit.recorded' && tenant === tenantId && action === 'subscription.renewed';
    })
    .map(({ data }) => data as { resourceId: string; after: { term: { number: number; startsOn: string } } });
  expect(renewals.map(({ resourceId, after: { term } }) => [resourceId, term.number, term.startsOn])).toEqual([
    [body.id, 2, '2024-03-10'],
    [body.id, 3, '2024-05-10'],
  ]);
});

test('what does not renew ends with the term that runs, and may renew again until then', async () => {
  const { tenantId, plan, subscribe, goTo, post, get, listLines } = buildSubscriber();
  const { body } = await subscribe(plan, { term: { ...year, renews: false, noticeDays: 10 } });
  const path = `/subscriptions/${body.id}`;
  expect(body).toMatchObject({ status: 'active', endsOn: '2025-01-10', term: { renews: false } });
  expect((await post(`${path}/renewal`, { renews: true })).body).toMatchObject({
    endsOn: null,
    term: { renews: true },
  });
  await goTo('2025-06-01T12:00:00Z');
  const last = await post(`${path}/renewal`, { renews: false });
  expect(last.body).toMatchObject({ status: 'active', endsOn: '2026-01-10', term: { number: 2, renews: false } });
  expect((await get(`${path}/scheduled-changes`)).body.data).toMatchObject([{ kind: 'term_end', on: '2026-01-10' }]);
  expect((await post(`${path}/change`, { quantity: 4, when: 'now' })).status).toBe(200);
  await subscriptions.takeEvents();
  await goTo('2026-01-01T12:00:00Z');
  expect(await takeTermEvents(tenantId)).toEqual([['ending', 2, '2026-01-09T23:00:00.000Z', false]]);
  await goTo('2026-02-20T12:00:00Z');
  expect(await takeTermEvents(tenantId)).toEqual([]);
  const ended = await get(path);
  expect(ended.body).toMatchObject({ state: 'ended', nextBillingAt: null, term: { number: 2 } });
  expect((await listLines()).flat().at(-1)).toEqual(['recurring', 'base', 23, '3000']);
  expect(await post(`${path}/renewal`, { renews: true })).toMatchObject({ body: { code: 'subscription.canceled' } });
  const anew = await post(`${path}/reactivate`);
  expect(anew.body).toMatchObject({ startsOn: '2026-02-20', term: { number: 1, renews: true, endsOn: '2027-02-20' } });
});

test('changes and cancellations at the end of the term find it in later terms too, as their previews say', async () => {
  const { tenantId, plan, subscribe, goTo, post, get } = buildSubscriber();
  const small = platform.addPlan(tenantId, { base: fee('10') }, { planKey: 'small' });
  const { body } = await subscribe(plan, { term: year, quantity: 3 });
  const path = `/subscriptions/${body.id}`;
  await goTo('2025-03-20T12:00:00Z');
  const preview = await post(`${path}/preview`, { action: 'cancel', when: 'term_end' });
  expect(preview.body).toMatchObject({ subscription: { endsOn: '2026-01-10' }, differenceMinor: '0' });
  expect((await post(`${path}/preview`, { action: 'renew', renews: false })).body.subscription.endsOn).toBe(
    '2026-01-10',
  );
  const fewer = await post(`${path}/change`, { quantity: 2 });
  expect(fewer.body.phases).toMatchObject([{ quantity: 3 }, { quantity: 2, from: '2026-01-10' }]);
  await post(`${path}/change`, { planId: small.planId, when: 'term_end' });
  expect((await get(`${path}/scheduled-changes`)).body.data).toMatchObject([{ kind: 'change', on: '2026-01-10' }]);
  await goTo('2026-02-20T12:00:00Z');
  expect((await get(path)).body).toMatchObject({ planId: small.planId, term: { number: 3 } });
});

test('a term that is agreed upon later begins with the running period, and a commitment ends with it', async () => {
  const { plan, subscribe, goTo, post, listLines } = buildSubscriber();
  const { body } = await subscribe(plan);
  const path = `/subscriptions/${body.id}`;
  expect((await post(`${path}/renewal`, { renews: false })).body.code).toBe('subscription.no_term');
  await goTo('2024-03-20T12:00:00Z');
  const term = { length: { unit: 'month', count: 6 } };
  expect((await post(`${path}/term`, { term: { length: { unit: 'week', count: 6 } } })).body.code).toBe(
    'subscription.term_length',
  );
  expect((await post(`${path}/term`, { term })).body.term).toMatchObject({
    startsOn: '2024-03-10',
    endsOn: '2024-09-10',
  });
  await goTo('2024-07-20T12:00:00Z');
  const other = { amount: '1000', term: { unit: 'month', count: 4 } };
  expect((await post(`${path}/commitment`, { commitment: other })).body.code).toBe('subscription.term_length');
  // Two months of the six are left: 62 of 184 days of 368.
  await post(`${path}/commitment`, { commitment: { amount: '368', term: term.length } });
  await goTo('2024-09-20T12:00:00Z');
  expect((await listLines()).flat().filter(([, key]) => key === 'commitment')).toEqual([
    ['minimum', 'commitment', 7, '6400'],
  ]);
  expect((await post(`${path}/term`, { term: null })).body.term).toBeNull();
});
