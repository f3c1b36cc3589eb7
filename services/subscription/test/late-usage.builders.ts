import type { PlanVersion, PriceModel } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import type { FakePlatform, FrozenClock } from './subscription.builders.ts';

export const calls: PriceModel = {
  model: 'graduated',
  meter: 'api_call',
  tiers: [
    { upTo: '100', unitAmount: '0.10' },
    { upTo: null, unitAmount: '0.05' },
  ],
};

export interface LateUsageTest {
  readonly platform: FakePlatform;
  readonly clock: FrozenClock;
  readonly subscriptions: ServiceUnderTest;
}

/** A customer, in UTC, whose calls are metered and billed as the clock says. */
export function buildLateUsageTenant(
  { platform, clock, subscriptions }: LateUsageTest,
  changes: Partial<PlanVersion> = {},
) {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const account = platform.addAccount(tenantId, { timeZone: 'UTC' });
  const plan = platform.addPlan(tenantId, { calls }, changes);
  const post = (path: string, body: object) => subscriptions.request('POST', path, { principal, body });
  const get = async (path: string) => (await subscriptions.request('GET', path, { principal })).body;
  const meter = (at: string, quantity: number) => platform.meter(tenantId, account.id, 'api_call', at, quantity);
  return {
    tenantId,
    meter,
    get,
    /** From 1 April unless asked otherwise. */
    subscribe: async (body: object = {}): Promise<string> =>
      (await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-04-01', ...body }))
        .body.id,
    /** Usage that metering saw only after the day was over. */
    meterLate: (day: string, quantity: number) => {
      meter(`${day}T10:00:00Z`, quantity);
      const to = new Date(Date.parse(day) + 86_400_000).toISOString();
      const change = { tenantId, accountId: account.id, meter: 'api_call', from: `${day}T00:00:00.000Z`, to };
      platform.lateChanges.push(change);
    },
    runAt: async (time: string) => {
      clock.time = new Date(time);
      return (await post('/invoices/runs', {})).body;
    },
    /** A run that bills nothing that fell due later. */
    runUntil: async (until: string) => (await post('/invoices/runs', { until })).body,
    /** Bills at an instant, and gives the lines of what was invoiced then, with their amounts. */
    billAt: async (time: string) => {
      clock.time = new Date(time);
      const known = new Set((await get('/invoices?limit=200')).data.map(({ id }: { id: string }) => id));
      await post('/invoices/runs', {});
      const fresh = (await get('/invoices?limit=200')).data.filter(({ id }: { id: string }) => !known.has(id));
      const lines = await Promise.all(
        fresh.map(async ({ id }: { id: string }) => (await get(`/invoices/${id}`)).lines),
      );
      return lines
        .flat()
        .map(({ kind, key, quantityRaw, amountMinor }) => [
          kind,
          key.split('/').at(4),
          key.split('/').at(-1),
          quantityRaw,
          amountMinor,
        ]);
    },
  };
}
