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

let count = 0;

/** A payer whose paid invoice is disputed, and how Stripe tells of it. */
async function buildDisputed() {
  const payer = await buildPayer(payments);
  const { body } = await payer.post(`/invoices/${payer.invoices[0].id}/pay`);
  count += 1;
  const opened = {
    id: `dp_${count}`,
    object: 'dispute',
    amount: 1000,
    currency: 'eur',
    payment_intent: body.payment.gatewayPaymentId,
    reason: 'product_not_received',
    status: 'needs_response',
    balance_transactions: [{ amount: -1000, fee: 1500 }],
    evidence_details: { due_by: 1_719_000_000 },
  };
  const returned = [...opened.balance_transactions, { amount: 1000, fee: 0 }];
  return {
    ...payer,
    payment: body.payment,
    opened,
    won: { ...opened, status: 'won', balance_transactions: returned },
    lost: { ...opened, status: 'lost' },
    at: (minutes: number) => ({ now: new Date(payments.clock.time.getTime() + minutes * 60_000) }),
    invoice: () => payer.get(`/invoices/${payer.invoices[0].id}`),
  };
}

test('a dispute opens the invoice again, tells, and stops dunning until it is won', async () => {
  const { tell, opened, won, at, invoice, tenantId, get } = await buildDisputed();
  await payments.under.takeEvents();
  await tell('charge.dispute.created', opened);
  expect(await invoice()).toMatchObject({ status: 'finalized', paidMinor: '0', dueMinor: '1000' });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '0', receivable: '1000' });
  const events = await payments.under.takeEvents();
  expect(events.find(({ type }) => type === 'chargeback.opened')!.data).toMatchObject({
    reason: 'product_not_received',
    disputedMinor: '1000',
    evidenceDueBy: new Date(1_719_000_000_000).toISOString(),
  });
  await runCollection(payments.under);
  expect((await invoice()).status).toBe('finalized');
  await tell('charge.dispute.closed', won, at(2));
  expect(await invoice()).toMatchObject({ status: 'paid', paidMinor: '1000' });
  expect((await get('/payments/chargebacks')).data).toMatchObject([{ status: 'won', withdrawn: false }]);
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
});

test('a lost dispute leaves the invoice open, and it is not charged again by itself', async () => {
  const { tell, opened, lost, at, invoice, get, payment } = await buildDisputed();
  await tell('charge.dispute.created', opened);
  await tell('charge.dispute.closed', lost, at(2));
  await runCollection(payments.under);
  expect(await invoice()).toMatchObject({ status: 'finalized', dueMinor: '1000' });
  expect(await get(`/payments/${payment.id}`)).toMatchObject({ chargedBackMinor: '1000', refundableMinor: '0' });
  const [chargeback] = (await get('/payments/chargebacks?status=lost')).data;
  expect(await get(`/payments/chargebacks/${chargeback.id}`)).toMatchObject({ withdrawn: true });
});

test('the end of a dispute that comes before its beginning stands', async () => {
  const { tell, opened, won, at, invoice, tenantId } = await buildDisputed();
  await tell('charge.dispute.closed', won, at(3));
  await tell('charge.dispute.created', opened, at(1));
  expect(await invoice()).toMatchObject({ status: 'paid', paidMinor: '1000' });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
});

test('an inquiry takes nothing', async () => {
  const { tell, opened, invoice, get } = await buildDisputed();
  await tell('charge.dispute.created', { ...opened, status: 'warning_needs_response', balance_transactions: [] });
  expect((await invoice()).status).toBe('paid');
  expect((await get('/payments/chargebacks')).data).toMatchObject([{ status: 'inquiry', withdrawn: false }]);
});

test('a dispute of a payment that is not settled here yet is sent again later', async () => {
  const { post, invoices, tell } = await buildPayer(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'processing' });
  const { body } = await post(`/invoices/${invoices[0].id}/pay`);
  const dispute = {
    id: 'dp_early',
    amount: 1000,
    currency: 'eur',
    payment_intent: body.payment.gatewayPaymentId,
    reason: 'fraudulent',
    status: 'needs_response',
    balance_transactions: [{ amount: -1000 }],
    evidence_details: null,
  };
  const event = { id: 'evt_early' };
  expect(await tell('charge.dispute.created', dispute, event)).toMatchObject({
    status: 409,
    body: { code: 'payment_webhook.too_early' },
  });
  const intent = payments.stripe.intents.get(body.payment.gatewayPaymentId)!;
  await tell('payment_intent.succeeded', { ...intent, status: 'succeeded' });
  expect(await tell('charge.dispute.created', dispute, event)).toMatchObject({
    status: 200,
    body: { duplicate: false },
  });
});
