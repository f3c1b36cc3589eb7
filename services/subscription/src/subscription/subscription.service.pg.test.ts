import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-04-10T22:30:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());
beforeEach(() => {
  clock.time = new Date('2024-04-10T22:30:00Z');
});

const fee = { model: 'flat', amount: '10', timing: 'advance' } as const;

function buildTenant() {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const account = platform.addAccount(tenantId);
  const plan = platform.addPlan(tenantId, { base: fee });
  const post = (path: string, body: unknown, headers = {}) =>
    subscriptions.request('POST', path, { principal, body, headers });
  return { principal, tenantId, account, plan, post };
}

test('subscribes an account from today in its own zone, keeping plan version, currency and zone', async () => {
  const { account, plan, post } = buildTenant();
  await subscriptions.takeEvents();
  const created = await post('/subscriptions', { accountId: account.id, planId: plan.planId, quantity: 3 });
  expect(created).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    // 22:30 in UTC is the next day in Berlin.
    body: {
      startsOn: '2024-04-11',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
      planVersion: 1,
      quantity: 3,
      status: 'active',
      nextBillingAt: '2024-04-10T22:00:00.000Z',
    },
  });
  expect(created.body.phases).toMatchObject([{ planId: plan.planId, planVersion: 1, from: '2024-04-11', to: null }]);
  const events = await subscriptions.takeEvents();
  expect(events.map((event) => event.type).sort()).toEqual(['audit.recorded', 'subscription.created']);
});

test('answers a repeated request with the first answer', async () => {
  const { account, plan, principal, post } = buildTenant();
  const body = { accountId: account.id, planId: plan.planId };
  const [first, second] = [
    await post('/subscriptions', body, { 'idempotency-key': 'k' }),
    await post('/subscriptions', body, { 'idempotency-key': 'k' }),
  ];
  expect(second.body).toEqual(first.body);
  expect((await subscriptions.request('GET', '/subscriptions', { principal })).body.data).toHaveLength(1);
});

test('keeps the version that was asked for, and refuses one that does not exist', async () => {
  const { account, plan, tenantId, post } = buildTenant();
  platform.addPlan(tenantId, { base: { ...fee, amount: '20' } }, { planId: plan.planId, version: 2 });
  expect(
    (await post('/subscriptions', { accountId: account.id, planId: plan.planId, planVersion: 1 })).body.planVersion,
  ).toBe(1);
  expect((await post('/subscriptions', { accountId: account.id, planId: plan.planId })).body.planVersion).toBe(2);
  expect(await post('/subscriptions', { accountId: account.id, planId: plan.planId, planVersion: 9 })).toMatchObject({
    status: 404,
  });
});

test('refuses unknown accounts, other currencies and meters nobody counts', async () => {
  const { account, plan, tenantId, post } = buildTenant();
  expect(await post('/subscriptions', { accountId: newId(), planId: plan.planId })).toMatchObject({
    status: 404,
    body: { code: 'resource.not_found' },
  });
  const dollars = platform.addPlan(tenantId, { base: fee }, { currency: 'USD' });
  expect(await post('/subscriptions', { accountId: account.id, planId: dollars.planId })).toMatchObject({
    status: 422,
    body: { code: 'subscription.currency_differs' },
  });
  const unmetered = platform.addPlan(tenantId, { calls: { model: 'per_unit', unitAmount: '1', meter: 'nothing' } });
  expect(await post('/subscriptions', { accountId: account.id, planId: unmetered.planId })).toMatchObject({
    status: 422,
    body: { code: 'subscription.meter_unknown' },
  });
});

test('an archived plan is sold to nobody, and who has it keeps it', async () => {
  const { account, plan, tenantId, post } = buildTenant();
  const { body: kept } = await post('/subscriptions', { accountId: account.id, planId: plan.planId });
  const other = platform.addPlan(tenantId, { base: fee });
  const { body: elsewhere } = await post('/subscriptions', { accountId: account.id, planId: other.planId });
  platform.addPlan(tenantId, { base: fee }, { ...plan, archived: true });
  const refused = { status: 422, body: { code: 'subscription.plan_archived' } };

  expect(await post('/subscriptions', { accountId: account.id, planId: plan.planId })).toMatchObject(refused);
  expect(await post(`/subscriptions/${elsewhere.id}/change`, { planId: plan.planId, when: 'now' })).toMatchObject(
    refused,
  );
  expect(
    await post(`/subscriptions/${kept.id}/change`, { planId: plan.planId, quantity: 3, when: 'now' }),
  ).toMatchObject({ status: 200 });
});

test('names every mistake of a request with its path', async () => {
  const { post } = buildTenant();
  const response = await post('/subscriptions', {
    accountId: 'x',
    planId: newId(),
    startsOn: '2024-02-30',
    quantity: -1,
    colour: 'red',
  });
  expect(response).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  expect(response.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual([
    '/accountId',
    '/colour',
    '/quantity',
    '/startsOn',
  ]);
});

test('imports in batches with an answer for each, and changes nothing when repeated', async () => {
  const { account, plan, principal, tenantId, post } = buildTenant();
  const other = platform.addAccount(tenantId);
  const [item, unknown] = [
    { accountId: account.id, planId: plan.planId, startsOn: '2024-01-31' },
    { accountId: newId(), planId: plan.planId },
  ];
  const body = { items: [item, unknown, { ...item, accountId: other.id }, item], unlessSubscribed: true };
  const first = await post('/subscriptions/batch', body);
  expect(first.body.items.map((answer: { status: string }) => answer.status)).toEqual([
    'created',
    'refused',
    'created',
    'existing',
  ]);
  expect(first.body.items[1].error.code).toBe('resource.not_found');
  const again = await Promise.all([post('/subscriptions/batch', body), post('/subscriptions/batch', body)]);
  for (const answer of again)
    expect(answer.body.items.map(({ status }: { status: string }) => status)).toEqual([
      'existing',
      'refused',
      'existing',
      'existing',
    ]);
  expect(
    (await subscriptions.request('GET', `/subscriptions?accountId=${account.id}`, { principal })).body.data,
  ).toHaveLength(1);
  expect((await post('/subscriptions/batch', { items: [item] })).body.items).toMatchObject([{ status: 'created' }]);
});

test('pages through subscriptions, newest first, by account and status', async () => {
  const { account, plan, principal, post } = buildTenant();
  const ids: string[] = [];
  for (let index = 0; index < 3; index += 1)
    ids.push((await post('/subscriptions', { accountId: account.id, planId: plan.planId })).body.id);
  await post(`/subscriptions/${ids[0]}/cancel`, { when: 'now' });
  const active = await subscriptions.request('GET', '/subscriptions?status=active&limit=1', { principal });
  expect(active.body.data).toHaveLength(1);
  const rest = await subscriptions.request(
    'GET',
    `/subscriptions?status=active&limit=5&cursor=${active.body.nextCursor}`,
    { principal },
  );
  expect([...active.body.data, ...rest.body.data].map((row: { id: string }) => row.id).sort()).toEqual(
    ids.slice(1).sort(),
  );
  expect((await subscriptions.request('GET', `/subscriptions?accountId=${newId()}`, { principal })).body.data).toEqual(
    [],
  );
});

test('a change belongs to its day, keeps the anchor and replaces what was planned', async () => {
  const { account, plan, tenantId, post } = buildTenant();
  const large = platform.addPlan(tenantId, { base: { ...fee, amount: '20' } });
  const { body } = await post('/subscriptions', {
    accountId: account.id,
    planId: plan.planId,
    startsOn: '2024-01-31',
    quantity: 2,
  });
  const later = await post(`/subscriptions/${body.id}/change`, { planId: large.planId, when: 'period_end' });
  expect(later.body).toMatchObject({
    planId: plan.planId,
    version: 2,
    phases: [{ to: '2024-04-30' }, { from: '2024-04-30', quantity: 2, planId: large.planId }],
  });
  const now = await post(
    `/subscriptions/${body.id}/change`,
    { planId: large.planId, quantity: 5, when: 'now' },
    { 'if-match': '"2"' },
  );
  expect(now.body).toMatchObject({
    planId: large.planId,
    quantity: 5,
    startsOn: '2024-01-31',
    phases: [
      { from: '2024-01-31', to: '2024-04-11' },
      { from: '2024-04-11', to: null },
    ],
  });
  expect(
    await post(`/subscriptions/${body.id}/change`, { planId: large.planId, when: 'now' }, { 'if-match': '"2"' }),
  ).toMatchObject({ status: 412 });
  const yearly = platform.addPlan(tenantId, { base: fee }, { period: { unit: 'year', count: 1 } });
  expect(await post(`/subscriptions/${body.id}/change`, { planId: yearly.planId, when: 'now' })).toMatchObject({
    status: 422,
    body: { code: 'subscription.period_differs' },
  });
});

test('a change on the first day replaces the first phase', async () => {
  const { account, plan, tenantId, post } = buildTenant();
  const large = platform.addPlan(tenantId, { base: { ...fee, amount: '20' } });
  const { body } = await post('/subscriptions', { accountId: account.id, planId: plan.planId });
  const changed = await post(`/subscriptions/${body.id}/change`, { planId: large.planId, when: 'now' });
  expect(changed.body.phases).toMatchObject([{ planId: large.planId, from: '2024-04-11', to: null }]);
});

test('a cancellation consumes its day, says so once, and a second one only brings the end forward', async () => {
  const { account, plan, post } = buildTenant();
  const { body } = await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-01-31' });
  await subscriptions.takeEvents();
  expect((await post(`/subscriptions/${body.id}/cancel`, { when: 'period_end' })).body).toMatchObject({
    status: 'canceled',
    endsOn: '2024-04-30',
  });
  expect((await post(`/subscriptions/${body.id}/cancel`, { when: 'now' })).body).toMatchObject({
    endsOn: '2024-04-12',
    endsAt: '2024-04-11T22:00:00.000Z',
    version: 3,
  });
  expect((await post(`/subscriptions/${body.id}/cancel`, { when: 'period_end' })).body).toMatchObject({
    endsOn: '2024-04-12',
    version: 3,
  });
  const events = await subscriptions.takeEvents();
  expect(events.filter((event) => event.type === 'subscription.canceled')).toHaveLength(2);
  expect(await post(`/subscriptions/${body.id}/change`, { planId: plan.planId, when: 'now' })).toMatchObject({
    status: 409,
    body: { code: 'subscription.canceled' },
  });
});

test('a subscription that is canceled before it began is never billed', async () => {
  const { account, plan, post } = buildTenant();
  const { body } = await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-06-01' });
  expect((await post(`/subscriptions/${body.id}/cancel`, { when: 'now' })).body).toMatchObject({
    endsOn: '2024-06-01',
    nextBillingAt: null,
  });
});

test("answers 404 for another tenant's subscription on every operation", async () => {
  const [owner, stranger] = [buildTenant(), buildTenant()];
  const { body } = await owner.post('/subscriptions', { accountId: owner.account.id, planId: owner.plan.planId });
  expect(
    (await subscriptions.request('GET', `/subscriptions/${body.id}`, { principal: stranger.principal })).status,
  ).toBe(404);
  expect(
    (await stranger.post(`/subscriptions/${body.id}/change`, { planId: stranger.plan.planId, when: 'now' })).status,
  ).toBe(404);
  expect((await stranger.post(`/subscriptions/${body.id}/cancel`, { when: 'now' })).status).toBe(404);
  expect(
    (await stranger.post('/subscriptions', { accountId: owner.account.id, planId: stranger.plan.planId })).status,
  ).toBe(404);
  expect(
    (await stranger.post('/subscriptions', { accountId: stranger.account.id, planId: owner.plan.planId })).status,
  ).toBe(404);
  expect((await subscriptions.request('GET', '/subscriptions', { principal: stranger.principal })).body.data).toEqual(
    [],
  );
});

test('needs the permission to write', async () => {
  const { tenantId, account, plan } = buildTenant();
  const member = buildPrincipal({ tenant: tenantId, roles: ['org_member'] });
  const response = await subscriptions.request('POST', '/subscriptions', {
    principal: member,
    body: { accountId: account.id, planId: plan.planId },
  });
  expect(response).toMatchObject({ status: 403, body: { code: 'auth.permission_denied' } });
});
