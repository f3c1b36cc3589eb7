import { newId } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signStripeEvent } from '@plinth/testing';
import {
  buildPayer,
  startPayments,
  sumLedger,
  webhookSecret,
  type PaymentsUnderTest,
} from '../../test/payment.builders.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());

const hoursAgo = (hours: number) => new Date(payments.clock.time.getTime() - hours * 3_600_000);

/** A payment that is on its way, such as a direct debit, and what Stripe says of it. */
async function buildPending() {
  const payer = await buildPayer(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'processing' });
  const { body } = await payer.post(`/invoices/${payer.invoices[0].id}/pay`);
  expect(body.payment.status).toBe('pending');
  const intent = payments.stripe.intents.get(body.payment.gatewayPaymentId)!;
  return { ...payer, payment: body.payment, succeeded: { ...intent, status: 'succeeded' }, intent };
}

test('a success that is told by webhook settles the invoice, once', async () => {
  const { tell, get, payment, succeeded, tenantId } = await buildPending();
  const now = payments.clock.time;
  const id = `evt_${newId()}`;
  expect(await tell('payment_intent.succeeded', succeeded, { id, now })).toMatchObject({
    status: 200,
    body: { received: true, duplicate: false },
  });
  expect(await get(`/payments/${payment.id}`)).toMatchObject({ status: 'succeeded', appliedMinor: '1000' });
  const repeated = await Promise.all([1, 2, 3].map(() => tell('payment_intent.succeeded', succeeded, { id, now })));
  expect(repeated.map(({ body }) => body)).toEqual(Array(3).fill({ received: true, duplicate: true }));
  expect(await tell('payment_intent.succeeded', succeeded)).toMatchObject({ body: { duplicate: false } });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
});

test('copies of one event that come at the same time do it once', async () => {
  const { tell, succeeded, tenantId } = await buildPending();
  const id = `evt_${newId()}`;
  const now = payments.clock.time;
  const answers = await Promise.all([1, 2, 3, 4].map(() => tell('payment_intent.succeeded', succeeded, { id, now })));
  expect(answers.map(({ body }) => body.duplicate).toSorted()).toEqual([false, true, true, true]);
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
});

test('a webhook that comes before the answer to the charge settles it, and the answer changes nothing', async () => {
  const { tell, post, get, invoices, tenantId } = await buildPayer(payments);
  payments.stripe.beforeAnswer = async (object) => {
    if (object['object'] === 'payment_intent')
      expect((await tell('payment_intent.succeeded', object)).status).toBe(200);
  };
  const { body } = await post(`/invoices/${invoices[0].id}/pay`);
  payments.stripe.beforeAnswer = undefined;
  expect(body).toMatchObject({ invoice: { status: 'paid' }, payment: { status: 'succeeded', version: 2 } });
  expect((await get(`/payments?invoiceId=${invoices[0].id}`)).data).toHaveLength(1);
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
});

test('events in the wrong order do not undo a success', async () => {
  const { tell, get, payment, succeeded, intent, tenantId } = await buildPending();
  await tell('payment_intent.succeeded', succeeded);
  const error = { code: 'card_declined', decline_code: 'stolen_card', message: 'declined' };
  const failed = { ...intent, status: 'requires_payment_method', last_payment_error: error };
  expect((await tell('payment_intent.payment_failed', failed, { now: payments.clock.time })).status).toBe(200);
  expect((await tell('payment_intent.processing', intent)).status).toBe(200);
  expect(await get(`/payments/${payment.id}`)).toMatchObject({ status: 'succeeded', failure: null });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
});

test('a payment that had failed and succeeds after all counts, and what is paid twice by it is kept', async () => {
  const { tell, get, post, payment, succeeded, intent, invoices, tenantId } = await buildPending();
  const failed = { ...intent, status: 'requires_payment_method', last_payment_error: { code: 'card_declined' } };
  await tell('payment_intent.payment_failed', failed);
  expect((await get(`/payments/${payment.id}`)).status).toBe('failed');
  expect((await post(`/invoices/${invoices[0].id}/pay`)).body.payment.status).toBe('succeeded');
  await tell('payment_intent.succeeded', succeeded);
  expect(await get(`/payments/${payment.id}`)).toMatchObject({ status: 'succeeded', unappliedMinor: '1000' });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '2000', receivable: '0', credits: '-1000' });
});

test('refuses what the gateway did not sign, or not just now, and changes nothing', async () => {
  const { tell, get, payment, succeeded, gateway } = await buildPending();
  const refused = { status: 401, body: { code: 'payment_webhook.signature_invalid' } };
  expect(await tell('payment_intent.succeeded', succeeded, { secret: 'whsec_guessed' })).toMatchObject(refused);
  expect(await tell('payment_intent.succeeded', succeeded, { now: hoursAgo(0.1) })).toMatchObject(refused);
  expect(await tell('payment_intent.succeeded', succeeded, { now: hoursAgo(-0.1) })).toMatchObject(refused);
  const send = (body: string, signature?: string) =>
    payments.under.request('POST', `/payments/webhooks/${gateway.id}`, {
      body,
      headers: signature === undefined ? {} : { 'stripe-signature': signature },
    });
  const event = { id: 'evt_x', type: 'payment_intent.succeeded', created: 1, data: { object: succeeded } };
  const { body, signature } = signStripeEvent(event, webhookSecret, payments.clock.time);
  expect(await send(body)).toMatchObject(refused);
  expect(await send(body.replace('1000', '9999'), signature)).toMatchObject(refused);
  expect(await send(body, signature.replace(/v1=[^,]+/, 'v1='))).toMatchObject(refused);
  expect(await send(body, signature.replace('v1=', 'v0='))).toMatchObject(refused);
  expect(await send(body, 'nonsense')).toMatchObject(refused);
  const empty = signStripeEvent({ hello: 1 }, webhookSecret, payments.clock.time);
  expect(await send(empty.body, empty.signature)).toMatchObject(refused);
  expect((await get(`/payments/${payment.id}`)).status).toBe('pending');
});

test("another tenant's gateway account cannot speak of a payment, and an unknown one of nothing", async () => {
  const owner = await buildPending();
  const stranger = await buildPayer(payments, []);
  expect(await stranger.tell('payment_intent.succeeded', owner.succeeded)).toMatchObject({ status: 200 });
  expect((await owner.get(`/payments/${owner.payment.id}`)).status).toBe('pending');
  const { body, signature } = signStripeEvent(
    { id: 'evt_y', type: 'payment_intent.succeeded', created: 1, data: { object: owner.succeeded } },
    webhookSecret,
    payments.clock.time,
  );
  const unknown = await payments.under.request('POST', `/payments/webhooks/${newId()}`, {
    body,
    headers: { 'stripe-signature': signature },
  });
  expect(unknown).toMatchObject({ status: 401, body: { code: 'payment_webhook.signature_invalid' } });
});

test('keeps events that are of no concern', async () => {
  const { tell, tenantId } = await buildPayer(payments, []);
  expect(await tell('invoice.upcoming', { id: 'in_1', object: 'invoice' })).toMatchObject({
    status: 200,
    body: { duplicate: false },
  });
  const rows = await payments.under.database.transaction(tenantId, (transaction) =>
    transaction.rows(`SELECT type, outcome, payload->'data'->'object'->>'id' AS id FROM subscription.gateway_events`),
  );
  expect(rows).toEqual([{ type: 'invoice.upcoming', outcome: 'ignored', id: 'in_1' }]);
});

test('takes over a renewed card, and one that was detached at the gateway', async () => {
  const { tell, get, method } = await buildPayer(payments);
  const renewed = {
    ...payments.stripe.methods.get(method.gatewayMethodId)!,
    card: { brand: 'visa', last4: '1881', exp_month: 3, exp_year: 2033 },
  };
  await tell('payment_method.automatically_updated', renewed);
  const path = `/payments/methods/${method.id}`;
  expect(await get(path)).toMatchObject({ last4: '1881', expiryMonth: 3, expiryYear: 2033, isDefault: true });
  await tell('payment_method.detached', { ...renewed, customer: null });
  expect((await get(path)).code).toBe('resource.not_found');
});

test('forgets after a time what the gateway said, and still knows that it said it', async () => {
  const { tell, tenantId } = await buildPayer(payments, []);
  const now = payments.clock.time;
  const [old, recent] = [`evt_${newId()}`, `evt_${newId()}`];
  const purge = payments.under.instance.jobs!.find(({ name }) => name === 'subscription.purge-gateway-events')!;
  const kept = () =>
    payments.under.database.transaction(tenantId, (transaction) =>
      transaction.rows(
        `SELECT event_id AS id, payload IS NOT NULL AS kept FROM subscription.gateway_events ORDER BY received_at`,
      ),
    );
  try {
    await tell('invoice.upcoming', { id: 'in_1', object: 'invoice' }, { id: old });
    payments.clock.time = new Date(now.getTime() + 397 * 86_400_000);
    await tell('invoice.upcoming', { id: 'in_2', object: 'invoice' }, { id: recent });
    await purge.run({});
    expect(await kept()).toEqual([
      { id: old, kept: true },
      { id: recent, kept: true },
    ]);
    payments.clock.time = new Date(payments.clock.time.getTime() + 1000);
    await payments.under.takeEvents();
    await purge.run({});
    expect(await kept()).toEqual([
      { id: old, kept: false },
      { id: recent, kept: true },
    ]);
    const audited = (await payments.under.takeEvents()).filter(({ tenant }) => tenant === tenantId);
    expect(audited).toMatchObject([{ data: { action: 'gateway_events.purged', after: { events: 1 } } }]);
    const again = await tell('invoice.upcoming', { id: 'in_1', object: 'invoice' }, { id: old });
    expect(again.body).toEqual({ received: true, duplicate: true });
  } finally {
    payments.clock.time = now;
  }
});
