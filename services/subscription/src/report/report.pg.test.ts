import type { AccountSummary } from '@plinth/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays } from '@plinth/common/calendar';
import { buildPayer, startPayments, type PaymentsUnderTest } from '../../test/payment.builders.ts';
import { seededRandom } from '../money/seeded-random.ts';
import { splitAmount } from '../money/split-amount.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());
beforeEach(() => {
  payments.clock.time = new Date('2024-03-01T12:00:00Z');
});

const flat = (amount: string) => ({ model: 'flat', amount, timing: 'advance' }) as const;

async function buildTenant() {
  const payer = await buildPayer(payments, [], false);
  const { tenantId, post, get } = payer;
  return {
    ...payer,
    addAccount: (changes: Partial<AccountSummary> = {}) => payments.platform.addAccount(tenantId, changes),
    addPlan: (...more: Parameters<typeof payments.platform.addPlan> extends [string, ...infer Rest] ? Rest : never) =>
      payments.platform.addPlan(tenantId, ...more),
    subscribe: async (accountId: string, planId: string, startsOn: string, more: object = {}) =>
      (await post('/subscriptions', { accountId, planId, startsOn, ...more })).body,
    at: (time: string) => {
      payments.clock.time = new Date(time);
    },
    report: (name: string, more = '') => get(`/invoices/reports/${name}?currency=EUR${more}`),
  };
}

type Tenant = Awaited<ReturnType<typeof buildTenant>>;

/** A year of customers who come, grow, shrink, leave and come back. */
async function liveThroughSpring({ addAccount, addPlan, subscribe, post, at }: Tenant) {
  const small = addPlan({ base: flat('10') });
  const large = addPlan({ base: flat('120') }, { period: { unit: 'year', count: 1 } });
  const team = addPlan({ seats: { model: 'per_unit', unitAmount: '7' } });
  const [stays, leaves, grows, tries] = [addAccount(), addAccount(), addAccount(), addAccount()];
  await subscribe(stays.id, large.planId, '2024-01-15');
  const left = await subscribe(leaves.id, small.planId, '2024-01-20');
  const growing = await subscribe(grows.id, team.planId, '2024-02-10', { quantity: 2 });
  const trial = { key: 'trial', kind: 'trial', length: { unit: 'day', count: 14 } } as const;
  const evergreen = { key: 'evergreen', kind: 'evergreen', length: null } as const;
  const tried = addPlan({ base: flat('30') }, { phases: [trial, evergreen] });
  await subscribe(tries.id, tried.planId, '2024-03-25');
  at('2024-03-10T12:00:00Z');
  await post(`/subscriptions/${left.id}/cancel`, { when: 'now' });
  await post(`/subscriptions/${growing.id}/change`, { quantity: 5, when: 'now' });
  at('2024-05-05T12:00:00Z');
  await post(`/subscriptions/${growing.id}/change`, { quantity: 4, when: 'now' });
  await subscribe(leaves.id, small.planId, '2024-05-05');
  return { stays, leaves, grows, tries };
}

test('recurring revenue is that of month ends, its movements add up, and churn and cohorts follow from it', async () => {
  const tenant = await buildTenant();
  await liveThroughSpring(tenant);
  const { currency, data } = await tenant.report('mrr', '&from=2024-01&to=2024-06');
  expect(currency).toBe('EUR');
  const shown = data.map((row: Record<string, { customers: number; amountMinor: string } & string>) =>
    ['opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'closing'].map(
      (name) => `${row[name]!.customers}:${row[name]!.amountMinor}`,
    ),
  );
  expect(shown).toEqual([
    ['0:0', '2:2000', '0:0', '0:0', '0:0', '0:0', '2:2000'],
    ['2:2000', '1:1400', '0:0', '0:0', '0:0', '0:0', '3:3400'],
    ['3:3400', '0:0', '0:0', '1:2100', '0:0', '1:-1000', '2:4500'],
    ['2:4500', '1:3000', '0:0', '0:0', '0:0', '0:0', '3:7500'],
    ['3:7500', '0:0', '1:1000', '0:0', '1:-700', '0:0', '4:7800'],
    ['4:7800', '0:0', '0:0', '0:0', '0:0', '0:0', '4:7800'],
  ]);
  const churn = (await tenant.report('churn', '&from=2024-03&to=2024-03')).data;
  expect(churn).toMatchObject([
    {
      lostCustomers: 1,
      churnedMinor: '1000',
      customerChurnPercent: '33.33',
      grossRevenueChurnPercent: '29.41',
      netRevenueChurnPercent: '-32.35',
    },
  ]);
  const cohorts = (await tenant.report('cohorts', '&from=2024-01&to=2024-05')).data;
  expect(cohorts.map((row: Record<string, unknown>) => Object.values(row).join(' '))).toEqual([
    '2024-01 2024-01 2 2 2000',
    '2024-01 2024-02 2 2 2000',
    '2024-01 2024-03 2 1 1000',
    '2024-01 2024-04 2 1 1000',
    '2024-01 2024-05 2 2 2000',
    '2024-02 2024-02 1 1 1400',
    '2024-02 2024-03 1 1 3500',
    '2024-02 2024-04 1 1 3500',
    '2024-02 2024-05 1 1 2800',
    '2024-04 2024-04 1 1 3000',
    '2024-04 2024-05 1 1 3000',
  ]);
});

test('a report as CSV has the rows of the JSON, and of another currency or tenant none', async () => {
  const tenant = await buildTenant();
  await liveThroughSpring(tenant);
  const csv = await payments.under.request(
    'GET',
    '/invoices/reports/churn?currency=EUR&from=2024-03&to=2024-04&format=csv',
    {
      principal: tenant.principal,
    },
  );
  expect(csv.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="churn-EUR.csv"',
  });
  const lines = csv.body.split('\r\n');
  expect(lines[0].split(',')).toEqual(expect.arrayContaining(['month', 'lostCustomers', 'openingMinor']));
  expect(lines).toHaveLength(4);
  const dollars = await tenant.get('/invoices/reports/mrr?currency=USD&from=2024-03&to=2024-03');
  expect(dollars.data).toMatchObject([{ closing: { customers: 0, amountMinor: '0' } }]);
  const stranger = await buildTenant();
  expect((await stranger.report('mrr', '&from=2024-03&to=2024-03')).data).toMatchObject([
    { closing: { customers: 0, amountMinor: '0' } },
  ]);
  for (const range of ['from=2024-04&to=2024-03', 'from=2000-01&to=2024-03', 'from=2024-13&to=2024-13'])
    expect(await tenant.report('mrr', `&${range}`)).toMatchObject({ code: 'request.invalid' });
});

test('a year that is paid ahead is earned by day, a credit note takes back from its month on, and nothing is lost', async () => {
  const tenant = await buildTenant();
  const { account, addPlan, subscribe, post, get, report, at } = tenant;
  const plan = addPlan({ base: flat('365') }, { period: { unit: 'year', count: 1 } });
  at('2023-03-15T12:00:00Z');
  await subscribe(account.id, plan.planId, '2023-03-15');
  await post('/invoices/runs', {});
  const { openingDeferredMinor, data } = await report('revenue-recognition', '&from=2023-03&to=2024-03');
  expect(openingDeferredMinor).toBe('0');
  const days = [17, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 14];
  // 366 days from 15 March 2023: 2024 is a leap year.
  const expected = splitAmount(36_500n, days.map(BigInt));
  expect(data.map((row: { recognizedMinor: string }) => row.recognizedMinor)).toEqual(expected.map(String));
  expect(data[0]).toMatchObject({ invoicedMinor: '36500', deferredMinor: (36_500n - expected[0]!).toString() });
  expect(data.at(-1).deferredMinor).toBe('0');

  at('2023-06-10T12:00:00Z');
  const [invoice] = (await get('/invoices')).data;
  await post(`/invoices/${invoice.id}/credit-notes`, { netMinor: '20000', reason: 'not delivered' });
  const credited = (await report('revenue-recognition', '&from=2023-05&to=2024-03')).data;
  const back = splitAmount(20_000n, days.map(BigInt));
  expect(credited[0].recognizedMinor).toBe(expected[2]!.toString());
  expect(credited[1]).toMatchObject({
    month: '2023-06',
    creditedMinor: '20000',
    recognizedMinor: (expected[3]! - back[0]! - back[1]! - back[2]! - back[3]!).toString(),
  });
  expect(credited[2].recognizedMinor).toBe((expected[4]! - back[4]!).toString());
  expect(credited.at(-1).deferredMinor).toBe('0');
  const opening = (await report('revenue-recognition', '&from=2023-05&to=2023-05')).openingDeferredMinor;
  expect(opening).toBe((36_500n - expected[0]! - expected[1]!).toString());
});

test('whatever was invoiced, each month earns what a split of each line by its days says, to the smallest unit', async () => {
  const random = seededRandom(77);
  const tenant = await buildTenant();
  const { account, tenantId, post, get, report } = tenant;
  const earned = new Map<string, bigint>();
  const add = (month: string, amount: bigint) => earned.set(month, (earned.get(month) ?? 0n) + amount);
  for (let count = 0; count < 25; count += 1) {
    const { body } = await post('/invoices/charges', {
      accountId: account.id,
      currency: 'EUR',
      description: 'Work',
      unitAmount: (1 + random(500_000) / 100).toFixed(2),
      when: 'next_invoice',
    });
    expect(body.id).toBeDefined();
  }
  const plan = tenant.addPlan({ base: flat('1') });
  await tenant.subscribe(account.id, plan.planId, '2024-03-01');
  await post('/invoices/runs', { finalize: false });
  const [draft] = (await get('/invoices')).data;
  // Service periods of every length, as imported contracts have them.
  await payments.under.database.transaction(tenantId, async (transaction) => {
    for (let position = 1; position <= draft.lineCount; position += 1) {
      const start = addDays('2023-01-31', random(500));
      const end = addDays(start, random(900));
      await transaction.execute(
        `UPDATE subscription.invoice_lines SET period_start = $3::date::timestamp AT TIME ZONE 'Europe/Berlin',
           period_end = $4::date::timestamp AT TIME ZONE 'Europe/Berlin' WHERE invoice_id = $1 AND position = $2`,
        [draft.id, position, start, end],
      );
      const [line] = await transaction.rows<{ amount: string }>(
        `SELECT amount_minor::text AS amount FROM subscription.invoice_lines WHERE invoice_id = $1 AND position = $2`,
        [draft.id, position],
      );
      for (const [month, amount] of splitByDays(BigInt(line!.amount), start, end)) add(month, amount);
    }
  });
  await post(`/invoices/${draft.id}/finalize`);
  const { data } = await report('revenue-recognition', '&from=2023-01&to=2027-12');
  const shown = data.filter(({ recognizedMinor }: { recognizedMinor: string }) => recognizedMinor !== '0');
  expect(
    Object.fromEntries(shown.map((row: Record<string, string>) => [row['month'], row['recognizedMinor']])),
  ).toEqual(
    Object.fromEntries(
      [...earned].filter(([, amount]) => amount !== 0n).map(([month, amount]) => [month, amount.toString()]),
    ),
  );
  const { subtotalMinor } = await get(`/invoices/${draft.id}`);
  const total = data.reduce((sum: bigint, row: { recognizedMinor: string }) => sum + BigInt(row.recognizedMinor), 0n);
  expect(total.toString()).toBe(subtotalMinor);
});

test('what is open is told by its age and is what the ledger says, less what was paid too much', async () => {
  const { addAccount, post, report, at, account } = await buildTenant();
  const bill = async (accountId: string, unitAmount: string) => {
    const charge = { accountId, currency: 'EUR', description: 'Work', unitAmount, when: 'now' };
    return (await post('/invoices/charges', charge)).body.invoiceId;
  };
  const other = addAccount({ billing: { paymentTermDays: 0 } });
  await bill(account.id, '5');
  at('2024-03-20T12:00:00Z');
  await bill(account.id, '7');
  await bill(other.id, '11');
  const paid = await bill(other.id, '13');
  await post(`/invoices/${paid}/pay`, { received: { by: 'manual' } });
  await post(`/invoices/${paid}/credit-notes`, { netMinor: '300', reason: 'not delivered' });
  at('2024-04-19T12:00:00Z');
  expect(await report('receivables')).toMatchObject({
    total: { invoices: 3, openMinor: '2300', days1To30Minor: '1800', days31To60Minor: '500', overpaidMinor: '300' },
    data: [
      { accountId: account.id, openMinor: '1200', days1To30Minor: '700', days31To60Minor: '500' },
      { accountId: other.id, openMinor: '1100', days1To30Minor: '1100', overpaidMinor: '300', notDueMinor: '0' },
    ],
  });
  at('2024-07-10T12:00:00Z');
  expect((await report('receivables', '&limit=1')).total).toMatchObject({ over90DaysMinor: '2300', notDueMinor: '0' });
});

test('usage is told by meter beside all that was invoiced', async () => {
  const { account, addPlan, subscribe, post, report, tenantId, at } = await buildTenant();
  const plan = addPlan({ base: flat('10'), calls: { model: 'per_unit', meter: 'api_call', unitAmount: '0.5' } });
  await subscribe(account.id, plan.planId, '2024-02-01');
  payments.platform.meter(tenantId, account.id, 'api_call', '2024-02-10T00:00:00Z', 30);
  at('2024-03-02T12:00:00Z');
  await post('/invoices/runs', {});
  expect(await report('usage', '&from=2024-01&to=2024-03')).toEqual({
    currency: 'EUR',
    data: [{ month: '2024-03', meter: 'api_call', quantity: '30', accounts: 1, amountMinor: '1500' }],
    volumes: [
      { month: '2024-02', invoices: 1, netMinor: '1000', usageMinor: '0' },
      { month: '2024-03', invoices: 1, netMinor: '2500', usageMinor: '1500' },
    ],
  });
});

test('reports need a permission of their own', async () => {
  const { principal } = await buildTenant();
  const member = { ...principal, roles: ['org_member'] };
  const answer = await payments.under.request('GET', '/invoices/reports/receivables?currency=EUR', {
    principal: member,
  });
  expect(answer.status).toBe(403);
});

/** The days of [start, end) by month, at least one, as an accountant counts them. */
function splitByDays(amount: bigint, start: string, end: string): [string, bigint][] {
  const days = new Map<string, bigint>();
  let day = start;
  do {
    days.set(day.slice(0, 7), (days.get(day.slice(0, 7)) ?? 0n) + 1n);
    day = addDays(day, 1);
  } while (day < end);
  const parts = splitAmount(amount, [...days.values()]);
  return [...days.keys()].map((month, position) => [month, parts[position]!]);
}
