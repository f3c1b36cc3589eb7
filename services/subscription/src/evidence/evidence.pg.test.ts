import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDisputes, type DisputesUnderTest } from '../../test/dispute.builders.ts';
import { buildPayer } from '../../test/payment.builders.ts';

let disputes: DisputesUnderTest;
beforeAll(async () => {
  disputes = await startDisputes();
});
afterAll(() => disputes.stop());

const june = 'from=2024-06-01T00:00:00Z&to=2024-07-01T00:00:00Z';

/** A payer of whom everything is known: a paid invoice, a part of it refunded and credited, usage, and a change. */
async function buildHistory(fees: readonly string[] = ['10']) {
  const payer = await buildPayer(disputes, fees);
  const { tenantId, account, post, get, invoices } = payer;
  const { payment } = (await post(`/invoices/${invoices[0].id}/pay`)).body;
  await post(`/payments/${payment.id}/refunds`, { reason: 'late', amountMinor: '100' });
  await post(`/invoices/${invoices[0].id}/credit-notes`, { reason: 'late', netMinor: '100' });
  for (const day of ['02', '03', '04']) disputes.records.addEvent(tenantId, account.id, `2024-06-${day}T00:00:00.000Z`);
  const [subscription] = (await get('/subscriptions')).data;
  disputes.records.entries.push({
    tenantId,
    id: subscription.id,
    occurredAt: '2024-06-15T12:00:00.000000Z',
    actor: { kind: 'user', id: 'ada' },
    action: 'subscription.created',
    resource: { type: 'subscription', id: subscription.id },
  });
  return { ...payer, payment, subscription };
}

test('shows all that is known about an account in a time', async () => {
  const { get, account, payment, subscription, invoices } = await buildHistory();
  const view = await get(`/disputes/evidence?accountId=${account.id}&${june}`);
  expect(view.account.data).toMatchObject([{ id: account.id, name: 'Acme' }]);
  expect(view.subscriptions.data).toMatchObject([{ id: subscription.id, phases: [{ kind: 'evergreen' }] }]);
  expect(view.changes.data).toMatchObject([{ action: 'subscription.created', actor: { id: 'ada' } }]);
  expect(view.usageEvents.data[0]).toMatchObject({
    source: '/services/orders',
    data: { service: 'orders', endpoint: 'GET /orders' },
    retracted: false,
  });
  expect(view.usageEvents.data).toHaveLength(3);
  expect(view.invoices.data).toMatchObject([{ id: invoices[0].id, lines: [{ amountMinor: '1000' }] }]);
  expect(view.creditNotes.data).toMatchObject([{ invoiceId: invoices[0].id, reason: 'late' }]);
  expect(view.payments.data).toMatchObject([{ id: payment.id, refundedMinor: '100' }]);
  expect(view.refunds.data).toMatchObject([{ paymentId: payment.id, amountMinor: '100' }]);
  expect(view.chargebacks).toEqual({ status: 'available', reason: null, data: [], nextCursor: null });
});

test('a chargeback, and nothing of another invoice, stands in the view of an invoice', async () => {
  const { get, invoices, tell, payment, post } = await buildHistory(['10', '7']);
  await post(`/invoices/${invoices[1].id}/pay`);
  await tell('charge.dispute.created', {
    id: `dp_${payment.id}`,
    object: 'dispute',
    amount: 900,
    currency: 'eur',
    status: 'needs_response',
    reason: 'product_not_received',
    payment_intent: payment.gatewayPaymentId,
    evidence_details: { due_by: null },
    balance_transactions: [{ amount: -900 }],
  });
  const view = await get(`/disputes/evidence?invoiceId=${invoices[0].id}`);
  expect(view.scope.invoiceId).toBe(invoices[0].id);
  expect(view.invoices.data.map(({ id }: { id: string }) => id)).toEqual([invoices[0].id]);
  expect(view.payments.data.map(({ id }: { id: string }) => id)).toEqual([payment.id]);
  expect(view.chargebacks.data).toMatchObject([{ paymentId: payment.id, reason: 'product_not_received' }]);
  expect(view.usageEvents.data).toHaveLength(3);
});

test('every part goes on by its own cursor until all of it was seen', async () => {
  const { get, account } = await buildHistory(['10', '9', '8', '7', '6']);
  const base = `accountId=${account.id}&${june}`;
  const view = await get(`/disputes/evidence?${base}&limit=2`);
  for (const [part, count] of [
    ['invoices', 5],
    ['usageEvents', 3],
    ['subscriptions', 5],
  ] as const) {
    const seen = new Set<string>(view[part].data.map(({ id }: { id: string }) => id));
    let cursor = view[part].nextCursor;
    while (cursor !== null) {
      const page = await get(`/disputes/evidence/${part}?${base}&limit=2&cursor=${cursor}`);
      for (const { id } of page.data) seen.add(id);
      cursor = page.nextCursor;
    }
    expect([part, seen.size]).toEqual([part, count]);
  }
});

test('a service that is away or silent leaves its part unavailable, and the rest is there', async () => {
  const { get, account } = await buildHistory();
  const load = () => get(`/disputes/evidence?accountId=${account.id}&${june}`);
  disputes.records.state = 'away';
  const away = await load();
  disputes.records.state = 'silent';
  const silent = await load();
  disputes.records.state = 'there';
  expect(away.usageEvents).toMatchObject({ status: 'unavailable', reason: 'internal', data: [] });
  expect(silent.usageEvents).toMatchObject({ status: 'unavailable', reason: 'service.timeout' });
  expect(silent.changes.status).toBe('unavailable');
  expect(silent.invoices.data).toHaveLength(1);
}, 20_000);

test('asks for a scope, shows nothing to members, and nothing of another tenant', async () => {
  const { account, principal, tenantId, invoices } = await buildHistory();
  const load = async (query: string, caller = principal) =>
    disputes.under.request('GET', `/disputes/evidence?${query}`, { principal: caller });
  expect((await load(`accountId=${account.id}`)).status).toBe(400);
  expect((await load(`invoiceId=${invoices[0].id}&${june}`)).status).toBe(400);
  expect(
    (await load(`accountId=${account.id}&${june}`, buildPrincipal({ tenant: tenantId, roles: ['org_member'] }))).status,
  ).toBe(403);
  const stranger = buildPrincipal();
  expect((await load(`accountId=${account.id}&${june}`, stranger)).status).toBe(404);
  expect((await load(`invoiceId=${invoices[0].id}`, stranger)).status).toBe(404);
});
