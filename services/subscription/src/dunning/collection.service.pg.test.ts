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

/** Goes to so many days after an invoice's due date, lets the hourly work happen, and gives the steps that it took. */
async function goTo(invoice: { id: string; dueOn: string }, days: number): Promise<string[]> {
  payments.clock.time = new Date(Date.parse(`${invoice.dueOn}T12:00:00Z`) + days * 86_400_000);
  await payments.under.takeEvents();
  await runCollection(payments.under);
  return (await payments.under.takeEvents()).flatMap(({ type, data }) => {
    const { step, invoiceId } = data as { step: string; invoiceId: string };
    return type === 'dunning.step_reached' && invoiceId === invoice.id ? [step] : [];
  });
}

test('charges open invoices by themselves, and nothing without a payment method', async () => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  const payer = await buildPayer(payments, ['10', '20']);
  const without = await buildPayer(payments, ['10'], false);
  const before = payments.stripe.charged;
  await runCollection(payments.under);
  await runCollection(payments.under);
  expect(payments.stripe.charged - before).toBe(3000);
  expect((await payer.get('/invoices?status=paid')).data).toHaveLength(2);
  expect((await payer.get('/payments')).data).toMatchObject([{ cause: 'automatic' }, { cause: 'automatic' }]);
  expect((await without.get('/payments')).data).toEqual([]);
});

test('tries again on the days of the steps, each once, and settles when the card is good again', async () => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  const { get, invoices } = await buildPayer(payments);
  const [invoice] = invoices;
  const decline = { kind: 'declined', declineCode: 'insufficient_funds' } as const;
  const attempts = async () => (await get(`/payments?invoiceId=${invoice.id}`)).data.length;
  payments.stripe.failNext('/v1/payment_intents', decline);
  await runCollection(payments.under);
  expect(await attempts()).toBe(1);
  expect(await goTo(invoice, 0)).toEqual([]);
  payments.stripe.failNext('/v1/payment_intents', decline);
  expect(await goTo(invoice, 1)).toEqual(['day-1']);
  expect(await goTo(invoice, 1)).toEqual([]);
  expect(await goTo(invoice, 2)).toEqual([]);
  expect(await attempts()).toBe(2);
  expect(await get(`/invoices/${invoice.id}/dunning`)).toMatchObject({ reached: ['day-1'], paused: null });
  expect(await goTo(invoice, 3)).toEqual([]);
  expect(await attempts()).toBe(3);
  expect((await get(`/invoices/${invoice.id}`)).status).toBe('paid');
});

test('a stolen card is not charged again until there is another one', async () => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  const { get, invoices, method, addMethod } = await buildPayer(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'declined', declineCode: 'stolen_card' });
  await runCollection(payments.under);
  expect(await get(`/payments/methods/${method.id}`)).toMatchObject({ status: 'declined', declineCode: 'stolen_card' });
  expect(await goTo(invoices[0], 3)).toEqual(['day-1', 'day-3']);
  expect((await get(`/payments?invoiceId=${invoices[0].id}`)).data).toHaveLength(1);
  await addMethod('pm_of_another_card', true);
  await goTo(invoices[0], 4);
  expect((await get(`/invoices/${invoices[0].id}`)).status).toBe('paid');
});

test('does what the policy says in the end: subscriptions are canceled and the rest is written off', async () => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  const { get, invoices, principal, tenantId } = await buildPayer(payments, ['10'], false);
  const put = (body: object, headers = {}) =>
    payments.under.request('PUT', '/payments/dunning-policies/default', { principal, body, headers });
  const steps = [
    { key: 'reminder', afterDays: 2, notice: 'reminder' },
    { key: 'stop', afterDays: 10, action: 'cancel_subscriptions' },
    { key: 'give-up', afterDays: 30, action: 'write_off' },
  ];
  expect((await put({ steps })).body).toMatchObject({ version: 1, legalEntityId: null });
  expect((await put({ steps }, { 'if-match': '"7"' })).status).toBe(412);
  expect((await put({ steps: [steps[0], steps[0]] })).body).toMatchObject({ errors: [{ path: '/steps' }] });
  expect(await goTo(invoices[0], 2)).toEqual(['reminder']);
  expect(await goTo(invoices[0], 11)).toEqual(['stop']);
  expect((await get('/subscriptions')).data[0]).toMatchObject({ status: 'canceled' });
  expect(await goTo(invoices[0], 30)).toEqual(['give-up']);
  expect(await get(`/invoices/${invoices[0].id}`)).toMatchObject({ status: 'written_off', dueMinor: '0' });
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({ receivable: '0', write_offs: '1000' });
  expect(await goTo(invoices[0], 60)).toEqual([]);
});

test('nobody is reminded while an agent has stopped it', async () => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  const { post, invoices } = await buildPayer(payments, ['10'], false);
  await post(`/invoices/${invoices[0].id}/dunning/pause`);
  expect(await goTo(invoices[0], 1)).toEqual([]);
  await post(`/invoices/${invoices[0].id}/dunning/resume`);
  expect(await goTo(invoices[0], 1)).toEqual(['day-1']);
});

test('tells of cards that expire, 30 days and 7 days before', async () => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  const { tenantId, method } = await buildPayer(payments, []);
  await payments.under.database.transaction(tenantId, (transaction) =>
    transaction.execute(`UPDATE subscription.payment_methods SET expiry_month = 7, expiry_year = 2024`),
  );
  const notices = async (date: string) => {
    payments.clock.time = new Date(`${date}T12:00:00Z`);
    await payments.under.takeEvents();
    await runCollection(payments.under);
    return (await payments.under.takeEvents())
      .filter(
        ({ type, data }) =>
          type === 'payment_method.expiring' && (data as { paymentMethodId: string }).paymentMethodId === method.id,
      )
      .map(({ data }) => data);
  };
  expect(await notices('2024-06-30')).toEqual([]);
  expect(await notices('2024-07-01')).toMatchObject([{ noticeDays: 30, expiresOn: '2024-07-31', last4: '4242' }]);
  expect(await notices('2024-07-23')).toEqual([]);
  expect(await notices('2024-07-24')).toMatchObject([{ noticeDays: 7 }]);
  expect(await notices('2024-07-25')).toEqual([]);
});

test('a payment that nobody confirms within a day is given up', async () => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  const { post, get, invoices } = await buildPayer(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'requires_action' });
  const { payment } = (await post(`/invoices/${invoices[0].id}/pay`, { customerPresent: true })).body;
  payments.clock.time = new Date('2024-06-16T11:00:00Z');
  await runCollection(payments.under);
  expect((await get(`/payments/${payment.id}`)).status).toBe('requires_action');
  payments.clock.time = new Date('2024-06-16T12:00:00Z');
  await runCollection(payments.under);
  expect(await get(`/payments/${payment.id}`)).toMatchObject({ status: 'failed', failure: { kind: 'canceled' } });
});

test('a sandbox that moves its time forward sees the steps happen', async () => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
  const { post, get, invoices, tenantId } = await buildPayer(payments, ['10'], false);
  payments.platform.testClocks.set(tenantId, null);
  const to = new Date(Date.parse(invoices[0].dueOn) + 5.5 * 86_400_000).toISOString();
  // The tenant's time is remembered for a second.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await post('/subscriptions/clock/advance', { to })).toMatchObject({ status: 200, body: { now: to } });
  expect((await get(`/invoices/${invoices[0].id}/dunning`)).reached).toEqual(['day-1', 'day-3', 'day-5']);
});
