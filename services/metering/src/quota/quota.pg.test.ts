import { newId, type Clock } from '@plinth/common';
import type { ContractFunctions, meteringContract, Principal, QuotaGrant } from '@plinth/contracts';
import { buildPrincipal, eventually, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

type Tenant = Principal & { readonly tenant: string };

let now = new Date('2026-03-10T12:00:00Z');
// It ticks, so that ids have an order.
const clock: Clock = { now: () => (now = new Date(now.getTime() + 1)) };
const accounts = new Map<string, { key: string; timeZone: string }>();
let metering: ServiceUnderTest;
let contract: ContractFunctions<typeof meteringContract>;
beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    clock,
    contracts: {
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
      account: {
        resolveAccounts: async ({ keys }: { keys: string[] }) =>
          keys.flatMap((key) =>
            [...accounts]
              .filter(([id, { key: own }]) => own === key || id === key)
              .map(([accountId]) => ({ key, accountId })),
          ),
        listAccountsByIds: async ({ ids }: { ids: string[] }) =>
          ids.flatMap((id) => (accounts.has(id) ? [{ id, ...accounts.get(id) }] : [])),
      },
    },
  });
  contract = metering.instance.contract as ContractFunctions<typeof meteringContract>;
});
afterAll(() => metering.stop());

async function createTenant(): Promise<Tenant> {
  now = new Date('2026-03-10T12:00:00Z');
  const principal = buildPrincipal();
  for (const key of ['calls', 'mails']) {
    const body = { key, name: key, eventType: key, aggregation: 'sum', valueProperty: 'quantity' };
    expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  }
  await metering.takeEvents();
  return principal as Tenant;
}

function createAccount(timeZone = 'Europe/Berlin'): string {
  const id = newId();
  accounts.set(id, { key: `account-${id}`, timeZone });
  return id;
}

async function createQuota(principal: Tenant, body: object): Promise<{ id: string }> {
  const answer = await metering.request('POST', '/metering/quotas', {
    principal,
    body: { meter: 'calls', limit: '1000', reset: 'month', ...body },
    headers: { 'idempotency-key': newId() },
  });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
}

async function use(principal: Tenant, subject: string, quantity: string | number, changes: object = {}): Promise<void> {
  const body = {
    specversion: '1.0',
    id: newId(),
    source: 'urn:test',
    type: 'calls',
    subject,
    time: clock.now().toISOString(),
    data: { quantity },
    ...changes,
  };
  const headers = { 'content-type': 'application/cloudevents+json' };
  expect((await metering.request('POST', '/usage/events', { principal, body, headers })).body.accepted).toBe(1);
}

async function alerts(principal: Tenant, id: string): Promise<Record<string, unknown>[]> {
  return (await metering.request('GET', `/metering/quotas/${id}/alerts`, { principal })).body.data;
}

async function states(principal: Tenant, accountId: string): Promise<Record<string, unknown>[]> {
  return (await metering.request('GET', `/usage/quotas?accountId=${accountId}`, { principal })).body.data;
}

const settled = (): Promise<true> =>
  eventually(async () => {
    const left = await metering.database.platformTransaction((transaction) =>
      transaction.rows('SELECT FROM metering.quota_touches'),
    );
    return left.length === 0 ? true : undefined;
  }, 15_000);

const grant = (changes: Partial<QuotaGrant> = {}): QuotaGrant => ({
  feature: 'api',
  meter: 'calls',
  limit: '100',
  reset: 'period',
  anchor: '2026-01-31',
  period: { unit: 'month', count: 1 },
  rollOver: null,
  overage: 'deny',
  alertsAt: [80, 100],
  ...changes,
});

test('raises each percentage once in a window, durably and with an event', async () => {
  const principal = await createTenant();
  const accountId = createAccount();
  const { id } = await createQuota(principal, { accountId, overage: 'deny' });
  await use(principal, accountId, '799.5');
  await settled();
  expect(await alerts(principal, id)).toEqual([]);
  await use(principal, accountId, '0.5');
  await settled();
  await use(principal, accountId, 100);
  await settled();
  expect(await alerts(principal, id)).toMatchObject([{ threshold: 80, used: '800', limit: '1000', percent: '80' }]);
  await use(principal, accountId, 500);
  await settled();
  expect((await alerts(principal, id)).map(({ threshold }) => threshold)).toEqual([null, 100, 80]);

  const events = (await metering.takeEvents()).filter(({ type }) => type.startsWith('usage.'));
  expect(events.map(({ type, tenant, data }) => ({ type, tenant, ...(data as object) }))).toMatchObject([
    {
      type: 'usage.threshold_reached',
      tenant: principal.tenant,
      quotaId: id,
      accountId,
      meter: 'calls',
      threshold: 80,
    },
    { type: 'usage.threshold_reached', threshold: 100, used: '1400', limit: '1000', percent: '140' },
    {
      type: 'usage.quota_exceeded',
      window: { start: '2026-02-28T23:00:00.000Z', end: '2026-03-31T22:00:00.000Z' },
    },
  ]);

  // The next month of the account, and again.
  now = new Date('2026-03-31T22:00:00Z');
  await use(principal, accountId, 800);
  await settled();
  expect((await alerts(principal, id)).map(({ threshold }) => threshold)).toEqual([80, null, 100, 80]);
}, 60_000);

test('finds usage that came before the quota, and looks again after a crash between usage and comparison', async () => {
  const principal = await createTenant();
  const accountId = createAccount();
  await use(principal, accountId, 90);
  const { id } = await createQuota(principal, { accountId, limit: '100' });
  await settled();
  expect((await alerts(principal, id)).map(({ threshold }) => threshold)).toEqual([80]);
  // A process took the touch and ended: the touch is there, due a while later.
  await metering.database.transaction(principal.tenant, async (transaction) => {
    await transaction.execute(
      `INSERT INTO metering.quota_touches (tenant_id, account_id, meter_id, due_at)
       SELECT $1, $2, meter_id, now() + interval '1 hour' FROM metering.quotas WHERE id = $3`,
      [principal.tenant, accountId, id],
    );
  });
  await use(principal, accountId, 10);
  await metering.database.transaction(principal.tenant, (transaction) =>
    transaction.execute('UPDATE metering.quota_touches SET due_at = now()'),
  );
  await settled();
  expect((await alerts(principal, id)).map(({ threshold }) => threshold)).toEqual([100, 80]);
}, 60_000);

test('a quota for all accounts holds for each by itself, and not where an account has its own', async () => {
  const principal = await createTenant();
  const [first, second, third] = [createAccount(), createAccount(), createAccount()];
  const { id } = await createQuota(principal, { limit: '10', overage: 'deny' });
  const own = await createQuota(principal, { accountId: third, limit: '1000' });
  for (const [accountId, quantity] of [
    [first, 9],
    [second, 3],
    [third, 900],
  ] as const)
    await use(principal, accountId, quantity);
  await settled();
  expect(await alerts(principal, id)).toMatchObject([{ accountId: first, threshold: 80, percent: '90' }]);
  expect(await alerts(principal, own.id)).toMatchObject([{ accountId: third, threshold: 80 }]);
  expect(await states(principal, second)).toMatchObject([
    { used: '3', limit: '10', remaining: '7', allowed: true, quota: { id, accountId: null } },
  ]);
  const { body } = await metering.request('GET', `/metering/quotas?accountId=${first}`, { principal });
  expect(body.data.map((quota: { id: string }) => quota.id)).toEqual([id]);
}, 60_000);

test('answers whether more may be used, from the decision of the strictest quota', async () => {
  const principal = await createTenant();
  const accountId = createAccount('UTC');
  const ask = (quantity: string, more: object = { meter: 'calls' }) =>
    contract.checkQuota({ tenantId: principal.tenant, accountId, quantity, ...more });
  expect(await ask('1')).toEqual({
    allowed: true,
    limit: null,
    used: null,
    remaining: null,
    overage: null,
    resetsAt: null,
  });
  await createQuota(principal, { accountId, limit: '100', overage: 'deny', reset: 'day' });
  await createQuota(principal, { accountId, limit: '50', overage: 'allow' });
  await use(principal, accountId, 60);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await ask('40')).toMatchObject({ allowed: true, limit: '50', overage: '10' });
  expect(await ask('40.000000000001')).toEqual({
    allowed: false,
    limit: '100',
    used: '60',
    remaining: '40',
    overage: '0',
    resetsAt: '2026-03-11T00:00:00.000Z',
  });
  // Another tenant that names the same account learns nothing.
  const other = await createTenant();
  expect(await contract.checkQuota({ tenantId: other.tenant, accountId, meter: 'calls' })).toMatchObject({
    limit: null,
  });
  const started = performance.now();
  for (let round = 0; round < 200; round += 1) await ask('1');
  expect((performance.now() - started) / 200).toBeLessThan(5);
});

test('the quotas of plans are replaced as a whole, and those that stay keep their alerts', async () => {
  const principal = await createTenant();
  const { tenant: tenantId } = principal;
  const accountId = createAccount('UTC');
  const byHand = await createQuota(principal, { accountId, limit: '5000' });
  const set = (...quotas: QuotaGrant[]) => contract.setQuotas({ tenantId, accountId, quotas });
  expect(await set(grant(), grant({ feature: 'mail', meter: 'mails' }))).toEqual({ changed: 2 });
  expect(await set(grant({ limit: '100.0' }), grant({ feature: 'mail', meter: 'mails' }))).toEqual({ changed: 0 });
  await use(principal, accountId, 85);
  await settled();
  expect(await set(grant({ limit: '200' }))).toEqual({ changed: 1 + 1 });
  const listed = (await metering.request('GET', `/metering/quotas?accountId=${accountId}`, { principal })).body.data;
  expect(listed).toMatchObject([
    { id: byHand.id, source: 'manual' },
    { feature: 'api', limit: '200', source: 'entitlement', version: 2, anchor: '2026-01-31' },
  ]);
  expect(await alerts(principal, listed[1].id)).toMatchObject([{ threshold: 80, limit: '100' }]);
  expect(await contract.checkQuota({ tenantId, accountId, feature: 'api', quantity: '116' })).toMatchObject({
    allowed: false,
    remaining: '115',
    resetsAt: '2026-03-31T00:00:00.000Z',
  });

  const change = await metering.request('PATCH', `/metering/quotas/${listed[1].id}`, {
    principal,
    body: { limit: '1' },
    headers: { 'if-match': '"2"' },
  });
  expect([change.status, change.body.code]).toEqual([409, 'quota.of_plan']);
  await expect(set(grant({ meter: 'none' }), grant({ anchor: null }))).rejects.toMatchObject({
    faults: [
      { path: '/quotas/0/meter', message: 'is not a meter' },
      { path: '/quotas/1/feature', message: 'is granted twice' },
      { path: '/quotas/1/anchor', message: 'is required' },
    ],
  });
  expect(await set()).toEqual({ changed: 1 });
}, 60_000);

test('what is left rolls over up to a maximum, and late usage takes it back for one closed window', async () => {
  const principal = await createTenant();
  const accountId = createAccount('UTC');
  await createQuota(principal, { accountId, limit: '100', rollOver: '50', overage: 'deny' });
  const limit = async (): Promise<unknown> => (await states(principal, accountId))[0]!['limit'];
  await use(principal, accountId, 80);
  await settled();
  now = new Date('2026-04-10T12:00:00Z');
  expect(await limit()).toBe('120');
  await use(principal, accountId, 15, { time: '2026-03-20T00:00:00Z' });
  expect(await limit()).toBe('105');
  await use(principal, accountId, 30);
  await settled();
  now = new Date('2026-05-10T12:00:00Z');
  expect(await limit()).toBe('150');
  // A month without any look, then one that used more than there was.
  now = new Date('2026-07-10T12:00:00Z');
  expect(await limit()).toBe('150');
  await use(principal, accountId, 170);
  await settled();
  now = new Date('2026-08-10T12:00:00Z');
  expect(await states(principal, accountId)).toMatchObject([{ carried: '0', limit: '100', remaining: '100' }]);
}, 60_000);

test('quotas are changed with their version, deleted with their alerts, and checked as they come', async () => {
  const principal = await createTenant();
  const { id } = await createQuota(principal, { reset: 'never', alertsAt: [100, 50] });
  const patch = (body: object, version: number) =>
    metering.request('PATCH', `/metering/quotas/${id}`, { principal, body, headers: { 'if-match': `"${version}"` } });
  expect((await patch({ limit: '5', overage: 'deny' }, 1)).body).toMatchObject({
    limit: '5',
    version: 2,
    alertsAt: [50, 100],
  });
  expect((await patch({ limit: '6' }, 1)).body.code).toBe('request.version_mismatch');
  expect((await patch({ rollOver: '1' }, 2)).body.errors).toMatchObject([{ path: '/rollOver' }]);
  expect((await metering.request('DELETE', `/metering/quotas/${id}`, { principal })).status).toBe(204);
  expect((await metering.request('GET', `/metering/quotas/${id}/alerts`, { principal })).status).toBe(404);
  const refused = await metering.request('POST', '/metering/quotas', {
    principal,
    body: { meter: 'calls', limit: '-1', reset: 'period', alertsAt: [5, 5] },
    headers: { 'idempotency-key': newId() },
  });
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(['/limit', '/alertsAt']),
  );
  const unknown = await metering.request('POST', '/metering/quotas', {
    principal,
    body: { meter: 'none', limit: '1', reset: 'day' },
    headers: { 'idempotency-key': newId() },
  });
  expect(unknown.body.errors).toMatchObject([{ path: '/meter', message: 'is not a meter' }]);
  const audited = (await metering.takeEvents()).map(({ data }) => (data as { action?: string }).action);
  expect(audited).toEqual(expect.arrayContaining(['quota.created', 'quota.updated', 'quota.deleted']));
});
