import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-04-10T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());

function buildTenant() {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  return {
    tenantId,
    account: platform.addAccount(tenantId),
    plan: platform.addPlan(tenantId, { base: { model: 'flat', amount: '10', timing: 'advance' } }),
    post: (path: string, body: unknown) => subscriptions.request('POST', path, { principal, body }),
    get: (path: string) => subscriptions.request('GET', path, { principal }),
  };
}

test('a sandbox moves its time forward, and each renewal is billed at its own instant', async () => {
  const { tenantId, account, plan, post, get } = buildTenant();
  platform.testClocks.set(tenantId, null);
  await post('/subscriptions', { accountId: account.id, planId: plan.planId });
  const advanced = await post('/subscriptions/clock/advance', { to: '2024-07-01T00:00:00Z' });
  expect(advanced).toMatchObject({
    status: 200,
    body: { from: '2024-04-10T12:00:00.000Z', now: '2024-07-01T00:00:00.000Z', done: { invoices: 3 } },
  });
  const { body } = await get('/invoices');
  const billed = body.data.map(({ billedAt, finalizedAt }: Record<string, string>) => [billedAt, finalizedAt]);
  expect(billed).toEqual([
    ['2024-06-09T22:00:00.000Z', '2024-06-09T22:00:00.000Z'],
    ['2024-05-09T22:00:00.000Z', '2024-05-09T22:00:00.000Z'],
    ['2024-04-09T22:00:00.000Z', '2024-04-10T12:00:00.000Z'],
  ]);
  expect((await get('/subscriptions/clock')).body).toEqual({ sandbox: true, testClock: '2024-07-01T00:00:00.000Z' });
  const later = await post('/subscriptions', { accountId: account.id, planId: plan.planId });
  expect(later.body.startsOn).toBe('2024-07-01');
});

test('refuses a tenant that is no sandbox, and an instant that is over', async () => {
  const { post } = buildTenant();
  expect(await post('/subscriptions/clock/advance', { to: '2024-07-01T00:00:00Z' })).toMatchObject({
    status: 409,
    body: { code: 'test_clock.not_a_sandbox' },
  });
  const other = buildTenant();
  platform.testClocks.set(other.tenantId, '2024-08-01T00:00:00.000Z');
  expect(await other.post('/subscriptions/clock/advance', { to: '2024-07-01T00:00:00Z' })).toMatchObject({
    status: 422,
    body: { code: 'test_clock.not_ahead' },
  });
});
