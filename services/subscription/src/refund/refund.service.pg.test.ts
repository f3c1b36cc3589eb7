import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  buildPayer,
  runCollection,
  startPayments,
  sumLedger,
  type PaymentsUnderTest,
} from '../../test/payment.builders.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());

/** A payer whose invoice of 10.00 is paid. */
async function buildPaid() {
  const payer = await buildPayer(payments);
  const { body } = await payer.post(`/invoices/${payer.invoices[0].id}/pay`);
  const refund = (amountMinor?: string, headers = {}) =>
    payer.post(
      `/payments/${body.payment.id}/refunds`,
      { reason: 'goodwill', ...(amountMinor === undefined ? {} : { amountMinor }) },
      headers,
    );
  return { ...payer, payment: body.payment, refund, invoice: () => payer.get(`/invoices/${payer.invoices[0].id}`) };
}

test('refunds in parts up to what was paid and no further', async () => {
  const { refund, invoice, get, payment, tenantId } = await buildPaid();
  const first = await refund('300');
  expect(first).toMatchObject({ status: 201, body: { status: 'succeeded', amountMinor: '300' } });
  expect(await invoice()).toMatchObject({ status: 'finalized', paidMinor: '700', dueMinor: '300' });
  expect(await refund('701')).toMatchObject({ status: 409, body: { code: 'refund.too_large' } });
  expect((await refund()).body.amountMinor).toBe('700');
  expect(await refund('1')).toMatchObject({ status: 409, body: { code: 'refund.too_large' } });
  expect(await get(`/payments/${payment.id}`)).toMatchObject({ refundedMinor: '1000', refundableMinor: '0' });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '0', receivable: '1000' });
});

test('what was refunded is not charged again by itself until somebody says so', async () => {
  const { refund, invoice, get, post, invoices } = await buildPaid();
  await refund();
  await runCollection(payments.under);
  expect((await invoice()).status).toBe('finalized');
  expect((await get(`/invoices/${invoices[0].id}/dunning`)).paused).toBe('refund');
  await post(`/invoices/${invoices[0].id}/dunning/resume`);
  await runCollection(payments.under);
  expect((await invoice()).status).toBe('paid');
});

test('refunds that are asked for at once never give back more than was paid', async () => {
  const { refund, get, payment } = await buildPaid();
  const answers = await Promise.all(['600', '600', '600'].map((amount) => refund(amount)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  expect((await get(`/payments/${payment.id}`)).refundedMinor).toBe('600');
});

test('a refund whose answer was lost is found out and made once', async () => {
  const { refund, get, payment } = await buildPaid();
  payments.stripe.failNext('/v1/refunds', { kind: 'server_error_after' });
  const { body } = await refund('400', { 'idempotency-key': 'refund-once' });
  expect(body).toMatchObject({ status: 'unknown' });
  expect((await refund('601')).body.code).toBe('refund.too_large');
  payments.clock.time = new Date(payments.clock.time.getTime() + 31 * 60_000);
  await runCollection(payments.under);
  expect(await get(`/payments/refunds/${body.id}`)).toMatchObject({ status: 'succeeded' });
  expect((await get(`/payments/${payment.id}`)).refundedMinor).toBe('400');
  const made = [...payments.stripe.refunds.values()].filter(
    (entry) => entry['payment_intent'] === payment.gatewayPaymentId,
  );
  expect(made).toHaveLength(1);
});

test('a refund that comes back settles the invoice again', async () => {
  const { refund, invoice, tell, get, tenantId } = await buildPaid();
  const { body } = await refund();
  const made = payments.stripe.refunds.get(body.gatewayRefundId)!;
  await tell('refund.failed', { ...made, status: 'failed', failure_reason: 'lost_or_stolen_card' });
  expect(await get(`/payments/refunds/${body.id}`)).toMatchObject({
    status: 'failed',
    failureCode: 'lost_or_stolen_card',
  });
  expect(await invoice()).toMatchObject({ status: 'paid', paidMinor: '1000' });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
});

test('takes over a refund that was made at the gateway, once', async () => {
  const { invoice, tell, payment, get } = await buildPaid();
  const made = {
    id: 're_dashboard',
    object: 'refund',
    status: 'succeeded',
    amount: 250,
    currency: 'eur',
    payment_intent: payment.gatewayPaymentId,
    reason: 'requested_by_customer',
    metadata: {},
  };
  await tell('refund.created', made);
  await tell('refund.updated', made);
  expect((await get(`/payments/refunds?paymentId=${payment.id}`)).data).toMatchObject([
    { amountMinor: '250', reason: 'requested_by_customer', status: 'succeeded' },
  ]);
  expect(await invoice()).toMatchObject({ paidMinor: '750' });
});

test('a refund of cash is recorded, and needs the permission to refund', async () => {
  const { post, invoices, principal, get } = await buildPayer(payments, ['10'], false);
  const { body } = await post(`/invoices/${invoices[0].id}/pay`, { received: { by: 'manual' } });
  const path = `/payments/${body.payment.id}/refunds`;
  const member = buildPrincipal({ tenant: principal.tenant!, roles: ['org_member'] });
  const refused = await payments.under.request('POST', path, { principal: member, body: { reason: 'mine' } });
  expect(refused).toMatchObject({ status: 403, body: { code: 'auth.permission_denied' } });
  const refund = await post(path, { reason: 'paid twice', reference: 'till 4' });
  expect(refund.body).toMatchObject({ status: 'succeeded', reference: 'till 4', amountMinor: '1000' });
  expect((await get(`/invoices/${invoices[0].id}`)).dueMinor).toBe('1000');
});
