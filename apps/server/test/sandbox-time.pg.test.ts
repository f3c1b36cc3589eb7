import type { TestResponse } from '@plinth/testing';
import { eventually } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BillingServices } from './billing-services.ts';

let billing: BillingServices;
beforeAll(async () => {
  billing = await BillingServices.start('2024-04-10T12:00:00Z');
});
afterAll(() => billing.stop());

const month = { unit: 'month', count: 1 };
const batch = { 'content-type': 'application/cloudevents-batch+json' };

/** A tenant that sells calls at 2.00 each, with a customer from 1 April and a quota of 3 calls a month. */
async function openShop(sandbox: boolean) {
  const tenant = billing.openTenant({ sandbox });
  const meter = { key: 'calls', name: 'Calls', eventType: 'calls', aggregation: 'count' };
  await tenant.metering('POST', '/metering/meters', meter);
  const { id: productId } = (await tenant.product('POST', '/products', { key: 'api', name: 'API' })).body;
  const prices = [
    { key: 'calls', description: 'Calls', model: { model: 'per_unit', unitAmount: '2', meter: 'calls' } },
  ];
  const plan = { key: 'calls', name: 'Calls', productId, currency: 'EUR', period: month, prices };
  const { id: planId } = (await tenant.product('POST', '/plans', plan)).body;
  const { id: accountId } = tenant.addAccount();
  const quota = { accountId, meter: 'calls', limit: '3', reset: 'month', overage: 'deny', alertsAt: [100] };
  const { id: quotaId } = (await tenant.metering('POST', '/metering/quotas', quota)).body;
  await tenant.subscription('POST', '/subscriptions', { accountId, planId, startsOn: '2024-04-01' });
  let sent = 0;
  const get = async (path: string) => (await tenant.metering('GET', path)).body;
  return {
    /** Calls at the given times; undefined: now. */
    use: (...times: (string | undefined)[]): Promise<TestResponse> =>
      tenant.metering(
        'POST',
        '/usage/events',
        times.map((time) => ({
          specversion: '1.0',
          id: String((sent += 1)),
          source: 'shop',
          type: 'calls',
          subject: accountId,
          ...(time === undefined ? {} : { time }),
        })),
        batch,
      ),
    quota: async () => (await get(`/usage/quotas?accountId=${accountId}`)).data[0],
    alerts: async () => (await get(`/metering/quotas/${quotaId}/alerts`)).data,
    usedSince: async (from: string) =>
      (await get(`/usage/current?accountId=${accountId}&from=${encodeURIComponent(from)}`)).data[0]?.quantity,
    moveTo: async (to: string) => (await tenant.subscription('POST', '/subscriptions/clock/advance', { to })).body,
    /** What was billed, the newest first. */
    totals: async () =>
      (await tenant.subscription('GET', '/invoices')).body.data.map(
        ({ totalMinor }: { totalMinor: string }) => totalMinor,
      ),
  };
}

test("a sandbox moves a month ahead: its quota resets, and the new month's usage is accepted, late or not, and billed", async () => {
  const { use, quota, alerts, usedSince, moveTo, totals } = await openShop(true);
  expect((await use(undefined, undefined, '2024-04-02T00:00:00Z')).body).toMatchObject({ accepted: 3 });
  expect(await quota()).toMatchObject({ used: '3', remaining: '0' });
  expect(await moveTo('2024-05-10T00:00:00.000Z')).toMatchObject({ done: { invoices: 1 } });
  expect(await totals()).toEqual(['600']);
  expect(await quota()).toMatchObject({ used: '0', remaining: '3' });

  const ahead = await use(undefined, '2024-05-09T12:00:00Z', '2024-05-10T12:00:00Z', '2024-05-12T12:00:00Z');
  expect(ahead.body).toMatchObject({
    accepted: 3,
    rejected: [{ index: 3, reason: 'time must lie between the year 2000 and tomorrow' }],
  });
  expect(await quota()).toMatchObject({ used: '3', remaining: '0' });
  expect(await usedSince('2024-05-10T00:00:00Z')).toBe('1');
  const alert = await eventually(async () =>
    (await alerts()).find(({ firedAt }: { firedAt: string }) => firedAt > '2024-05'),
  );
  expect(alert).toMatchObject({ firedAt: '2024-05-10T00:00:00.000Z', used: '3' });

  // A day of April is over in May, also where April runs for everybody else.
  await use('2024-04-20T00:00:00Z');
  expect(await moveTo('2024-06-02T00:00:00.000Z')).toMatchObject({ done: { invoices: 1 } });
  expect(await totals()).toEqual(['800', '600']);
}, 60_000);

test('the time of everybody else stays that of the process', async () => {
  const { use, quota } = await openShop(false);
  const answer = await use(undefined, '2024-05-09T12:00:00Z');
  expect(answer.body).toMatchObject({ accepted: 1, rejected: [{ index: 1 }] });
  expect(await quota()).toMatchObject({ used: '1' });
});
