import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildCreditor } from '../../test/credit.builders.ts';
import { runCollection, startPayments, type PaymentsUnderTest } from '../../test/payment.builders.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());
beforeEach(() => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
});

const keepCredits = () => payments.under.instance.jobs!.find(({ name }) => name === 'subscription.credits')!.run({});
let disputes = 0;

test('credit that is charged is there with the payment, and the same key charges once', async () => {
  const { post, account, credits, ledger, get, assertConsistent: check } = await buildCreditor(payments);
  const body = { accountId: account.id, source: { type: 'charge', amountMinor: '5000' }, reason: 'bought' };
  const key = { 'idempotency-key': 'buy-1' };
  const { status, body: bought } = await post('/credits/grants', body, key);
  expect(status).toBe(201);
  expect(bought).toMatchObject({
    grant: { kind: 'paid', amountMinor: '5000', source: { type: 'payment', id: bought.payment.id } },
    payment: { status: 'succeeded', invoiceId: null, grantedMinor: '5000', unappliedMinor: '0' },
  });
  expect((await post('/credits/grants', body, key)).body).toEqual(bought);
  expect((await get('/payments')).data).toHaveLength(1);
  expect(await credits()).toEqual({ balance: '5000', grants: ['5000'] });
  expect(await ledger()).toEqual({ cash: '5000', credits: '-5000' });
  await check();
});

test('a charge whose answer was lost grants the credit once its result is known', async () => {
  const { post, account, credits, get } = await buildCreditor(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'silence_after' });
  const { body } = await post('/credits/grants', {
    accountId: account.id,
    source: { type: 'charge', amountMinor: '5000' },
    reason: 'bought',
  });
  expect(body).toMatchObject({ grant: null, payment: { status: 'unknown' } });
  expect(await credits()).toMatchObject({ balance: '0' });
  payments.clock.time = new Date(payments.clock.time.getTime() + 3_600_000);
  await runCollection(payments.under);
  expect(await get(`/payments/${body.payment.id}`)).toMatchObject({ status: 'succeeded', grantedMinor: '5000' });
  expect(await credits()).toEqual({ balance: '5000', grants: ['5000'] });
});

test('tells a low balance when it is crossed, and tops it up from the default payment method', async () => {
  const { give, bill, account, credits, get, tenantId, principal } = await buildCreditor(payments);
  const configure = (body: object, headers = {}) =>
    payments.under.request('PUT', `/credits/wallets/${account.id}/EUR`, { principal, body, headers });
  const topUp = { thresholdMinor: '500', amountMinor: '2000', expiryDays: 30 };
  expect((await configure({ lowBalanceMinor: '800', topUp })).body).toMatchObject({
    balanceMinor: '0',
    topUp,
    version: 2,
  });
  expect((await configure({}, { 'if-match': '"1"' })).body.code).toBe('request.version_mismatch');
  await give(1000);
  await payments.under.takeEvents();
  await bill('1');
  await bill('3');
  const low = (await payments.under.takeEvents()).filter(({ type }) => type === 'credit.low_balance');
  expect(low.map(({ data }) => data)).toEqual([
    { accountId: account.id, currency: 'EUR', balanceMinor: '600', thresholdMinor: '800' },
  ]);
  await keepCredits();
  expect(await credits()).toMatchObject({ balance: '600' });
  await bill('2');
  await keepCredits();
  await keepCredits();
  expect(await credits()).toEqual({ balance: '2400', grants: ['400', '2000'] });
  expect((await get(`/credits/grants?accountId=${account.id}`)).data[0]).toMatchObject({
    reason: 'automatic top-up',
    expiresAt: '2024-07-15T12:00:00.000Z',
  });
  expect((await get('/payments')).data).toMatchObject([
    { cause: 'automatic', amountMinor: '2000', status: 'succeeded' },
  ]);
  expect(tenantId).toBeDefined();
});

test('a top-up that fails is tried again a day later', async () => {
  const { account, principal, credits, get } = await buildCreditor(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'declined', declineCode: 'insufficient_funds' });
  const topUp = { thresholdMinor: '500', amountMinor: '2000' };
  await payments.under.request('PUT', `/credits/wallets/${account.id}/EUR`, { principal, body: { topUp } });
  await keepCredits();
  await keepCredits();
  expect((await get('/payments')).data).toMatchObject([{ status: 'failed' }]);
  expect((await get(`/credits?accountId=${account.id}`)).data[0].topUpNotBefore).toBe('2024-06-16T12:00:00.000Z');
  payments.clock.time = new Date('2024-06-16T12:00:00Z');
  await keepCredits();
  expect(await credits()).toMatchObject({ balance: '2000' });
});

test('a chargeback of bought credit takes what is left and opens what it paid; won, the money is there again', async () => {
  const creditor = await buildCreditor(payments);
  const { post, account, bill, get, tell, credits, entries, ledger, assertConsistent: check } = creditor;
  const { body: bought } = await post('/credits/grants', {
    accountId: account.id,
    source: { type: 'charge', amountMinor: '1000' },
    reason: 'bought',
  });
  const invoice = await bill('7');
  expect(invoice.status).toBe('paid');
  disputes += 1;
  const dispute = {
    id: `dp_credit_${disputes}`,
    object: 'dispute',
    amount: 1000,
    currency: 'eur',
    payment_intent: bought.payment.gatewayPaymentId,
    reason: 'fraudulent',
    status: 'needs_response',
    balance_transactions: [{ amount: -1000, fee: 1500 }],
    evidence_details: { due_by: 1_719_000_000 },
  };
  expect((await tell('charge.dispute.created', dispute)).status).toBe(200);
  expect(await get(`/invoices/${invoice.id}`)).toMatchObject({
    status: 'finalized',
    creditsMinor: '0',
    dueMinor: '700',
  });
  expect(await credits()).toEqual({ balance: '0', grants: ['0'] });
  expect(await entries()).toEqual(['grant 1000', 'use -700', 'refund -300', 'return 700', 'refund -700']);
  expect(await ledger()).toEqual({ cash: '0', credits: '0', receivable: '700', revenue: '-700' });
  expect(await get(`/payments/${bought.payment.id}`)).toMatchObject({ grantedMinor: '0', chargedBackMinor: '1000' });
  await check();
  const returned = [...dispute.balance_transactions, { amount: 1000, fee: 0 }];
  const later = { now: new Date(payments.clock.time.getTime() + 60_000) };
  await tell('charge.dispute.closed', { ...dispute, status: 'won', balance_transactions: returned }, later);
  expect(await get(`/invoices/${invoice.id}`)).toMatchObject({ status: 'paid', paidMinor: '700', dueMinor: '0' });
  expect(await get(`/payments/${bought.payment.id}`)).toMatchObject({ unappliedMinor: '300', appliedMinor: '700' });
  await check();
});

test('shows what is left after the usage so far, with tax, and what the next invoice comes to', async () => {
  const { give, get, account, tenantId, post, principal } = await buildCreditor(payments);
  const address = { line1: 'Weg 1', city: 'Berlin', country: 'DE' };
  const entity = { key: 'default', name: 'Seller', address };
  await payments.under.request('PUT', `/legal-entities/${tenantId}`, { principal, body: entity });
  await post('/tax-rates', { category: 'standard', percent: '20', label: 'USt.', country: 'DE' });
  const plan = payments.platform.addPlan(tenantId, {
    base: { model: 'flat', amount: '10', timing: 'advance' },
    calls: { model: 'per_unit', meter: 'api_call', unitAmount: '0.5' },
  });
  await give(20_000);
  await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-06-01' });
  await post('/invoices/runs', {});
  payments.platform.meter(tenantId, account.id, 'api_call', '2024-06-10T00:00:00Z', 30);
  expect((await get(`/credits/balance?accountId=${account.id}`)).data).toEqual([
    {
      currency: 'EUR',
      availableMinor: '18800',
      openUsageMinor: '1800',
      nextInvoicesMinor: '3000',
      projectedMinor: '17000',
    },
  ]);
  expect((await get(`/invoices?accountId=${account.id}`)).data).toHaveLength(1);
});
