import type { ContractFunctions, PlanVersion, PriceModel, subscriptionContract } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildPrice, FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-03-10T12:00:00Z');
let subscriptions: ServiceUnderTest;
let contract: ContractFunctions<typeof subscriptionContract>;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
  contract = subscriptions.instance.contract as ContractFunctions<typeof subscriptionContract>;
});
afterAll(() => subscriptions.stop());
beforeEach(() => {
  clock.time = new Date('2024-03-10T12:00:00Z');
});

const fee = (amount: string): PriceModel => ({ model: 'flat', amount, timing: 'advance' });
const calls = (unitAmount: string, meter = 'api_call'): PriceModel => ({ model: 'per_unit', unitAmount, meter });

function buildTenant() {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const plan = platform.addPlan(tenantId, { base: fee('10'), calls: calls('0.1') });
  const subscribe = async (startsOn: string, changes: object = {}) => {
    const account = platform.addAccount(tenantId);
    const body = { accountId: account.id, planId: plan.planId, startsOn, ...changes };
    const created = await subscriptions.request('POST', '/subscriptions', { principal, body });
    expect(created.status).toBe(201);
    return { account, id: created.body.id as string };
  };
  const proposed: PlanVersion = {
    ...plan,
    version: 2,
    prices: [buildPrice('base', fee('12')), buildPrice('calls', calls('0.05'))],
  };
  const preview = (version = proposed, limit = 100) => contract.previewPlanVersion({ tenantId, plan: version, limit });
  return { principal, tenantId, plan, proposed, subscribe, preview };
}

test('tells which subscriptions have the plan, and what their last period cost and would have cost', async () => {
  const { tenantId, subscribe, preview } = buildTenant();
  const first = await subscribe('2024-01-15');
  const second = await subscribe('2024-02-01');
  platform.meter(tenantId, first.account.id, 'api_call', '2024-02-01T00:00:00Z', 1000);
  platform.meter(tenantId, first.account.id, 'api_call', '2024-02-20T00:00:00Z', 5000);
  await subscriptions.takeEvents();
  expect(await preview()).toEqual({
    subscriptions: 2,
    accounts: 2,
    rated: 2,
    currentMinor: '12000',
    newMinor: '7400',
    samples: [
      {
        subscriptionId: first.id,
        accountId: first.account.id,
        from: '2024-01-14T23:00:00.000Z',
        to: '2024-02-14T23:00:00.000Z',
        currentMinor: '11000',
        newMinor: '6200',
      },
      {
        subscriptionId: second.id,
        accountId: second.account.id,
        from: '2024-01-31T23:00:00.000Z',
        to: '2024-02-29T23:00:00.000Z',
        currentMinor: '1000',
        newMinor: '1200',
      },
    ],
  });
  expect(await subscriptions.takeEvents()).toEqual([]);
});

test('counts all and rates the oldest ones, up to the limit', async () => {
  const { subscribe, preview } = buildTenant();
  const first = await subscribe('2024-01-01');
  await subscribe('2024-01-01');
  const answer = await preview(undefined, 1);
  expect(answer).toMatchObject({ subscriptions: 2, accounts: 2, rated: 1, currentMinor: '1000', newMinor: '1200' });
  expect(answer.samples.map(({ subscriptionId }) => subscriptionId)).toEqual([first.id]);
});

test('counts a subscription without a finished period and has no cost of it', async () => {
  const { subscribe, preview } = buildTenant();
  await subscribe('2024-03-01');
  const nothing = { rated: 0, currentMinor: '0', newMinor: '0', samples: [] };
  expect(await preview()).toEqual({ subscriptions: 1, accounts: 1, ...nothing });
});

test('leaves out other plans, other currencies, other tenants and what has ended', async () => {
  const { principal, plan, proposed, subscribe, preview } = buildTenant();
  const { id } = await subscribe('2024-01-01');
  expect(await preview()).toMatchObject({ subscriptions: 1 });
  expect(await preview({ ...proposed, currency: 'USD' })).toMatchObject({ subscriptions: 0, currentMinor: '0' });
  expect(await preview({ ...proposed, planId: newId() })).toMatchObject({ subscriptions: 0 });
  const stranger = { tenantId: newId(), plan: proposed, limit: 10 };
  expect(await contract.previewPlanVersion(stranger)).toMatchObject({ subscriptions: 0 });
  expect(plan.currency).toBe('EUR');
  const canceled = await subscriptions.request('POST', `/subscriptions/${id}/cancel`, {
    principal,
    body: { when: 'now' },
  });
  expect(canceled.status).toBe(200);
  clock.time = new Date('2024-04-10T12:00:00Z');
  expect(await preview()).toMatchObject({ subscriptions: 0 });
});

test('a meter that is not there yet has counted nothing', async () => {
  const { proposed, subscribe, preview } = buildTenant();
  await subscribe('2024-01-01');
  const prices = [buildPrice('base', fee('12')), buildPrice('new', calls('1', 'not_there'))];
  expect(await preview({ ...proposed, prices })).toMatchObject({ rated: 1, currentMinor: '1000', newMinor: '1200' });
});
