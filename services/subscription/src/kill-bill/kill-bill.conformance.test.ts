import type { PlanPhase, PriceModel } from '@plinth/contracts';
import { requirePeers } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  compare,
  connect,
  live,
  startBothEngines,
  type BothEngines,
  type Scenario,
} from '../../test/kill-bill.builders.ts';
import { evergreen, fee, intro, trial } from '../../test/life-cycle.builders.ts';
import { buildPrice } from '../../test/subscription.builders.ts';

const peers = requirePeers('kill-bill');
const meter = 'api_call';
const graduated: PriceModel = {
  model: 'graduated',
  meter,
  tiers: [
    { upTo: '100', unitAmount: '0.5' },
    { upTo: '200', unitAmount: '0.255' },
    { upTo: null, unitAmount: '0.1' },
  ],
};
const volume: PriceModel = { ...graduated, model: 'volume' };
const packages: PriceModel = { model: 'package', meter, packageSize: '50', packageAmount: '3', freeUnits: '10' };
const arrears = (amount: string): PriceModel => ({ model: 'flat', amount, timing: 'arrears' });
const usage = { '2024-01-20': 120, '2024-02-05': 95, '2024-02-10': 7, '2024-02-29': 200, '2024-03-15': 61 };

describe.skipIf(peers.skip)('Kill Bill beside the engine', () => {
  let engines: BothEngines;
  let accounts: Record<string, string>;
  let tenant: Awaited<ReturnType<typeof connect>>;
  beforeAll(async () => {
    engines = await startBothEngines(peers.paths['kill-bill'], '2024-01-09T12:00:00Z');
    tenant = await connect(engines);
    accounts = await live(engines, tenant, buildScenarios(engines), ['2024-01-10', '2024-05-31']);
  });
  afterAll(() => engines?.stop());

  test.each([
    'a fee in advance',
    'a fee in arrears',
    'graduated tiers',
    'volume tiers',
    'packages after free units',
    'an upgrade within a period',
    'a cancellation within a period',
    'a cancellation in arrears',
    'a trial',
    'an introduction',
    'the last day of each month',
    'a currency without decimals',
    'a currency with three decimals',
    'quarters',
    'an add-on',
    'usage of a plan that is left',
  ])('agrees to the cent on %s', async (name) => {
    const periods = await compare(engines, accounts[name]!);
    expect(periods.length).toBeGreaterThan(1);
    expect(periods.map(([from, , theirs]) => [from, theirs])).toEqual(periods.map(([from, ours]) => [from, ours]));
    expect(periods.some(([, ours]) => ours !== '0')).toBe(true);
  });

  test('counts the days of a month differently after a change where months end before the billing day', async () => {
    // 19 of the 29 days from 31 January to 29 February here; there 19 of the 31 days from 29 January.
    const periods = await compare(engines, accounts['a change after the last day of a month']!);
    expect(periods).toEqual([
      ['2024-01-31', '5765', '5469'],
      ['2024-02-29', '7182', '7182'],
      ['2024-03-31', '6999', '6999'],
      ['2024-04-30', '6999', '6999'],
      ['2024-05-31', '6999', '6999'],
    ]);
  });

  test('tells nothing twice, and says how far it has come', async () => {
    const { request } = engines;
    const again = await request('POST', '/invoices/kill-bill/runs', {});
    expect(again).toEqual({ catalogueUploaded: false, accounts: 0, steps: 0, usages: 0, invoices: 0, failed: 0 });
    const connection = await request('GET', '/invoices/kill-bill');
    expect(connection).toMatchObject({ enabled: true, lastError: null, version: 1 });
    expect(JSON.stringify(connection)).not.toContain('secret-of-tenant');
    const { data } = await request(
      'GET',
      `/invoices/kill-bill/subscriptions?accountId=${accounts['an upgrade within a period']}`,
    );
    expect(data).toMatchObject([
      {
        problem: null,
        steps: [
          { kind: 'create', on: '2024-01-10' },
          { kind: 'change', on: '2024-02-20' },
        ],
      },
    ]);
  });

  test('counts usage once when a run was cut off before it noted what it had sent', async () => {
    const { subscriptions, tenantId, request } = engines;
    await subscriptions.database.transaction(tenantId, (transaction) =>
      transaction.execute(`UPDATE subscription.kill_bill_usages SET sent_at = NULL WHERE day >= '2024-05-01'`),
    );
    expect((await request('POST', '/invoices/kill-bill/runs', {})).usages).toBeGreaterThan(0);
    engines.clock.time = new Date('2024-06-10T12:00:00Z');
    await engines.killBill.setTime(engines.clock.time, tenant);
    await request('POST', '/invoices/runs', {});
    await request('POST', '/invoices/kill-bill/runs', {});
    const periods = await compare(engines, accounts['usage at the end']!);
    expect(periods.find(([from]) => from === '2024-05-10')).toEqual(['2024-05-10', '3650', '3650']);
  });

  test('says which plans it cannot mirror, and leaves their subscriptions alone', async () => {
    const { request } = engines;
    const { plans } = await request('GET', '/invoices/kill-bill/plans');
    const refused = plans.filter(({ reasons }: { reasons: string[] }) => reasons.length > 0);
    expect(refused).toMatchObject([
      {
        planKey: 'seats',
        name: null,
        reasons: ['price seats: it counts seats, and a subscription in Kill Bill has no quantity'],
      },
    ]);
    const { data } = await request('GET', '/invoices/kill-bill/subscriptions?problemsOnly=true');
    expect(data).toMatchObject([{ accountId: accounts['seats'], killBillId: null, steps: [] }]);
    expect(await compare(engines, accounts['seats']!)).toEqual([]);
  });

  test('keeps its state where Kill Bill does not answer', async () => {
    const { request, killBill, principal, subscriptions } = engines;
    const { user, password } = killBill;
    // A new base URL takes the secrets anew: they go to nobody else.
    const away = { baseUrl: 'http://127.0.0.1:9', user, password, ...tenant };
    await request('PUT', '/invoices/kill-bill', away);
    const refused = await subscriptions.request('POST', '/invoices/kill-bill/runs', { principal, body: {} });
    expect(refused).toMatchObject({ status: 503, body: { code: 'kill_bill.unavailable' } });
    expect((await request('GET', '/invoices/kill-bill')).lastError).toContain('127.0.0.1:9');
    await request('PUT', '/invoices/kill-bill', { ...away, baseUrl: killBill.base });
    const job = subscriptions.instance.jobs?.find(({ name }) => name === 'subscription.kill-bill-mirror');
    await job?.run({});
    expect((await request('GET', '/invoices/kill-bill')).lastError).toBeNull();
  });

  test('mirrors all anew to another tenant, months later', async () => {
    const { request, killBill } = engines;
    const { apiKey, apiSecret } = await killBill.createTenant();
    const other = { baseUrl: killBill.base, user: killBill.user, apiKey, apiSecret };
    expect(await request('PUT', '/invoices/kill-bill', other)).toMatchObject({ catalogueUploads: 0, mirroredAt: null });
    expect(await request('POST', '/invoices/kill-bill/runs', {})).toMatchObject({ catalogueUploaded: true, failed: 0 });
    await killBill.setTime(engines.clock.time, { apiKey, apiSecret });
    await request('POST', '/invoices/kill-bill/runs', {});
    for (const name of ['a fee in advance', 'a fee in arrears', 'an introduction', 'an add-on']) {
      const periods = await compare(engines, accounts[name]!);
      expect(periods.length).toBeGreaterThan(4);
      expect(periods.map(([from, , theirs]) => [from, theirs])).toEqual(periods.map(([from, ours]) => [from, ours]));
    }
  });
});

function buildScenarios({ plan }: BothEngines): Record<string, Scenario> {
  const startsOn = '2024-01-10';
  const small = plan('small', { base: fee('31'), calls: { model: 'per_unit', meter, unitAmount: '0.011' } });
  const large = plan('large', { base: fee('69.99'), calls: { model: 'per_unit', meter, unitAmount: '0.007' } });
  const yen = (key: string, amount: string) =>
    plan(key, { base: fee(amount), calls: { model: 'per_unit', meter, unitAmount: '0.7' } }, { currency: 'JPY' });
  const [smallYen, largeYen] = [yen('small-yen', '999'), yen('large-yen', '2001')];
  const introduced = [
    { ...buildPrice('first', fee('10')), phases: ['intro'] },
    { ...buildPrice('later', fee('30')), phases: ['evergreen'] },
  ];
  const addOn = plan('add-on', { extra: fee('12.34') }, { kind: 'add_on' });
  const change = (to: { planId: string }, on: string) => ({ [on]: ['/change', { planId: to.planId, on }] as const });
  const cancel = (on: string) => ({ [on]: ['/cancel', { on }] as const });
  return {
    'a fee in advance': { startsOn, plan: plan('advance', { base: fee('31') }) },
    'a fee in arrears': { startsOn, plan: plan('arrears', { base: arrears('29.99') }) },
    'graduated tiers': { startsOn, plan: plan('graduated', { calls: graduated }), usage },
    'volume tiers': { startsOn, plan: plan('volume', { calls: volume }), usage },
    'packages after free units': { startsOn, plan: plan('packages', { calls: packages }), usage },
    'an upgrade within a period': { startsOn, plan: small, usage, requests: change(large, '2024-02-20') },
    'a cancellation within a period': { startsOn, plan: small, usage, requests: cancel('2024-03-21') },
    'a cancellation in arrears': {
      startsOn,
      plan: plan('arrears-usage', { base: arrears('29.99'), calls: graduated }),
      usage,
      requests: cancel('2024-03-21'),
    },
    'a trial': {
      startsOn,
      plan: plan('tried', { base: fee('30'), calls: graduated }, { phases: [trial, evergreen] }),
      usage,
    },
    'an introduction': {
      startsOn,
      plan: plan('introduced', {}, { phases: [intro, evergreen] as PlanPhase[], prices: introduced }),
    },
    'the last day of each month': { startsOn: '2024-01-31', plan: small, usage },
    'a currency without decimals': {
      startsOn,
      plan: smallYen,
      currency: 'JPY',
      usage,
      requests: change(largeYen, '2024-02-21'),
    },
    'a currency with three decimals': {
      startsOn,
      plan: plan('dinar', { base: fee('12.345'), calls: graduated }, { currency: 'KWD' }),
      currency: 'KWD',
      usage,
      requests: cancel('2024-04-02'),
    },
    quarters: {
      startsOn,
      plan: plan('quarters', { base: fee('90'), calls: graduated }, { period: { unit: 'month', count: 3 } }),
      usage,
    },
    'an add-on': { startsOn, plan: small, requests: { '2024-02-25': ['/add-ons', { planId: addOn.planId }] } },
    'usage of a plan that is left': {
      startsOn,
      plan: plan('left', { calls: graduated }),
      usage: { ...usage, '2024-02-25': 333 },
      requests: change(plan('entered', { calls: volume }), '2024-02-25'),
    },
    'usage at the end': { startsOn, plan: small, usage: { ...usage, '2024-05-12': 500 } },
    seats: { startsOn, plan: plan('seats', { seats: { model: 'per_unit', unitAmount: '5' } }), body: { quantity: 3 } },
    'a change after the last day of a month': {
      startsOn: '2024-01-31',
      plan: small,
      usage,
      requests: change(large, '2024-02-10'),
    },
  };
}
