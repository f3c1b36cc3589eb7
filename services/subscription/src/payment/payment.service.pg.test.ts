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

const minutes = (count: number) => (payments.clock.time = new Date(payments.clock.time.getTime() + count * 60_000));

test('charges an invoice by the default payment method and settles it', async () => {
  const { post, get, invoices, tenantId, method } = await buildPayer(payments);
  await payments.under.takeEvents();
  const { status, body } = await post(`/invoices/${invoices[0].id}/pay`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    invoice: { status: 'paid', paidMinor: '1000', dueMinor: '0' },
    payment: { status: 'succeeded', gateway: 'stripe', amountMinor: '1000', appliedMinor: '1000', unappliedMinor: '0' },
  });
  expect(await get(`/payments/${body.payment.id}`)).toMatchObject({
    paymentMethodId: method.id,
    allocations: [{ invoiceId: invoices[0].id, amountMinor: '1000' }],
  });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
  const types = (await payments.under.takeEvents()).map(({ type }) => type);
  expect(types).toContain('payment.succeeded');
  const again = await post(`/invoices/${invoices[0].id}/pay`);
  expect(again).toMatchObject({ status: 409, body: { code: 'payment.nothing_due' } });
});

test('a repeated request with the same key finds its payment, also when the stored answer was lost', async () => {
  const { post, invoices } = await buildPayer(payments);
  const before = payments.stripe.charged;
  const pay = () => post(`/invoices/${invoices[0].id}/pay`, undefined, { 'idempotency-key': 'once' });
  const first = await pay();
  expect(await pay()).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' }, body: first.body });
  await payments.under.database.platformTransaction((transaction) =>
    transaction.execute(`DELETE FROM subscription.idempotency_keys WHERE key = 'once'`),
  );
  const repeated = await pay();
  expect(repeated.headers).not.toHaveProperty('idempotency-replayed');
  expect(repeated.body.payment.id).toBe(first.body.payment.id);
  expect(payments.stripe.charged - before).toBe(1000);
});

test.each([{ kind: 'silence_after' }, { kind: 'server_error_after' }] as const)(
  'a charge whose answer is lost ($kind) is unknown, is found out, and is never made twice',
  async (fault) => {
    const { post, get, invoices } = await buildPayer(payments);
    const before = payments.stripe.charged;
    payments.stripe.failNext('/v1/payment_intents', fault);
    const { body } = await post(`/invoices/${invoices[0].id}/pay`);
    expect(body).toMatchObject({ invoice: { status: 'finalized' }, payment: { status: 'unknown' } });
    expect(await post(`/invoices/${invoices[0].id}/pay`)).toMatchObject({
      status: 409,
      body: { code: 'payment.running' },
    });
    await runCollection(payments.under);
    expect((await get(`/payments/${body.payment.id}`)).status).toBe('unknown');
    minutes(6);
    await runCollection(payments.under);
    expect(await get(`/payments/${body.payment.id}`)).toMatchObject({ status: 'succeeded', appliedMinor: '1000' });
    expect((await get(`/invoices/${invoices[0].id}`)).status).toBe('paid');
    await runCollection(payments.under);
    expect(payments.stripe.charged - before).toBe(1000);
  },
);

test('a request that never arrived fails after a quarter of an hour, and then the invoice is charged once', async () => {
  const { post, get, invoices } = await buildPayer(payments);
  const before = payments.stripe.charged;
  payments.stripe.failNext('/v1/payment_intents', { kind: 'lost' });
  const { body } = await post(`/invoices/${invoices[0].id}/pay`);
  expect(body.payment.status).toBe('unknown');
  minutes(6);
  await runCollection(payments.under);
  expect((await get(`/payments/${body.payment.id}`)).status).toBe('unknown');
  minutes(10);
  await runCollection(payments.under);
  expect(await get(`/payments/${body.payment.id}`)).toMatchObject({
    status: 'failed',
    failure: { kind: 'temporary', code: 'not_received' },
  });
  expect((await get(`/invoices/${invoices[0].id}`)).status).toBe('paid');
  expect(payments.stripe.charged - before).toBe(1000);
});

test('a crash between the attempt and the charge is noticed and charged once', async () => {
  const { get, invoices, tenantId, account, gateway, method } = await buildPayer(payments);
  const before = payments.stripe.charged;
  const now = payments.clock.time;
  await payments.under.database.transaction(tenantId, (transaction) =>
    transaction.execute(
      `INSERT INTO subscription.payments (id, tenant_id, legal_entity_id, account_id, invoice_id, gateway, gateway_account_id,
         payment_method_id, currency, amount_minor, status, cause, check_at, version, created_at, updated_at)
       VALUES ('0190163d-8694-7000-8000-0000000000aa', $1, $1, $2, $3, 'stripe', $4, $5, 'EUR', 1000, 'pending', 'automatic', $6, 1, $6, $6)`,
      [tenantId, account.id, invoices[0].id, gateway.id, method.id, now],
    ),
  );
  await runCollection(payments.under);
  minutes(20);
  await runCollection(payments.under);
  expect((await get('/payments/0190163d-8694-7000-8000-0000000000aa')).status).toBe('failed');
  expect((await get(`/invoices/${invoices[0].id}`)).status).toBe('paid');
  expect(payments.stripe.charged - before).toBe(1000);
});

test('two requests at once charge once', async () => {
  const { post, invoices } = await buildPayer(payments);
  const before = payments.stripe.charged;
  const path = `/invoices/${invoices[0].id}/pay`;
  const answers = await Promise.all([post(path), post(path), post(path)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  expect(payments.stripe.charged - before).toBe(1000);
});

test('being asked too often tries nothing, and the next hour tries again', async () => {
  const { post, get, invoices } = await buildPayer(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'rate_limited' });
  const { body } = await post(`/invoices/${invoices[0].id}/pay`);
  expect(body.payment).toMatchObject({ status: 'failed', failure: { kind: 'temporary', code: 'rate_limited' } });
  await runCollection(payments.under);
  expect((await get(`/invoices/${invoices[0].id}`)).status).toBe('paid');
});

test('a refused key is told as it is and changes nothing', async () => {
  const { post, invoices } = await buildPayer(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'invalid_key' });
  const { body } = await post(`/invoices/${invoices[0].id}/pay`);
  expect(body).toMatchObject({
    invoice: { status: 'finalized' },
    payment: { status: 'failed', failure: { kind: 'refused', code: 'key_refused' } },
  });
});

test('a payment that waits for the customer makes way for the next one', async () => {
  const { post, get, invoices } = await buildPayer(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'requires_action' });
  const waiting = await post(`/invoices/${invoices[0].id}/pay`, { customerPresent: true });
  expect(waiting.body.payment).toMatchObject({
    status: 'requires_action',
    nextAction: { clientSecret: expect.stringContaining('_secret_') },
  });
  const next = await post(`/invoices/${invoices[0].id}/pay`);
  expect(next.body.payment.status).toBe('succeeded');
  expect(await get(`/payments/${waiting.body.payment.id}`)).toMatchObject({
    status: 'failed',
    failure: { kind: 'canceled' },
  });
});

test('records cash in parts, and keeps what is too much', async () => {
  const { post, get, invoices, tenantId } = await buildPayer(payments, ['30', '10'], false);
  const path = `/invoices/${invoices[0].id}/pay`;
  const received = { by: 'manual', on: '2024-06-14', reference: 'cheque 7' };
  const part = await post(path, { amountMinor: '1200', received });
  expect(part.body).toMatchObject({
    invoice: { status: 'finalized', paidMinor: '1200', dueMinor: '1800' },
    payment: { gateway: 'manual', cause: 'recorded', reference: 'cheque 7', receivedOn: '2024-06-14' },
  });
  const rest = await post(path, { amountMinor: '2000', received });
  expect(rest.body).toMatchObject({
    invoice: { status: 'paid', paidMinor: '3000' },
    payment: { appliedMinor: '1800', unappliedMinor: '200' },
  });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({
    cash: '3200',
    receivable: '1000',
    credits: '-200',
  });
  const applied = await post(`/payments/${rest.body.payment.id}/apply`, { invoiceId: invoices[1].id });
  expect(applied.body).toMatchObject({ appliedMinor: '2000', unappliedMinor: '0' });
  expect((await get(`/invoices/${invoices[1].id}`)).dueMinor).toBe('800');
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ cash: '3200', receivable: '800', credits: '0' });
  const tooMuch = await post(`/payments/${rest.body.payment.id}/apply`, { invoiceId: invoices[1].id });
  expect(tooMuch).toMatchObject({ status: 409, body: { code: 'payment.amount_too_large' } });
});

test('keys of a gateway account are never shown, and stand encrypted in the database', async () => {
  const { get, gateway, tenantId } = await buildPayer(payments);
  expect(JSON.stringify([gateway, await get('/payments/gateway-accounts')])).not.toMatch(/sk_test|whsec/);
  const [row] = await payments.under.database.transaction(tenantId, (transaction) =>
    transaction.rows<{ key: Buffer; secret: Buffer }>(
      `SELECT secret_key AS key, webhook_secret AS secret FROM subscription.gateway_accounts`,
    ),
  );
  expect(Buffer.concat([row!.key, row!.secret]).toString('latin1')).not.toMatch(/sk_test|whsec/);
});

test("answers 404 for another tenant's payments, methods and gateway accounts", async () => {
  const owner = await buildPayer(payments);
  const stranger = await buildPayer(payments, []);
  const { body } = await owner.post(`/invoices/${owner.invoices[0].id}/pay`);
  expect((await stranger.get(`/payments/${body.payment.id}`)).code).toBe('resource.not_found');
  expect((await stranger.get(`/payments/methods/${owner.method.id}`)).code).toBe('resource.not_found');
  expect((await stranger.get(`/payments/gateway-accounts/${owner.gateway.id}`)).code).toBe('resource.not_found');
  expect((await stranger.post(`/invoices/${owner.invoices[0].id}/pay`)).status).toBe(404);
  expect((await stranger.post(`/payments/${body.payment.id}/refunds`, { reason: 'mine' })).status).toBe(404);
});
