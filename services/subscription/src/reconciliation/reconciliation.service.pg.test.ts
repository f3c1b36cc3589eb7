import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPayer, startPayments, type PaymentsUnderTest } from '../../test/payment.builders.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());

const noon = Date.parse('2024-06-15T12:00:00Z') / 1000;

/** What Stripe's books say: each entry by its type, source and amount. */
function enter(id: string, type: string, source: object, amount: number, created = noon): void {
  payments.stripe.movements.push({
    id,
    object: 'balance_transaction',
    type,
    source,
    amount,
    fee: 30,
    currency: 'eur',
    created,
  });
}

test('books that agree have no differences, and those that do not are named one by one', async () => {
  payments.stripe.movements.length = 0;
  const { post, get, invoices, gateway } = await buildPayer(payments, ['10', '20', '30', '40']);
  const pay = async (index: number) => (await post(`/invoices/${invoices[index].id}/pay`)).body.payment;
  const [agreed, missing, wrong] = [await pay(0), await pay(1), await pay(2)];
  await post(`/invoices/${invoices[3].id}/pay`, { received: { by: 'manual' } });
  const refund = (await post(`/payments/${agreed.id}/refunds`, { amountMinor: '500', reason: 'x' })).body;
  const charge = (gatewayPaymentId: string) => ({
    id: `ch_${gatewayPaymentId}`,
    object: 'charge',
    payment_intent: gatewayPaymentId,
  });
  enter('txn_1', 'charge', charge(agreed.gatewayPaymentId), 4000);
  enter('txn_2', 'refund', { id: refund.gatewayRefundId, object: 'refund' }, -500);
  // Noted at the gateway two days before the webhook came.
  enter('txn_3', 'charge', charge(wrong.gatewayPaymentId), 1999, noon - 2 * 86_400);
  enter('txn_4', 'charge', charge('pi_of_somebody'), 7700);
  enter('txn_5', 'payout', { id: 'po_1', object: 'payout' }, -9000);
  const report = await get('/payments/reconciliation?from=2024-06-15&to=2024-06-15');
  const gatewayAccountId = gateway.id;
  expect(report.differences).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ problem: 'missing_here', gatewayId: 'pi_of_somebody', gatewayMinor: '7700', id: null }),
      expect.objectContaining({ problem: 'missing_at_gateway', id: missing.id, ownMinor: '3000', gatewayMinor: null }),
      expect.objectContaining({ problem: 'amount_differs', id: wrong.id, ownMinor: '2000', gatewayMinor: '1999' }),
    ]),
  );
  expect(report.differences).toHaveLength(3);
  const common = { date: '2024-06-15', currency: 'EUR', gatewayAccountId };
  expect(report.days).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...common,
        gatewayAccountId: null,
        gateway: 'manual',
        ownMinor: '1000',
        gatewayMinor: null,
      }),
      expect.objectContaining({
        ...common,
        kind: 'payment',
        ownCount: 3,
        ownMinor: '9000',
        gatewayCount: 2,
        gatewayMinor: '11700',
        feeMinor: '60',
      }),
      expect.objectContaining({ ...common, kind: 'refund', ownMinor: '-500', gatewayMinor: '-500' }),
      expect.objectContaining({ ...common, kind: 'other', ownCount: 0, gatewayMinor: '-9000' }),
    ]),
  );
});

test('money that went and came back is no difference', async () => {
  payments.stripe.movements.length = 0;
  const { post, get, invoices, tell } = await buildPayer(payments);
  const { payment } = (await post(`/invoices/${invoices[0].id}/pay`)).body;
  const refund = (await post(`/payments/${payment.id}/refunds`, { reason: 'x' })).body;
  await tell('refund.failed', { ...payments.stripe.refunds.get(refund.gatewayRefundId)!, status: 'failed' });
  enter('txn_6', 'charge', { id: 'ch_1', object: 'charge', payment_intent: payment.gatewayPaymentId }, 1000);
  enter('txn_7', 'refund', { id: refund.gatewayRefundId, object: 'refund' }, -1000);
  enter('txn_8', 'refund_failure', { id: refund.gatewayRefundId, object: 'refund' }, 1000);
  expect((await get('/payments/reconciliation?from=2024-06-15&to=2024-06-15')).differences).toEqual([]);
});

test('a range that is too long or in the wrong order is refused by its path', async () => {
  const { get } = await buildPayer(payments, []);
  for (const query of ['from=2024-06-15&to=2024-06-14', 'from=2024-01-01&to=2024-06-15'])
    expect(await get(`/payments/reconciliation?${query}`)).toMatchObject({
      code: 'reconciliation.range_invalid',
      errors: [{ path: '/query/to' }],
    });
});
