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
beforeEach(() => {
  clock.time = new Date('2024-04-10T12:00:00Z');
});

type Tenant = ReturnType<typeof buildTenant>;
interface Line {
  readonly kind: string;
  readonly priceKey: string;
  readonly amountMinor: string;
}

const shape = (lines: readonly Line[]) => lines.map(({ kind, priceKey, amountMinor }) => [kind, priceKey, amountMinor]);
const previewed = (invoices: readonly { lines: Line[] }[]) => invoices.map(({ lines }) => shape(lines));

/** What a tenant's database holds of subscriptions, invoices and events that are to be sent. */
async function countRows({ tenantId }: Tenant): Promise<object> {
  return subscriptions.database.transaction(tenantId, async (transaction) => {
    const row = await transaction.findRow<object>(
      `SELECT (SELECT count(*)::int FROM subscription.subscriptions) AS subscriptions,
         (SELECT json_agg(p ORDER BY id) FROM subscription.phases p) AS phases,
         (SELECT count(*)::int FROM subscription.plan_versions) AS plans, (SELECT count(*)::int FROM subscription.trials) AS trials,
         (SELECT count(*)::int FROM subscription.invoices) AS invoices`,
    );
    return row!;
  });
}

async function assertSameAsRun(tenant: Tenant, id: string, change: { action: string } & object, path: string) {
  const { action: _action, ...body } = change;
  const preview = await tenant.post(`/subscriptions/${id}/preview`, change);
  expect(preview.status).toBe(200);
  expect((await tenant.post(`/subscriptions/${id}${path}`, body)).status).toBe(200);
  const before = (await tenant.listLines()).length;
  clock.time = new Date('2024-05-01T12:00:00Z');
  await tenant.run();
  const written = (await tenant.listLines()).slice(before);
  expect(written.map((lines) => lines.map(([kind, key, , amount]) => [kind, key, amount]))).toEqual(
    previewed(preview.body.invoices),
  );
  return preview;
}

test('a change is previewed with exactly what the next run writes, and with what it would write anyway', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const small = platform.addPlan(tenant.tenantId, {
    base: fee('30'),
    calls: { model: 'per_unit', unitAmount: '1', meter: 'api_call' },
  });
  const large = platform.addPlan(tenant.tenantId, { base: fee('60') });
  const { body } = await tenant.subscribe(small, { startsOn: '2024-04-01' });
  await tenant.run();
  platform.meter(tenant.tenantId, tenant.account.id, 'api_call', '2024-04-05T12:00:00Z', 4);
  const change = { action: 'change', planId: large.planId, on: '2024-04-11' };
  const preview = await assertSameAsRun(tenant, body.id, change, '/change');
  expect(previewed(preview.body.invoices)).toEqual([
    [
      ['usage', 'calls', '400'],
      ['adjustment', 'base', '-2000'],
      ['recurring', 'base', '4000'],
      ['recurring', 'base', '6000'],
    ],
  ]);
  expect(previewed(preview.body.without)).toEqual([
    [
      ['usage', 'calls', '400'],
      ['recurring', 'base', '3000'],
    ],
  ]);
  expect(preview.body.differenceMinor).toBe('5000');
});

test.each([
  [{ action: 'pause', on: '2024-04-16' }, '/pause'],
  [{ action: 'cancel', when: 'now' }, '/cancel'],
  [{ action: 'change', quantity: 9, when: 'now' }, '/change'],
])('previews %j as it comes', async (change, path) => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, {
    base: fee('30'),
    seats: { model: 'per_unit', unitAmount: '7' },
  });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-04-01', quantity: 3 });
  await tenant.run();
  await assertSameAsRun(tenant, body.id, change, path);
});

test('a preview writes nothing', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') });
  const addOn = platform.addPlan(tenant.tenantId, { extra: fee('5') }, { kind: 'add_on', phases: [trial, evergreen] });
  const tried = platform.addPlan(tenant.tenantId, { base: fee('30') }, { phases: [trial, evergreen] });
  const { body } = await tenant.subscribe(plan);
  await subscriptions.takeEvents();
  const before = await countRows(tenant);
  const added = await tenant.post(`/subscriptions/${body.id}/preview`, { action: 'add_add_on', planId: addOn.planId });
  expect(added.body.subscription.addOns).toHaveLength(1);
  const sold = await tenant.post('/subscriptions/preview', { accountId: tenant.account.id, planId: tried.planId });
  expect(sold.body).toMatchObject({ subscription: { state: 'trialing' }, without: [] });
  expect(previewed(sold.body.invoices)).toEqual([[['recurring', 'base', '3000']]]);
  expect(await countRows(tenant)).toEqual(before);
  expect(await subscriptions.takeEvents()).toEqual([]);
});

test('a preview refuses what the change would be refused', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-02-01' });
  await tenant.run();
  const path = `/subscriptions/${body.id}/preview`;
  expect(await tenant.post(path, { action: 'cancel', on: '2024-03-01' })).toMatchObject({
    status: 422,
    body: { code: 'subscription.billed_already' },
  });
  expect(await tenant.post(path, { action: 'resume', when: 'now' })).toMatchObject({ status: 409 });
  expect(await tenant.post(path, { action: 'fly' })).toMatchObject({ status: 400 });
  const stranger = buildTenant(subscriptions, platform);
  expect((await stranger.post(path, { action: 'cancel' })).status).toBe(404);
});

const money = (invoices: readonly Record<string, unknown>[]) =>
  invoices.map(({ subtotalMinor, discountMinor, taxMinor, taxes, totalMinor, creditsMinor, dueMinor }) => ({
    subtotalMinor,
    discountMinor,
    taxMinor,
    taxes,
    totalMinor,
    creditsMinor,
    dueMinor,
  }));

async function setUpTax(tenant: Tenant): Promise<void> {
  const put = (path: string, body: object) =>
    subscriptions.request('PUT', path, { principal: tenant.principal, body, headers: {} });
  const address = { line1: 'Weg 1', city: 'Berlin', country: 'DE' };
  expect((await put(`/legal-entities/${tenant.tenantId}`, { key: 'default', name: 'S', address })).status).toBe(200);
  const rate = { category: 'standard', percent: '19', label: 'USt.', country: 'DE' };
  expect((await tenant.post('/tax-rates', rate)).status).toBe(201);
}

async function redeem(tenant: Tenant, id: string, discount: Parameters<FakePlatform['addCoupon']>[1], changes = {}) {
  const { code } = platform.addCoupon(tenant.tenantId, discount, changes);
  expect((await tenant.post(`/subscriptions/${id}/coupons`, { code })).status).toBe(201);
}

async function grant(tenant: Tenant, amountMinor: string, more: object = {}): Promise<void> {
  const source = { type: 'promotion', amountMinor };
  const body = { accountId: tenant.account.id, source, reason: 'as agreed', ...more };
  expect((await tenant.post('/credits/grants', body)).status).toBe(201);
}

test('what is previewed with coupons, tax, charges and prepaid credit is what the run makes, to the cent', async () => {
  const tenant = buildTenant(subscriptions, platform);
  await setUpTax(tenant);
  const calls = { model: 'per_unit', unitAmount: '1', meter: 'api_call' } as const;
  const small = platform.addPlan(tenant.tenantId, { base: fee('30'), calls }, { maximumSpend: '70' });
  const large = platform.addPlan(tenant.tenantId, { base: fee('60') });
  const { body } = await tenant.subscribe(small, { startsOn: '2024-04-01' });
  await redeem(tenant, body.id, { kind: 'percent', percent: '10' }, { periods: 2, plans: [small.planKey] });
  await redeem(tenant, body.id, { kind: 'amount', amount: '7.77', currency: 'EUR' });
  await tenant.run();
  platform.meter(tenant.tenantId, tenant.account.id, 'api_call', '2024-04-05T12:00:00Z', 81);
  await grant(tenant, '2500');
  // Is over before the invoice comes.
  await grant(tenant, '50000', { expiresAt: '2024-04-20T00:00:00Z' });
  const charge = { accountId: tenant.account.id, currency: 'EUR', description: 'Set-up', unitAmount: '11.11' };
  expect((await tenant.post('/invoices/charges', { ...charge, quantity: '1', when: 'next_invoice' })).status).toBe(201);
  const change = { action: 'change', planId: large.planId, on: '2024-04-11' };
  const { body: preview } = await tenant.post(`/subscriptions/${body.id}/preview`, change);
  expect(await tenant.post(`/subscriptions/${body.id}/preview`, change)).toMatchObject({
    body: { invoices: preview.invoices },
  });
  expect(
    (await tenant.post(`/subscriptions/${body.id}/change`, { planId: large.planId, on: '2024-04-11' })).status,
  ).toBe(200);
  clock.time = new Date('2024-05-01T03:00:00Z');
  await tenant.run();
  const { data } = (await tenant.get('/invoices?limit=50')).body;
  const { body: made } = await tenant.get(`/invoices/${data[0].id}`);
  expect(money(preview.invoices)).toEqual(money([made]));
  const amounts = (lines: readonly Record<string, unknown>[]) =>
    lines.map(({ kind, priceKey, amountMinor, discountMinor, taxMinor }) => [
      kind,
      priceKey,
      amountMinor,
      discountMinor,
      taxMinor,
    ]);
  expect(amounts(preview.invoices[0].lines)).toEqual(amounts(made.lines));
  expect(made.lines.map(({ kind }: Line) => kind)).toContain('maximum');
  expect(made).toMatchObject({ creditsMinor: '2500', status: 'finalized' });
  expect(BigInt(made.discountMinor) > 0n && BigInt(made.taxMinor) > 0n && BigInt(made.dueMinor) > 0n).toBe(true);
  expect(preview.without[0].creditsMinor).toBe('2500');
  expect(BigInt(preview.differenceMinor)).toBe(BigInt(made.totalMinor) - BigInt(preview.without[0].totalMinor));
});

test('a preview uses up neither numbers nor coupons, credit and charges', async () => {
  const tenant = buildTenant(subscriptions, platform);
  const plan = platform.addPlan(tenant.tenantId, { base: fee('30') });
  const { body } = await tenant.subscribe(plan, { startsOn: '2024-04-01' });
  await redeem(tenant, body.id, { kind: 'percent', percent: '50' }, { periods: 1 });
  await grant(tenant, '1000');
  await subscriptions.takeEvents();
  const { body: preview } = await tenant.post(`/subscriptions/${body.id}/preview`, {
    action: 'cancel',
    when: 'period_end',
  });
  expect(money(preview.invoices)).toMatchObject([{ totalMinor: '1500', creditsMinor: '1000', dueMinor: '500' }]);
  expect(await subscriptions.takeEvents()).toEqual([]);
  const { body: balance } = await tenant.get(`/credits/balance?accountId=${tenant.account.id}`);
  expect(balance.data).toMatchObject([{ availableMinor: '1000' }]);
  await tenant.run();
  const { data } = (await tenant.get('/invoices')).body;
  expect(data).toMatchObject([{ number: 'INV-000001', totalMinor: '1500', creditsMinor: '1000' }]);
});
