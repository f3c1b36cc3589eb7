import type { Principal } from '@plinth/contracts';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPayer, startPayments, type PaymentsUnderTest } from '../../test/payment.builders.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());

const permissions = [
  'payment:write',
  'invoice:write',
  'subscription:write',
  'credit:write',
  'dispute:read',
  'limit:support',
];

/** A payer with an open invoice of 10.00, an agent with a limit of 2.00, and their lead with one of 20.00. */
async function buildTeam(action: 'adjustment' | 'coupon' | 'recorded_payment') {
  const payer = await buildPayer(payments, ['10'], false);
  const person = (...held: string[]) =>
    buildPrincipal({ tenant: payer.tenantId, roles: [], grants: [{ permissions: held }] as never });
  const [support, lead] = [person(...permissions), person('dispute:read', 'dispute:approve', 'limit:lead')];
  const as = (principal: Principal, method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    payments.under.request(method, path, { principal, ...(body === undefined ? {} : { body }) });
  const setRule = (holder: string, amountMinor: string | null) =>
    as(payer.principal, 'PUT', '/disputes/approval-rules', {
      action,
      holder,
      currency: 'EUR',
      amountMinor,
      dayMinor: amountMinor,
    });
  await setRule('limit:support', '200');
  await setRule('limit:lead', '2000');
  const pending = async () => (await payer.get('/disputes/approvals?status=pending')).data;
  const approve = async (id: string) => (await as(lead, 'POST', `/disputes/approvals/${id}/approve`)).body;
  return { ...payer, support, as, setRule, pending, approve, invoice: payer.invoices[0] };
}

test('a refusal names its request in a member of its own, and tells others of it', async () => {
  const { support, as, invoice, pending, account, tenantId } = await buildTeam('recorded_payment');
  await payments.under.takeEvents();
  const refused = await as(support, 'POST', `/invoices/${invoice.id}/pay`, { received: { by: 'manual' } });
  const [request] = await pending();
  expect(refused).toMatchObject({
    status: 403,
    body: { code: 'approval.required', approvalRequestId: request.id, status: 403 },
  });
  const again = await as(support, 'POST', `/invoices/${invoice.id}/pay`, { received: { by: 'manual' } });
  expect(again.body.approvalRequestId).toBe(request.id);
  const told = (await payments.under.takeEvents()).filter(({ type }) => type === 'approval.requested');
  expect(told).toMatchObject([
    {
      tenant: tenantId,
      data: {
        approvalRequestId: request.id,
        action: 'recorded_payment',
        accountId: account.id,
        disputeId: null,
        currency: 'EUR',
        amountMinor: '1000',
        requestedBy: support.subject,
      },
    },
  ]);
});

test('money that somebody says has come counts within their limit, and is recorded once when it is approved', async () => {
  const { support, as, invoice, pending, approve, get } = await buildTeam('recorded_payment');
  const pay = (received: object, amountMinor?: string) =>
    as(support, 'POST', `/invoices/${invoice.id}/pay`, {
      received,
      ...(amountMinor === undefined ? {} : { amountMinor }),
    });
  expect((await pay({ by: 'manual' }, '150')).status).toBe(200);
  const cash = { by: 'manual', on: '2024-06-14', reference: 'receipt 7', note: 'cash' };
  expect((await pay(cash, '60')).body.code).toBe('approval.required');
  expect((await get('/payments')).data).toHaveLength(1);
  const [request] = await pending();
  expect(request).toMatchObject({ action: 'recorded_payment', amountMinor: '60', reason: 'cash' });
  expect(await approve(request.id)).toMatchObject({ status: 'executed', result: { type: 'payment' } });
  expect((await approve(request.id)).status).toBe('executed');
  expect((await get('/payments')).data).toMatchObject([
    { amountMinor: '60', reference: 'receipt 7', note: 'cash', receivedOn: '2024-06-14', gateway: 'manual' },
    { amountMinor: '150' },
  ]);
  expect(await get(`/invoices/${invoice.id}`)).toMatchObject({ paidMinor: '210' });
});

test('prepaid credit that is said to be paid for is guarded alike, also when the same request comes twice', async () => {
  const { support, account, pending, approve, get } = await buildTeam('recorded_payment');
  const buy = (amountMinor: string, key: string) =>
    payments.under.request('POST', '/credits/grants', {
      principal: support,
      headers: { 'idempotency-key': key },
      body: { accountId: account.id, reason: 'bought', source: { type: 'received', by: 'bank_transfer', amountMinor } },
    });
  expect((await buy('200', 'first')).status).toBe(201);
  expect((await buy('200', 'first')).status).toBe(201);
  expect((await buy('300', 'second')).body.code).toBe('approval.required');
  const [request] = await pending();
  expect(await approve(request.id)).toMatchObject({ status: 'executed' });
  const grants = (await get(`/credits/grants?accountId=${account.id}`)).data;
  expect(grants.map(({ amountMinor }: { amountMinor: string }) => amountMinor).toSorted()).toEqual(['200', '300']);
});

test('a pending charge is taken back within the limit, and above it when it is approved', async () => {
  const { support, as, account, post, pending, approve, get } = await buildTeam('adjustment');
  const charge = async (unitAmount: string) => {
    const body = { accountId: account.id, currency: 'EUR', description: 'setup', unitAmount };
    return (await post('/invoices/charges', body)).body.id as string;
  };
  const [small, large, back] = [await charge('2'), await charge('5'), await charge('-5')];
  const take = (id: string) => as(support, 'DELETE', `/invoices/charges/${id}`);
  const isCanceled = async (id: string) =>
    (await get('/invoices/charges')).data.find((one: { id: string }) => one.id === id).canceledAt !== null;
  expect((await take(small)).status).toBe(204);
  expect((await take(small)).status).toBe(204);
  expect((await take(back)).status).toBe(204);
  expect((await take(large)).body.code).toBe('approval.required');
  expect(await isCanceled(large)).toBe(false);
  const [request] = await pending();
  expect(request).toMatchObject({ action: 'adjustment', amountMinor: '500', reason: 'setup' });
  expect(await approve(request.id)).toMatchObject({ status: 'executed', result: { type: 'charge', id: large } });
  expect(await isCanceled(large)).toBe(true);
});

test('a coupon counts with all that it takes off; only who has no limit redeems one whose worth is not known', async () => {
  const { support, as, account, tenantId, pending, approve, setRule } = await buildTeam('coupon');
  const { platform } = payments;
  const off = (amount: string) => ({ kind: 'amount' as const, amount, currency: 'EUR' });
  const [small, large, endless, percent] = [
    platform.addCoupon(tenantId, off('1'), { periods: 2 }),
    platform.addCoupon(tenantId, off('1.01'), { periods: 2 }),
    platform.addCoupon(tenantId, off('1')),
    platform.addCoupon(tenantId, { kind: 'percent', percent: '1' }, { periods: 1 }),
  ];
  const path = `/subscriptions/accounts/${account.id}/coupons`;
  const redeem = (code: string, principal: Principal = support) => as(principal, 'POST', path, { code });
  expect((await redeem(small.code)).status).toBe(201);
  for (const { code } of [large, endless, percent]) expect((await redeem(code)).body.code).toBe('approval.required');
  const requests = await pending();
  expect(requests.map(({ amountMinor }: { amountMinor: string | null }) => amountMinor)).toEqual([null, null, '202']);
  expect(await approve(requests[2].id)).toMatchObject({ status: 'executed', result: { type: 'coupon_redemption' } });
  expect((await approve(requests[0].id)).code).toBe('approval.approver_limit');
  await setRule('limit:lead', null);
  expect(await approve(requests[0].id)).toMatchObject({ status: 'executed', amountMinor: null });
  // A shop redeems with its key what customers enter; the catalogue limits that.
  const shop: Principal = {
    kind: 'api-key',
    subject: 'shop',
    tenant: tenantId,
    roles: [],
    scopes: ['subscription:write'],
  };
  expect((await redeem(endless.code, shop)).status).toBe(201);
});
