import { newId } from '@plinth/common';
import type { Entitlement, EventData, Principal } from '@plinth/contracts';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

type Tenant = Principal & { readonly tenant: string };

let metering: ServiceUnderTest;
beforeAll(async () => {
  const listAccountsByIds = async ({ ids }: { ids: string[] }) => ids.map((id) => ({ id, timeZone: 'UTC' }));
  metering = await startServiceUnderTest(service, {
    contracts: {
      account: { listAccountsByIds },
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
    },
  });
});
afterAll(() => metering.stop());

async function createMeter(principal: Principal, key: string): Promise<void> {
  const body = { key, name: key, eventType: key, aggregation: 'sum', valueProperty: 'quantity' };
  expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
}

function grant(changes: Partial<Entitlement> = {}): Entitlement {
  return {
    feature: 'calls',
    type: 'metered',
    value: '1000',
    meter: 'api_call',
    reset: 'period',
    rollOver: null,
    overage: 'deny',
    alertsAt: [80, 100],
    ...changes,
  };
}

/** Tells what an account's plans grant now. */
function tell(principal: Tenant, accountId: string, entitlements: Entitlement[], changes: object = {}) {
  const period = { unit: 'month', count: 1 } as const;
  const data: EventData<'entitlements.changed'> = { accountId, entitlements, anchor: '2026-01-31', period, ...changes };
  return metering.deliver('entitlements.changed', data, principal.tenant);
}

async function listQuotas(principal: Principal, accountId: string): Promise<Record<string, unknown>[]> {
  return (await metering.request('GET', `/metering/quotas?accountId=${accountId}`, { principal })).body.data;
}

async function createTenant(...meters: string[]): Promise<Tenant> {
  const principal = buildPrincipal();
  for (const key of meters) await createMeter(principal, key);
  return principal as Tenant;
}

const runJob = () => metering.instance.jobs!.find(({ name }) => name === 'metering.set-awaited-quotas')!.run({});

test('metered entitlements become the quotas of the account, and what plans grant no more goes', async () => {
  const principal = await createTenant('api_call', 'mail');
  const [accountId, other] = [newId(), newId()];
  await tell(principal, other, [grant({ value: '7' })]);
  const seats = grant({ feature: 'seats', type: 'limit', value: '5', meter: null, reset: null, overage: null });
  const mails = grant({
    feature: 'mails',
    meter: 'mail',
    reset: 'day',
    rollOver: '20',
    overage: 'allow',
    alertsAt: [],
  });
  const event = await tell(principal, accountId, [grant(), mails, seats]);
  const quotas = await listQuotas(principal, accountId);
  expect(quotas).toMatchObject([
    {
      feature: 'calls',
      meter: 'api_call',
      limit: '1000',
      reset: 'period',
      anchor: '2026-01-31',
      period: { unit: 'month', count: 1 },
      overage: 'deny',
      alertsAt: [80, 100],
      source: 'entitlement',
    },
    { feature: 'mails', meter: 'mail', reset: 'day', anchor: null, period: null, rollOver: '20', overage: 'allow' },
  ]);
  await metering.deliver('entitlements.changed', event.data as never, principal.tenant, event);
  await tell(principal, accountId, [grant(), mails, seats]);
  expect(await listQuotas(principal, accountId)).toEqual(quotas);

  await tell(principal, accountId, [grant({ value: '2000' })]);
  expect(await listQuotas(principal, accountId)).toMatchObject([{ id: quotas[0]!['id'], limit: '2000', version: 2 }]);
  await tell(principal, accountId, [], { anchor: null, period: null });
  expect(await listQuotas(principal, accountId)).toEqual([]);
  expect(await listQuotas(principal, other)).toMatchObject([{ limit: '7' }]);
});

test('a quota waits for its meter while the others hold, and is what the plans said last', async () => {
  const principal = await createTenant('api_call');
  const accountId = newId();
  const mails = grant({ feature: 'mails', meter: 'mail', reset: 'never', rollOver: '5' });
  await tell(principal, accountId, [grant(), mails]);
  await runJob();
  expect(await listQuotas(principal, accountId)).toMatchObject([{ feature: 'calls' }]);
  await tell(principal, accountId, [grant({ value: '3' }), { ...mails, value: '50' }]);
  await createMeter(principal, 'mail');
  await runJob();
  const quotas = await listQuotas(principal, accountId);
  expect(quotas).toMatchObject([
    { feature: 'calls', limit: '3' },
    { feature: 'mails', limit: '50', reset: 'never', rollOver: null },
  ]);
  await runJob();
  expect(await listQuotas(principal, accountId)).toEqual(quotas);
});

test('what plans grant no more is not waited for', async () => {
  const principal = await createTenant();
  const accountId = newId();
  await tell(principal, accountId, [grant()]);
  await tell(principal, accountId, []);
  await createMeter(principal, 'api_call');
  await runJob();
  expect(await listQuotas(principal, accountId)).toEqual([]);
});
