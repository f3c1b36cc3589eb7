import type { AccountSummary } from '@plinth/contracts';
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
});

const base = { base: { model: 'flat', amount: '100', timing: 'advance' } } as const;
const germany = { line1: 'Weg 1', city: 'Berlin', country: 'DE' };

function buildTenant() {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const send = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers = {}) =>
    subscriptions.request(method, path, { principal, headers, ...(body === undefined ? {} : { body }) });
  const get = async (path: string) => (await subscriptions.request('GET', path, { principal })).body;
  const subscribe = async (account: AccountSummary, plan: { planId: string }, startsOn = '2024-06-01') =>
    (await send('POST', '/subscriptions', { accountId: account.id, planId: plan.planId, startsOn })).body;
  return {
    tenantId,
    send,
    get,
    subscribe,
    run: async (body: object = {}) => (await send('POST', '/invoices/runs', body)).body,
    addAccount: (changes: Partial<AccountSummary> = {}) => platform.addAccount(tenantId, changes),
    addPlan: (changes = {}, models: Parameters<FakePlatform['addPlan']>[1] = base) =>
      platform.addPlan(tenantId, models, changes),
    /** Every invoice of an account with its lines, oldest first. */
    read: async (accountId: string) => {
      const { data } = await get(`/invoices?limit=200&accountId=${accountId}`);
      const whole = await Promise.all(data.map(({ id }: { id: string }) => get(`/invoices/${id}`)));
      return whole.sort((a, b) => (a.billedAt < b.billedAt ? -1 : 1));
    },
    sumLedger: async () =>
      Object.fromEntries(
        (
          await subscriptions.database.transaction(tenantId, (transaction) =>
            transaction.rows<{ ledger_account: string; sum: string }>(
              `SELECT ledger_account, sum(amount_minor)::text FROM subscription.ledger_entries GROUP BY 1 ORDER BY 1`,
            ),
          )
        ).map(({ ledger_account, sum }) => [ledger_account, sum]),
      ),
  };
}

type Tenant = ReturnType<typeof buildTenant>;

async function setUpTax({ tenantId, send }: Tenant, more = {}): Promise<void> {
  const entity = { key: 'default', name: 'Seller GmbH', address: germany, ...more };
  expect((await send('PUT', `/legal-entities/${tenantId}`, entity)).status).toBe(200);
  const rate = { category: 'standard', percent: '19', label: 'USt.', country: 'DE' };
  expect((await send('POST', '/tax-rates', rate)).status).toBe(201);
}

test('a legal entity of its own has its prefix, its own numbers, its term and its version on the invoice', async () => {
  const tenant = buildTenant();
  const { send, get, run, subscribe, read } = tenant;
  const { body: other } = await send('POST', '/legal-entities', {
    key: 'us',
    name: 'Seller Inc.',
    invoicePrefix: 'US-',
    paymentTermDays: 30,
    bank: { holder: 'Seller', iban: 'DE89370400440532013000' },
  });
  const account = tenant.addAccount({ billing: { legalEntity: 'us' } });
  const standard = tenant.addAccount({ billing: { paymentTermDays: 7 } });
  const plan = tenant.addPlan();
  await subscribe(account, plan, '2024-05-01');
  await subscribe(standard, plan);
  await run();
  const invoices = await read(account.id);
  expect(
    invoices.map(({ number, dueOn, legalEntityId, legalEntityVersion }) => [
      number,
      dueOn,
      legalEntityId,
      legalEntityVersion,
    ]),
  ).toEqual([
    ['US-000001', '2024-07-15', other.id, 1],
    ['US-000002', '2024-07-15', other.id, 1],
  ]);
  expect(await read(standard.id)).toMatchObject([{ number: 'INV-000001', dueOn: '2024-06-22', legalEntityVersion: 0 }]);
  await send('PUT', `/legal-entities/${other.id}`, { key: 'us', name: 'Seller Inc.', invoicePrefix: 'USA-' });
  expect((await get(`/invoices/${invoices[0].id}`)).number).toBe('US-000001');
  expect((await send('DELETE', `/legal-entities/${other.id}`)).body.code).toBe('legal_entity.in_use');
  expect((await get('/legal-entities')).data.map(({ key }: { key: string }) => key)).toEqual(['default', 'us']);
  const wrong = { key: 'x', name: 'X', bank: { holder: 'X', iban: 'DE89370400440532013001' } };
  expect((await send('POST', '/legal-entities', wrong)).status).toBe(400);
});

test('percent comes before amounts, both lower the base of the tax, and periods are counted once', async () => {
  const tenant = buildTenant();
  const { tenantId, send, get, run, subscribe, read } = tenant;
  await setUpTax(tenant);
  const account = tenant.addAccount();
  const { id } = await subscribe(account, tenant.addPlan());
  const amount = platform.addCoupon(tenantId, { kind: 'amount', amount: '10', currency: 'EUR' });
  const percent = platform.addCoupon(tenantId, { kind: 'percent', percent: '50' }, { periods: 2 });
  const redeem = (code: string) => send('POST', `/subscriptions/${id}/coupons`, { code });
  expect((await redeem(amount.code)).body).toMatchObject({ periodsLeft: null, uses: 0 });
  expect((await redeem(percent.code)).body).toMatchObject({ periodsLeft: 2 });
  expect((await redeem(percent.code)).body).toMatchObject({ code: 'coupon.not_redeemable' });
  clock.time = new Date('2024-09-15T12:00:00Z');
  expect(await run()).toMatchObject({
    invoices: 4,
    amounts: [{ currency: 'EUR', totalMinor: String(2 * 4760 + 2 * 10710) }],
  });
  const invoices = await read(account.id);
  expect(invoices.map(({ discountMinor, taxMinor, totalMinor }) => [discountMinor, taxMinor, totalMinor])).toEqual([
    ['6000', '760', '4760'],
    ['6000', '760', '4760'],
    ['1000', '1710', '10710'],
    ['1000', '1710', '10710'],
  ]);
  expect(invoices[0].lines[0].discounts).toEqual([
    { couponId: percent.couponId, code: percent.code, amountMinor: '5000', percent: '50' },
    { couponId: amount.couponId, code: amount.code, amountMinor: '1000' },
  ]);
  const { data } = await get(`/subscriptions/${id}/coupons`);
  expect(data.map(({ uses, periodsLeft }: { uses: number; periodsLeft: number }) => [uses, periodsLeft])).toEqual([
    [4, null],
    [2, 0],
  ]);
  await run();
  expect(await read(account.id)).toHaveLength(4);
  // A voided invoice gives its period back.
  expect((await send('POST', `/invoices/${invoices[1].id}/void`)).body.status).toBe('void');
  expect((await get(`/subscriptions/${id}/coupons`)).data[1]).toMatchObject({ uses: 1, periodsLeft: 1 });
  expect((await send('DELETE', `/subscriptions/${id}/coupons/${data[0].id}`)).status).toBe(204);
  clock.time = new Date('2024-10-15T12:00:00Z');
  await run();
  expect((await read(account.id)).at(-1)).toMatchObject({ discountMinor: '5000' });
});

test('refuses coupons that are over, used up, of another currency, or for each account once', async () => {
  const tenant = buildTenant();
  const { tenantId, send, subscribe } = tenant;
  const plan = tenant.addPlan();
  const account = tenant.addAccount();
  const [first, second] = [await subscribe(account, plan), await subscribe(account, plan)];
  const other = await subscribe(tenant.addAccount(), plan);
  const redeem = async (subscription: { id: string }, code: string) =>
    (await send('POST', `/subscriptions/${subscription.id}/coupons`, { code })).status;
  const discount = { kind: 'percent', percent: '10' } as const;
  const add = (changes: object) => platform.addCoupon(tenantId, discount, changes).code;
  expect(await redeem(first, 'UNKNOWN')).toBe(404);
  expect(await redeem(first, add({ archived: true }))).toBe(409);
  expect(await redeem(first, add({ redeemableUntil: '2024-06-15T12:00:00.000Z' }))).toBe(409);
  const dollars = platform.addCoupon(tenantId, { kind: 'amount', amount: '5', currency: 'USD' });
  expect(await redeem(first, dollars.code)).toBe(409);
  const once = add({ oncePerAccount: true });
  expect([await redeem(first, once), await redeem(second, once), await redeem(other, once)]).toEqual([201, 409, 201]);
  const few = add({ maximumRedemptions: 2 });
  const answers = await Promise.all([first, second, other].map((subscription) => redeem(subscription, few)));
  expect(answers.sort()).toEqual([201, 201, 409]);
});

test("an account's coupon lowers the plans and prices that it names, of all that the account pays", async () => {
  const tenant = buildTenant();
  const { tenantId, send, run, subscribe, read } = tenant;
  const payer = tenant.addAccount();
  const child = tenant.addAccount({ parentId: payer.id });
  const named = tenant.addPlan(
    { planKey: 'named' },
    { ...base, setup: { model: 'flat', amount: '7', timing: 'advance' } },
  );
  await subscribe(child, named);
  await subscribe(payer, tenant.addPlan({ planKey: 'other' }));
  const changes = { plans: ['named'], prices: ['base'] };
  const { code } = platform.addCoupon(tenantId, { kind: 'percent', percent: '100' }, changes);
  expect((await send('POST', `/subscriptions/accounts/${payer.id}/coupons`, { code })).status).toBe(201);
  await run();
  const totals = (await read(payer.id)).map(({ totalMinor }) => totalMinor);
  expect(totals.sort()).toEqual(['10000', '700']);
});

test('what an adjustment gives back is lowered as what it gives back was', async () => {
  const tenant = buildTenant();
  const { tenantId, send, run, subscribe, read } = tenant;
  const account = tenant.addAccount();
  const { id } = await subscribe(account, tenant.addPlan());
  const { code } = platform.addCoupon(tenantId, { kind: 'percent', percent: '50' }, { periods: 1 });
  await send('POST', `/subscriptions/${id}/coupons`, { code });
  await run();
  await send('POST', `/subscriptions/${id}/cancel`, { when: 'now' });
  clock.time = new Date('2024-07-15T12:00:00Z');
  await run();
  const [charged, returned] = await read(account.id);
  expect(charged).toMatchObject({ totalMinor: '5000' });
  // 15 of 30 days are given back of what was paid, not of the full price.
  expect(returned).toMatchObject({
    subtotalMinor: '-5000',
    discountMinor: '-2500',
    totalMinor: '-2500',
    status: 'paid',
  });
});

test('one invoice for all that a payer pays on a date, in one currency, with the accounts on the lines', async () => {
  const tenant = buildTenant();
  const { run, subscribe, read } = tenant;
  await setUpTax(tenant);
  const payer = tenant.addAccount({ billing: { invoicing: 'consolidated' } });
  const middle = tenant.addAccount({ parentId: payer.id });
  const child = tenant.addAccount({ parentId: middle.id });
  const plan = tenant.addPlan();
  await subscribe(payer, plan);
  await subscribe(child, plan);
  await subscribe(tenant.addAccount({ parentId: payer.id, currency: 'USD' }), tenant.addPlan({ currency: 'USD' }));
  await subscribe(middle, plan, '2024-06-02');
  expect(await run()).toMatchObject({ subscriptions: 4, invoices: 3 });
  const invoices = await read(payer.id);
  expect(
    invoices.map(({ currency, totalMinor, lineCount, status }) => [currency, totalMinor, lineCount, status]).sort(),
  ).toEqual([
    ['EUR', '11900', 1, 'finalized'],
    ['EUR', '23800', 2, 'finalized'],
    ['USD', '11900', 1, 'finalized'],
  ]);
  const joint = invoices.find(({ lineCount }) => lineCount === 2);
  expect(joint).toMatchObject({ subscriptionId: null, taxMinor: '3800', calculation: 'done' });
  expect(joint.lines.map(({ accountId }: { accountId: string }) => accountId).sort()).toEqual(
    [payer.id, child.id].sort(),
  );
  expect(await run()).toMatchObject({ invoices: 0 });
});

test('a consolidated invoice of many subscriptions collects them over several batches', async () => {
  const tenant = buildTenant();
  const { run, send, read } = tenant;
  const payer = tenant.addAccount({ billing: { invoicing: 'consolidated' } });
  const { planId } = tenant.addPlan();
  for (let batch = 0; batch < 3; batch += 1) {
    const items = Array.from({ length: 400 }, () => ({ accountId: payer.id, planId, startsOn: '2024-06-01' }));
    expect((await send('POST', '/subscriptions/batch', { items })).status).toBe(200);
  }
  expect(await run()).toMatchObject({ subscriptions: 1200, invoices: 1, amounts: [{ totalMinor: '12000000' }] });
  expect(await read(payer.id)).toMatchObject([{ number: 'INV-000001', lineCount: 1200, totalMinor: '12000000' }]);
});

test('drafts wait for their review, can be edited meanwhile, and are final after it', async () => {
  const tenant = buildTenant();
  const { send, get, run, subscribe, read, sumLedger } = tenant;
  await setUpTax(tenant, { reviewHours: 24 });
  const account = tenant.addAccount();
  await subscribe(account, tenant.addPlan());
  await run();
  const [draft] = await read(account.id);
  expect(draft).toMatchObject({ status: 'draft', totalMinor: '11900', reviewUntil: '2024-06-16T12:00:00.000Z' });
  const path = `/invoices/${draft.id}/lines`;
  const line = { description: 'Set-up', quantity: '2', unitAmount: '12.345' };
  expect((await send('POST', path, line, { 'if-match': '"7"' })).status).toBe(412);
  expect((await send('POST', path, line)).body).toMatchObject({
    subtotalMinor: '12469',
    taxMinor: '2369',
    lineCount: 2,
    version: 2,
  });
  expect((await send('PATCH', `${path}/1`, { amount: '50', reason: 'agreed' })).body).toMatchObject({
    subtotalMinor: '7469',
    totalMinor: '8888',
  });
  expect((await send('DELETE', `${path}/2?reason=mistake`)).body).toMatchObject({
    subtotalMinor: '5000',
    lineCount: 1,
  });
  expect((await send('DELETE', `${path}/2?reason=mistake`)).status).toBe(404);
  expect((await get(`/invoices/${draft.id}`)).lines).toMatchObject([
    { amountMinor: '5000', detail: { workedOutMinor: '10000' } },
  ]);
  await run();
  expect((await get(`/invoices/${draft.id}`)).status).toBe('draft');
  expect(await sumLedger()).toEqual({});
  clock.time = new Date('2024-06-16T12:00:00Z');
  await run();
  expect(await get(`/invoices/${draft.id}`)).toMatchObject({
    status: 'finalized',
    number: 'INV-000001',
    totalMinor: '5950',
  });
  expect(await sumLedger()).toEqual({ receivable: '5950', revenue: '-5000', tax: '-950' });
  expect((await send('POST', path, line)).body.code).toBe('invoice.status_not_allowed');
});

test('what is charged once goes on the next invoice, or on one of its own', async () => {
  const tenant = buildTenant();
  const { send, get, run, subscribe, read } = tenant;
  await setUpTax(tenant);
  const account = tenant.addAccount();
  await subscribe(account, tenant.addPlan());
  const charge = {
    accountId: account.id,
    currency: 'EUR',
    description: 'Training',
    quantity: '1.5',
    unitAmount: '200',
  };
  const { body: waiting } = await send('POST', '/invoices/charges', charge);
  const { body: given } = await send('POST', '/invoices/charges', {
    ...charge,
    description: 'Gift',
    unitAmount: '-10',
  });
  const { body: dollars } = await send('POST', '/invoices/charges', { ...charge, currency: 'USD' });
  expect((await send('DELETE', `/invoices/charges/${given.id}`)).status).toBe(204);
  expect((await send('POST', '/invoices/charges', { ...charge, unitAmount: '0.001' })).status).toBe(400);
  await run();
  const [invoice] = await read(account.id);
  expect(invoice).toMatchObject({ status: 'finalized', subtotalMinor: '40000', totalMinor: '47600', lineCount: 2 });
  expect(invoice.lines[1]).toMatchObject({
    kind: 'one_off',
    description: 'Training',
    quantityBilled: '1.5',
    amountMinor: '30000',
  });
  expect((await send('DELETE', `/invoices/charges/${waiting.id}`)).body.code).toBe('charge.invoiced');
  const { body: now } = await send('POST', '/invoices/charges', { ...charge, when: 'now' });
  expect(await get(`/invoices/${now.invoiceId}`)).toMatchObject({
    reason: 'one_off',
    status: 'finalized',
    totalMinor: '35700',
  });
  expect((await get('/invoices/charges?pending=true')).data.map(({ id }: { id: string }) => id)).toEqual([dollars.id]);
});

test('an invoice is past due on the day after its date in its own zone, and events tell it once', async () => {
  const tenant = buildTenant();
  const { tenantId, get, run, subscribe, read } = tenant;
  const account = tenant.addAccount({ billing: { paymentTermDays: 3 } });
  await subscribe(account, tenant.addPlan());
  await run();
  const [{ id }] = await read(account.id);
  await subscriptions.takeEvents();
  platform.tenants.push(tenantId);
  const hourly = () => subscriptions.instance.jobs!.find(({ name }) => name === 'subscription.invoice-run')!.run({});
  clock.time = new Date('2024-06-18T21:59:59Z');
  await hourly();
  expect((await get(`/invoices/${id}`)).status).toBe('finalized');
  clock.time = new Date('2024-06-18T22:00:00Z');
  await hourly();
  await hourly();
  expect((await get(`/invoices/${id}`)).status).toBe('past_due');
  const late = (await subscriptions.takeEvents()).filter(({ type }) => type === 'invoice.past_due');
  expect(late).toMatchObject([{ data: { invoiceId: id, dueOn: '2024-06-18', dueMinor: '10000' } }]);
  expect((await get('/invoices?overdueOn=2024-06-19')).data).toHaveLength(1);
  expect((await get('/invoices?overdueOn=2024-06-18')).data).toHaveLength(0);
  expect((await get('/invoices?due=true')).data).toHaveLength(1);
});
