import { eventually } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  buildPayer,
  relayEvents,
  runCollection,
  startPayments,
  sumLedger,
  type PaymentsUnderTest,
} from '../../test/payment.builders.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  // An answer of the gateway is held back until another charge is over.
  payments = await startPayments(30_000);
});
afterAll(() => payments.stop());
beforeEach(() => payments.under.takeEvents());

type Payer = Awaited<ReturnType<typeof buildPayer>>;

/** The event that told that an invoice is final. */
async function findFinalized(invoiceId: string) {
  const events = await payments.under.takeEvents();
  return events.find(
    ({ type, data }) => type === 'invoice.finalized' && (data as { invoiceId: string }).invoiceId === invoiceId,
  )!;
}

/** Waits for so many attempts on an invoice that are over. */
const attemptsOn = ({ get }: Payer, invoiceId: string, count: number) =>
  eventually(async () => {
    const { data } = await get(`/payments?invoiceId=${invoiceId}`);
    const isOver = data.every(({ status }: { status: string }) => status === 'succeeded' || status === 'failed');
    return data.length >= count && isOver ? data : undefined;
  });

test('charges an invoice when it becomes final, without waiting for the hour', async () => {
  const payer = await buildPayer(payments);
  await relayEvents(payments.under);
  const [invoice] = payer.invoices;
  expect(await attemptsOn(payer, invoice.id, 1)).toMatchObject([{ status: 'succeeded', cause: 'automatic' }]);
  expect((await payer.get(`/invoices/${invoice.id}`)).status).toBe('paid');
});

test('charges once, however often the event comes and while the hourly collection runs', async () => {
  const payer = await buildPayer(payments);
  const before = payments.stripe.charged;
  const [invoice] = payer.invoices;
  const event = await findFinalized(invoice.id);
  const tell = (again?: object) =>
    payments.under.deliver('invoice.finalized', event.data, payer.tenantId, again as never);
  await Promise.all([tell(event), tell(), runCollection(payments.under), tell(), runCollection(payments.under)]);
  await attemptsOn(payer, invoice.id, 1);
  await runCollection(payments.under);
  expect(await attemptsOn(payer, invoice.id, 1)).toHaveLength(1);
  expect(payments.stripe.charged - before).toBe(1000);
  expect(await sumLedger(payments.under, payer.tenantId)).toMatchObject({ cash: '1000', receivable: '0' });
});

test('a collection that decided before the other attempt was declined does not try once more', async () => {
  const payer = await buildPayer(payments, ['10', '20']);
  const [first, second] = payer.invoices.toSorted((a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1));
  const event = await findFinalized(second.id);
  // The collection has read both invoices and charges the first one; meanwhile the second is charged and declined.
  payments.stripe.beforeAnswer = async () => {
    payments.stripe.beforeAnswer = undefined;
    payments.stripe.failNext('/v1/payment_intents', { kind: 'declined', declineCode: 'insufficient_funds' });
    await payments.under.deliver('invoice.finalized', event.data, payer.tenantId, event as never);
    await attemptsOn(payer, second.id, 1);
  };
  await runCollection(payments.under);
  expect(await attemptsOn(payer, first.id, 1)).toMatchObject([{ status: 'succeeded' }]);
  expect(await attemptsOn(payer, second.id, 1)).toMatchObject([{ status: 'failed', failure: { kind: 'soft' } }]);
});

test('charges nothing of accounts without a payment method, nor what an agent has stopped', async () => {
  const without = await buildPayer(payments, ['10'], false);
  const stopped = await buildPayer(payments);
  await stopped.post(`/invoices/${stopped.invoices[0].id}/dunning/pause`);
  const witness = await buildPayer(payments);
  await relayEvents(payments.under);
  await attemptsOn(witness, witness.invoices[0].id, 1);
  expect((await without.get('/payments')).data).toEqual([]);
  expect((await stopped.get('/payments')).data).toEqual([]);
});
