import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPayer, startPayments, sumLedger, type PaymentsUnderTest } from '../../test/payment.builders.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());

const header = 'bankAccount,bankReference,bookedOn,currency,amount,reference,payer';

test('settles what a statement names exactly, lists the rest, and takes a statement once', async () => {
  const { post, get, invoices, tenantId } = await buildPayer(payments, ['30', '20', '10'], false);
  const [large, middle, small] = invoices;
  const content = [
    header,
    `DE1,1,2024-06-13,EUR,30.00,Invoice ${large.number} thanks,Acme`,
    `DE1,2,2024-06-13,EUR,25.00,${middle.number},Acme`,
    'DE1,3,2024-06-13,EUR,10.00,no idea,Acme',
    `DE1,4,2024-06-13,USD,10.00,${small.number},Acme`,
  ].join('\n');
  const take = () => post('/payments/bank-statements', { format: 'csv', content });
  expect(await take()).toMatchObject({ status: 200, body: { imported: 4, matched: 1, unmatched: 3, known: 0 } });
  expect((await take()).body).toEqual({ imported: 0, matched: 0, unmatched: 0, known: 4 });
  expect(await get(`/invoices/${large.id}`)).toMatchObject({ status: 'paid', paidMinor: '3000' });
  const unmatched = (await get('/payments/bank-transfers?status=unmatched')).data.toSorted(
    (a: { bankReference: string }, b: { bankReference: string }) => a.bankReference.localeCompare(b.bankReference),
  );
  expect(unmatched.map(({ mismatch }: { mismatch: string }) => mismatch)).toEqual([
    'amount_differs',
    'no_reference',
    'currency_differs',
  ]);
  const [tooMuch, nameless, dollars] = unmatched;
  const apply = (transfer: { id: string }, invoice: { id: string }) =>
    post(`/payments/bank-transfers/${transfer.id}/apply`, { invoiceId: invoice.id });
  expect((await apply(dollars, small)).body.code).toBe('payment.mismatch');
  expect((await apply(tooMuch, middle)).body).toMatchObject({ status: 'matched', mismatch: null });
  expect((await apply(tooMuch, middle)).body.code).toBe('bank_transfer.not_open');
  expect((await get(`/payments?invoiceId=${middle.id}`)).data).toMatchObject([
    { gateway: 'bank_transfer', appliedMinor: '2000', unappliedMinor: '500', receivedOn: '2024-06-13' },
  ]);
  expect((await post(`/payments/bank-transfers/${nameless.id}/ignore`)).body.status).toBe('ignored');
  expect(await sumLedger(payments.under, tenantId)).toMatchObject({
    cash: '5500',
    receivable: '1000',
    credits: '-500',
  });
});

test('a statement with one bad line changes nothing', async () => {
  const { post, get, invoices } = await buildPayer(payments, ['10'], false);
  const content = `${header}\nDE1,1,2024-06-13,EUR,10.00,${invoices[0].number},Acme\nDE1,2,2024-06-13,EUR,ten,x,Acme`;
  expect(await post('/payments/bank-statements', { format: 'csv', content })).toMatchObject({
    status: 400,
    body: { code: 'bank_statement.unreadable', errors: [{ path: '/content' }] },
  });
  expect((await get('/payments/bank-transfers')).data).toEqual([]);
  expect((await get(`/invoices/${invoices[0].id}`)).status).toBe('finalized');
});

test('a transfer for an invoice that a card is being charged for waits for an agent', async () => {
  const { post, get, invoices } = await buildPayer(payments);
  payments.stripe.failNext('/v1/payment_intents', { kind: 'silence_after' });
  await post(`/invoices/${invoices[0].id}/pay`);
  const content = `${header}\nDE1,1,2024-06-13,EUR,10.00,${invoices[0].number},Acme`;
  expect((await post('/payments/bank-statements', { format: 'csv', content })).body).toMatchObject({ unmatched: 1 });
  expect((await get('/payments/bank-transfers')).data).toMatchObject([{ mismatch: 'payment_running' }]);
});
