import type { PriceModel } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());
beforeEach(() => {
  clock.time = new Date('2024-06-15T12:00:00Z');
  platform.quantityCallsLeft = Number.POSITIVE_INFINITY;
});

const models: Readonly<Record<string, PriceModel>> = {
  base: { model: 'flat', amount: '30', timing: 'advance' },
  calls: {
    model: 'graduated',
    meter: 'api_call',
    tiers: [
      { upTo: '100', unitAmount: '0.10' },
      { upTo: null, unitAmount: '0.05' },
    ],
  },
};

function buildTenant() {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const post = (path: string, body: unknown = {}) => subscriptions.request('POST', path, { principal, body });
  const get = (path: string) => subscriptions.request('GET', path, { principal });
  return {
    principal,
    tenantId,
    post,
    get,
    run: async (until?: string) => (await post('/invoices/runs', until === undefined ? {} : { until })).body,
    /** Every invoice with its lines, oldest number first. */
    read: async () => {
      const { data } = (await get('/invoices?limit=200')).body;
      const whole = await Promise.all(data.map(async ({ id }: { id: string }) => (await get(`/invoices/${id}`)).body));
      return whole.sort((a, b) => (a.number < b.number ? -1 : 1));
    },
    subscribe: async (account: { id: string }, plan: { planId: string }, startsOn: string, more = {}) =>
      (await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn, ...more })).body,
  };
}

type Tenant = ReturnType<typeof buildTenant>;

async function subscribeMany({ tenantId, post }: Tenant, count: number, startsOn: string): Promise<void> {
  const plan = platform.addPlan(tenantId, models);
  for (let done = 0; done < count; done += 500) {
    const items = Array.from({ length: Math.min(500, count - done) }, () => ({
      accountId: platform.addAccount(tenantId).id,
      planId: plan.planId,
      startsOn,
    }));
    await post('/subscriptions/batch', { items });
  }
}

test('bills what fell due: fees in advance, usage in arrears, one invoice for each billing date', async () => {
  const tenant = buildTenant();
  const account = platform.addAccount(tenant.tenantId);
  const plan = platform.addPlan(tenant.tenantId, models);
  const { id } = await tenant.subscribe(account, plan, '2024-01-31');
  // The last millisecond of the first period, and the first of the second one.
  platform.meter(tenant.tenantId, account.id, 'api_call', '2024-02-28T22:59:59.999Z', 150);
  platform.meter(tenant.tenantId, account.id, 'api_call', '2024-02-28T23:00:00.000Z', 10);
  await subscriptions.takeEvents();
  expect(await tenant.run('2024-04-01T00:00:00Z')).toMatchObject({
    subscriptions: 1,
    invoices: 3,
    skipped: 0,
    failed: 0,
    amounts: [{ currency: 'EUR', totalMinor: '10350' }],
  });
  const invoices = await tenant.read();
  expect(invoices.map(({ number, billedAt, totalMinor, status }) => [number, billedAt, totalMinor, status])).toEqual([
    ['INV-000001', '2024-01-30T23:00:00.000Z', '3000', 'finalized'],
    ['INV-000002', '2024-02-28T23:00:00.000Z', '4250', 'finalized'],
    ['INV-000003', '2024-03-30T23:00:00.000Z', '3100', 'finalized'],
  ]);
  expect(invoices[1].lines[0]).toMatchObject({
    kind: 'usage',
    meter: 'api_call',
    quantityRaw: '150',
    quantityBilled: '150',
    amount: '12.5',
    amountMinor: '1250',
    planVersion: 1,
    periodStart: '2024-01-30T23:00:00.000Z',
    periodEnd: '2024-02-28T23:00:00.000Z',
    detail: { tiers: [{ quantity: '100' }, { quantity: '50' }] },
  });
  expect(invoices[1].lines[0].key).toMatch(new RegExp(`^${id}/[0-9a-f-]{36}/calls/1/0/usage/0$`));
  const events = await subscriptions.takeEvents();
  expect(events.filter((event) => event.type === 'invoice.finalized')).toHaveLength(3);
  expect(events.filter((event) => event.type === 'audit.recorded')).toHaveLength(3);
});

test('running again changes nothing', async () => {
  const tenant = buildTenant();
  await subscribeMany(tenant, 20, '2024-03-31');
  const first = await tenant.run();
  const before = await tenant.read();
  expect(first).toMatchObject({ subscriptions: 20, invoices: 60 });
  expect(await tenant.run()).toMatchObject({ subscriptions: 0, invoices: 0, amounts: [] });
  expect(await tenant.read()).toEqual(before);
});

test('a run that breaks off is completed by the next one, with the same invoices and no gap', async () => {
  const tenant = buildTenant();
  await subscribeMany(tenant, 1100, '2024-05-10');
  platform.quantityCallsLeft = 2;
  expect(await tenant.post('/invoices/runs', {})).toMatchObject({ status: 500 });
  platform.quantityCallsLeft = Number.POSITIVE_INFINITY;
  const half = await countInvoices(tenant);
  expect(half.count).toBeGreaterThan(0);
  expect(half.count).toBeLessThan(2200);
  expect(half.last).toBe(half.count);
  await tenant.run();
  expect(await countInvoices(tenant)).toEqual({ count: 2200, last: 2200, billings: 2200 });
});

test('two runs at once bill everything once, numbered without gaps', async () => {
  const tenant = buildTenant();
  await subscribeMany(tenant, 1200, '2024-05-10');
  const runs = await Promise.all([tenant.run(), tenant.run()]);
  expect(runs[0].invoices + runs[1].invoices).toBe(2400);
  expect(await countInvoices(tenant)).toEqual({ count: 2400, last: 2400, billings: 2400 });
});

async function countInvoices({ tenantId }: Tenant): Promise<{ count: number; last: number; billings: number }> {
  return subscriptions.database.transaction(tenantId, async (transaction) => {
    const row = await transaction.findRow<{ count: number; last: number; billings: number }>(
      `SELECT count(*)::int AS count, max(number)::int AS last, count(DISTINCT (subscription_id, billed_at))::int AS billings FROM subscription.invoices`,
    );
    return row!;
  });
}

test('a change within a period is settled by days, and usage is divided at its midnight', async () => {
  const tenant = buildTenant();
  const account = platform.addAccount(tenant.tenantId);
  const small = platform.addPlan(tenant.tenantId, models);
  const large = platform.addPlan(tenant.tenantId, {
    base: { model: 'flat', amount: '60', timing: 'advance' },
    calls: { model: 'per_unit', meter: 'api_call', unitAmount: '1' },
  });
  const { id } = await tenant.subscribe(account, small, '2024-06-01');
  await tenant.run();
  expect((await tenant.post(`/subscriptions/${id}/change`, { planId: large.planId, when: 'now' })).status).toBe(200);
  platform.meter(tenant.tenantId, account.id, 'api_call', '2024-06-14T21:59:59Z', 10);
  platform.meter(tenant.tenantId, account.id, 'api_call', '2024-06-14T22:00:00Z', 10);
  clock.time = new Date('2024-07-01T00:00:00Z');
  await tenant.run();
  const [first, second] = await tenant.read();
  expect(first.totalMinor).toBe('3000');
  expect(second.lines.map((line: { kind: string; amountMinor: string }) => [line.kind, line.amountMinor])).toEqual([
    ['usage', '100'],
    ['usage', '1000'],
    ['adjustment', '-1600'],
    ['recurring', '3200'],
    ['recurring', '6000'],
  ]);
  // 14 of 30 days of the one, 16 of 30 of the other.
  expect(Number(first.totalMinor) - 1600 + 3200).toBe(1400 + 3200);
  expect(second.totalMinor).toBe('8700');
  clock.time = new Date('2024-08-01T00:00:00Z');
  expect(await tenant.run()).toMatchObject({ invoices: 1, amounts: [{ totalMinor: '6000' }] });
});

test('a canceled subscription gets a last invoice by its days, then none', async () => {
  const tenant = buildTenant();
  const plan = platform.addPlan(tenant.tenantId, models);
  const { id } = await tenant.subscribe(platform.addAccount(tenant.tenantId), plan, '2024-06-01');
  await tenant.run();
  await tenant.post(`/subscriptions/${id}/cancel`, { when: 'now' });
  expect(await tenant.run()).toMatchObject({ invoices: 0 });
  clock.time = new Date('2024-06-15T22:00:00Z');
  expect(await tenant.run()).toMatchObject({ invoices: 1, amounts: [{ currency: 'EUR', totalMinor: '-1500' }] });
  clock.time = new Date('2025-06-15T22:00:00Z');
  expect(await tenant.run()).toMatchObject({ invoices: 0 });
});

test('a period without usage still gets its invoice, with lines of zero', async () => {
  const tenant = buildTenant();
  const plan = platform.addPlan(tenant.tenantId, { calls: models['calls']! });
  await tenant.subscribe(platform.addAccount(tenant.tenantId), plan, '2024-05-01');
  await tenant.run();
  const invoices = await tenant.read();
  expect(invoices).toMatchObject([{ totalMinor: '0', lines: [{ quantityRaw: '0', amountMinor: '0' }] }]);
});

test('bills currencies without and with three decimals in their own smallest unit', async () => {
  const tenant = buildTenant();
  for (const currency of ['JPY', 'KWD']) {
    const plan = platform.addPlan(
      tenant.tenantId,
      { base: { model: 'flat', amount: '10.0005', timing: 'advance' } },
      { currency },
    );
    await tenant.subscribe(
      platform.addAccount(tenant.tenantId, { currency, timeZone: 'Asia/Tokyo' }),
      plan,
      '2024-06-01',
    );
  }
  expect((await tenant.run()).amounts).toEqual([
    { currency: 'JPY', totalMinor: '10' },
    { currency: 'KWD', totalMinor: '10001' },
  ]);
});

test('catches up with years of missed periods, each on its own boundary', async () => {
  const tenant = buildTenant();
  const plan = platform.addPlan(tenant.tenantId, { base: { model: 'flat', amount: '31', timing: 'arrears' } });
  await tenant.subscribe(platform.addAccount(tenant.tenantId), plan, '2023-10-31');
  expect(await tenant.run()).toMatchObject({ subscriptions: 1, invoices: 7 });
  const starts = (await tenant.read()).map(({ lines }) => lines[0].periodStart);
  expect(starts).toEqual([
    '2023-10-30T23:00:00.000Z',
    '2023-11-29T23:00:00.000Z',
    '2023-12-30T23:00:00.000Z',
    '2024-01-30T23:00:00.000Z',
    '2024-02-28T23:00:00.000Z',
    '2024-03-30T23:00:00.000Z',
    '2024-04-29T22:00:00.000Z',
  ]);
});

test('does not bill what has not ended, and refuses to look ahead', async () => {
  const tenant = buildTenant();
  const plan = platform.addPlan(tenant.tenantId, { base: { model: 'flat', amount: '31', timing: 'arrears' } });
  await tenant.subscribe(platform.addAccount(tenant.tenantId), plan, '2024-05-01');
  expect(await tenant.run('2024-05-31T21:59:59Z')).toMatchObject({ invoices: 0 });
  expect(await tenant.run('2024-05-31T22:00:00Z')).toMatchObject({ invoices: 1 });
  const ahead = await tenant.post('/invoices/runs', { until: '2024-06-15T12:00:01Z' });
  expect(ahead).toMatchObject({ status: 400, body: { errors: [{ path: '/until' }] } });
});

test('one subscription that cannot be rated does not stop the others', async () => {
  const tenant = buildTenant();
  const [plan, broken] = [
    platform.addPlan(tenant.tenantId, models),
    platform.addPlan(tenant.tenantId, { seats: { model: 'package', packageSize: '0', packageAmount: '1' } }),
  ];
  await tenant.subscribe(platform.addAccount(tenant.tenantId), broken, '2024-06-01');
  await tenant.subscribe(platform.addAccount(tenant.tenantId), plan, '2024-06-01');
  expect(await tenant.run()).toMatchObject({ subscriptions: 1, invoices: 1, failed: 1 });
});

test('the hourly job runs every active tenant as the service itself, and none of the others', async () => {
  const [active, suspended] = [buildTenant(), buildTenant()];
  for (const tenant of [active, suspended]) await subscribeMany(tenant, 1, '2024-06-01');
  platform.tenants.push(active.tenantId);
  await subscriptions.takeEvents();
  const job = subscriptions.instance.jobs![0]!;
  expect(job).toMatchObject({ name: 'subscription.invoice-run', schedule: '0 * * * *' });
  await job.run({});
  expect((await active.read()).length).toBe(1);
  expect((await suspended.read()).length).toBe(0);
  const audits = (await subscriptions.takeEvents()).filter((event) => event.type === 'audit.recorded');
  expect(audits).toMatchObject([
    { tenant: active.tenantId, data: { action: 'invoice.finalized', actor: { kind: 'service', id: 'subscription' } } },
  ]);
});

test('needs the permission to write invoices, and sees no other tenant', async () => {
  const [owner, stranger] = [buildTenant(), buildTenant()];
  await subscribeMany(owner, 2, '2024-06-01');
  const member = buildPrincipal({ tenant: owner.tenantId, roles: ['org_member'] });
  expect((await subscriptions.request('POST', '/invoices/runs', { principal: member, body: {} })).status).toBe(403);
  expect(await stranger.run()).toMatchObject({ subscriptions: 0, invoices: 0 });
  expect(
    (await stranger.post('/invoices/runs', { until: newId(), colour: 'red' })).body.errors.map(
      (fault: { path: string }) => fault.path,
    ),
  ).toEqual(['/until', '/colour']);
});
