import { buildPrincipal } from '@plinth/testing';
import type { Principal } from '@plinth/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDisputes, type DisputesUnderTest } from '../../test/dispute.builders.ts';
import { buildPayer, runCollection } from '../../test/payment.builders.ts';

let disputes: DisputesUnderTest;
beforeAll(async () => {
  disputes = await startDisputes();
});
afterAll(() => disputes.stop());

/** A payer with an invoice of 10.00 that is open, or paid, and somebody who complains about it. */
async function buildComplaint({ pay = false, fees = ['10'] }: { pay?: boolean; fees?: readonly string[] } = {}) {
  const payer = await buildPayer(disputes, fees);
  const { post, get, principal, account, invoices, tenantId } = payer;
  const payment = pay ? (await post(`/invoices/${invoices[0].id}/pay`)).body.payment : undefined;
  const event = disputes.records.addEvent(tenantId, account.id, '2024-06-10T00:00:00.000Z');
  const open = (changes: object = {}) =>
    post('/disputes', {
      accountId: account.id,
      reason: 'overcharged',
      description: 'Ten is too much.',
      invoices: [{ invoiceId: invoices[0].id }],
      ...changes,
    });
  const { body: dispute } = await open();
  const patch = (body: object, version: number) =>
    disputes.under.request('PATCH', `/disputes/${dispute.id}`, {
      principal,
      body,
      headers: { 'if-match': `"${version}"` },
    });
  const act = (body: object, headers = {}) =>
    post(`/disputes/${dispute.id}/actions`, { reason: 'goodwill', ...body }, headers);
  const close = (body: object = { status: 'resolved', outcome: 'Credited.' }) =>
    post(`/disputes/${dispute.id}/close`, body);
  const timeline = async () => (await get(`/disputes/${dispute.id}/timeline`)).data;
  const dunning = async (id = invoices[0].id) => (await get(`/invoices/${id}/dunning`)).paused;
  return { ...payer, payment, event, open, dispute, patch, act, close, timeline, dunning };
}

test('a dispute goes from the complaint over the investigation to its end, and each step stays on record', async () => {
  const { dispute, post, patch, close, timeline, principal, get } = await buildComplaint();
  expect(dispute).toMatchObject({ status: 'open', disputedMinor: '1000', currency: 'EUR', version: 1 });
  expect((await close()).body.code).toBe('dispute.status_not_allowed');
  const { body: begun } = await post(`/disputes/${dispute.id}/investigate`);
  expect(begun).toMatchObject({ status: 'investigating', assigneeId: principal.subject });
  expect((await patch({ assigneeId: 'ada' }, 1)).body.code).toBe('request.version_mismatch');
  expect((await patch({ assigneeId: 'ada' }, 2)).body.assigneeId).toBe('ada');
  await post(`/disputes/${dispute.id}/notes`, { text: 'They are right.' });
  expect((await close()).body).toMatchObject({ status: 'resolved', outcome: 'Credited.' });
  expect((await patch({ assigneeId: null }, 4)).body.code).toBe('dispute.status_not_allowed');
  expect((await timeline()).map(({ kind }: { kind: string }) => kind)).toEqual([
    'opened',
    'investigating',
    'assigned',
    'note',
    'resolved',
  ]);
  expect((await get('/disputes?status=resolved')).data).toMatchObject([{ id: dispute.id }]);
  const audited = (await disputes.under.takeEvents())
    .map(({ data }) => data as unknown as { action?: string; before?: object; after?: object })
    .filter(({ action }) => action?.startsWith('dispute.'));
  expect(audited.find(({ action }) => action === 'dispute.resolved')).toMatchObject({
    before: { status: 'investigating' },
    after: { status: 'resolved', outcome: 'Credited.' },
  });
});

test('what is in dispute is not collected, until no dispute about it is open', async () => {
  const { open, post, close, dispute, dunning, get, invoices } = await buildComplaint();
  expect(await dunning()).toBe('dispute');
  await runCollection(disputes.under);
  expect((await get(`/invoices/${invoices[0].id}`)).status).toBe('finalized');
  const { body: second } = await open({ reason: 'duplicate' });
  await post(`/disputes/${dispute.id}/investigate`);
  await close({ status: 'rejected', outcome: 'It was used.' });
  expect(await dunning()).toBe('dispute');
  await post(`/disputes/${second.id}/investigate`);
  await post(`/disputes/${second.id}/close`, { status: 'rejected', outcome: 'Once.' });
  expect(await dunning()).toBe(null);
  await runCollection(disputes.under);
  expect((await get(`/invoices/${invoices[0].id}`)).status).toBe('paid');
});

test('what was known when it was opened stays as it was', async () => {
  const { dispute, act, get, event, tenantId } = await buildComplaint();
  const kept = async (part: string) => (await get(`/disputes/${dispute.id}/snapshot/${part}`)).data;
  expect(await kept('usageEvents')).toMatchObject([{ id: event.id, retracted: false }]);
  expect((await act({ action: 'usage_correction', source: event.source, eventId: event.id })).status).toBe(201);
  const now = await get(`/disputes/evidence/usageEvents?invoiceId=${dispute.invoices[0].invoiceId}`);
  expect(now.data).toMatchObject([{ id: event.id, retracted: true, corrections: [{ reason: 'goodwill' }] }]);
  expect(await kept('usageEvents')).toMatchObject([{ id: event.id, retracted: false }]);
  expect(await kept('invoices')).toMatchObject([{ totalMinor: '1000', lines: [{ amountMinor: '1000' }] }]);
  expect(await kept('account')).toMatchObject([{ name: 'Acme' }]);
  for (const sql of [
    `UPDATE subscription.dispute_evidence SET items = '[]'`,
    `DELETE FROM subscription.dispute_events`,
    `DELETE FROM subscription.money_actions`,
  ])
    await expect(
      disputes.under.database.transaction(tenantId, (transaction) => transaction.execute(sql)),
    ).rejects.toThrow();
});

test('every action does what its service does, and names the dispute', async () => {
  const { act, get, payment, invoices, timeline, dispute } = await buildComplaint({
    pay: true,
    fees: ['10', '9', '8'],
  });
  const [paid, , voided] = invoices;
  expect((await act({ action: 'refund', paymentId: payment.id, amountMinor: '100' })).body.result.type).toBe('refund');
  expect((await act({ action: 'credit_note', invoiceId: paid.id, netMinor: '50' })).status).toBe(201);
  expect((await act({ action: 'write_off', invoiceId: paid.id, amountMinor: '10' })).status).toBe(201);
  expect((await act({ action: 'void', invoiceId: voided.id })).status).toBe(201);
  expect((await act({ action: 'adjustment', amount: '3.5' })).status).toBe(201);
  expect((await act({ action: 'credit', amountMinor: '70' })).body.result.type).toBe('credit_grant');
  expect(await get(`/invoices/${paid.id}`)).toMatchObject({
    creditedMinor: '50',
    writtenOffMinor: '10',
    paidMinor: '900',
  });
  expect((await get(`/invoices/${voided.id}`)).status).toBe('void');
  expect((await get('/invoices/charges')).data).toMatchObject([{ amountMinor: '-350', description: 'goodwill' }]);
  const done = (await timeline()).filter(({ kind }: { kind: string }) => kind === 'action');
  expect(done.map(({ content }: { content: object }) => content)).toMatchObject([
    { action: 'refund', amountMinor: '100', reason: 'goodwill' },
    { action: 'credit_note', amountMinor: '50' },
    { action: 'write_off', amountMinor: '10' },
    { action: 'void', amountMinor: '800' },
    { action: 'adjustment', amountMinor: '350' },
    { action: 'credit', amountMinor: '70' },
  ]);
  expect((await get(`/disputes/${dispute.id}`)).status).toBe('open');
});

test('a repeated refund of a dispute is made once', async () => {
  const { act, payment, get } = await buildComplaint({ pay: true });
  const body = { action: 'refund', paymentId: payment.id, amountMinor: '100' };
  const [first, second] = [await act(body, { 'idempotency-key': 'a' }), await act(body, { 'idempotency-key': 'a' })];
  expect(second.body).toEqual(first.body);
  expect((await get(`/payments/${payment.id}`)).refundedMinor).toBe('100');
});

test('an action above the limit waits in the dispute, which cannot be closed before it is decided', async () => {
  const { dispute, payment, tenantId, timeline, post, close, get } = await buildComplaint({ pay: true });
  const permissions = ['dispute:read', 'dispute:write', 'payment:refund'];
  const agent = buildPrincipal({ tenant: tenantId, roles: [], grants: [{ permissions }] });
  const asAgent = (path: string, body: object) => disputes.under.request('POST', path, { principal: agent, body });
  const refused = await asAgent(`/disputes/${dispute.id}/actions`, {
    action: 'refund',
    paymentId: payment.id,
    amountMinor: '400',
    reason: 'late',
  });
  expect(refused).toMatchObject({ status: 403, body: { code: 'approval.required' } });
  await post(`/disputes/${dispute.id}/investigate`);
  expect((await close()).body.code).toBe('dispute.approval_open');
  const [request] = (await get(`/disputes/approvals?disputeId=${dispute.id}`)).data;
  expect((await post(`/disputes/approvals/${request.id}/approve`, { note: 'fine' })).body.status).toBe('executed');
  expect((await timeline()).filter(({ kind }: { kind: string }) => /action|approval/.test(kind))).toMatchObject([
    { kind: 'approval', actorId: agent.subject, content: { status: 'executed', decisionNote: 'fine' } },
    { kind: 'action', content: { action: 'refund', approvalRequestId: request.id } },
  ]);
  expect((await close()).status).toBe(200);
});

test('a dispute opens no way around permissions, tenants, or to things that it is not about', async () => {
  const { dispute, payment, tenantId, act, get } = await buildComplaint({ pay: true });
  const stranger = await buildComplaint({ pay: true });
  const as = (principal: Principal, path: string, body?: object) =>
    disputes.under.request(body === undefined ? 'GET' : 'POST', path, {
      principal,
      ...(body === undefined ? {} : { body }),
    });
  const refund = { action: 'refund', paymentId: payment.id, reason: 'mine' };
  const agent = buildPrincipal({ tenant: tenantId, roles: [], grants: [{ permissions: ['dispute:write'] }] });
  expect((await as(agent, `/disputes/${dispute.id}/actions`, refund)).body.code).toBe('auth.permission_denied');
  const member = buildPrincipal({ tenant: tenantId, roles: ['org_member'] });
  for (const path of [`/disputes/${dispute.id}`, '/disputes', '/disputes/approvals', '/disputes/approval-rules'])
    expect((await as(member, path)).status).toBe(403);
  expect((await as(member, `/disputes/${dispute.id}/actions`, refund)).status).toBe(403);
  expect((await as(stranger.principal, `/disputes/${dispute.id}`)).status).toBe(404);
  expect((await as(stranger.principal, `/disputes/${dispute.id}/actions`, refund)).status).toBe(404);
  expect((await stranger.act({ ...refund })).status).toBe(404);
  const other = disputes.platform.addAccount(tenantId);
  const plan = disputes.platform.addPlan(tenantId, { base: { model: 'flat', amount: '5', timing: 'advance' } });
  const principal = buildPrincipal({ tenant: tenantId });
  await as(principal, '/subscriptions', { accountId: other.id, planId: plan.planId, startsOn: '2024-06-01' });
  await as(principal, '/invoices/runs', {});
  const [unrelated] = (await get(`/invoices?accountId=${other.id}`)).data;
  expect((await act({ action: 'void', invoiceId: unrelated.id })).body.code).toBe('dispute.unrelated');
});

test('says of every invoice and line that cannot be disputed where it stands', async () => {
  const { open, invoices, platformAccount } = await buildComplaint().then((built) => ({
    ...built,
    platformAccount: disputes.platform.addAccount(built.tenantId),
  }));
  const { status, body } = await open({
    accountId: platformAccount.id,
    invoices: [{ invoiceId: invoices[0].id, positions: [1, 7] }],
  });
  expect(status).toBe(400);
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
    '/invoices/0/invoiceId',
    '/invoices/0/positions/1',
  ]);
  const { body: lines } = await open({ invoices: [{ invoiceId: invoices[0].id, positions: [1] }] });
  expect(lines).toMatchObject({ disputedMinor: '1000', invoices: [{ positions: [1] }] });
});

test("a dispute takes its own account's chargeback, and nobody else's", async () => {
  const { tell, payment, patch, get, post, account, tenantId } = await buildComplaint({ pay: true });
  await tell('charge.dispute.created', {
    id: 'dp_1',
    object: 'dispute',
    amount: 1000,
    currency: 'eur',
    payment_intent: payment.gatewayPaymentId,
    reason: 'fraudulent',
    status: 'needs_response',
    balance_transactions: [{ amount: -1000, fee: 1500 }],
  });
  const chargebackId = (await get('/payments/chargebacks')).data[0].id;
  const other = disputes.platform.addAccount(tenantId);
  const plan = disputes.platform.addPlan(tenantId, { base: { model: 'flat', amount: '7', timing: 'advance' } });
  await post('/subscriptions', { accountId: other.id, planId: plan.planId, startsOn: '2024-06-01' });
  await post('/invoices/runs', {});
  const [invoice] = (await get(`/invoices?accountId=${other.id}`)).data;
  const complaint = {
    accountId: other.id,
    reason: 'overcharged',
    description: 'Seven is too much.',
    invoices: [{ invoiceId: invoice.id }],
  };
  const refused = { status: 409, body: { code: 'dispute.unrelated' } };
  expect(await post('/disputes', { ...complaint, chargebackId })).toMatchObject(refused);
  const { body: theirs } = await post('/disputes', complaint);
  const link = (id: string) =>
    disputes.under.request('PATCH', `/disputes/${id}`, {
      principal: { ...buildPrincipal(), tenant: tenantId },
      body: { chargebackId },
      headers: { 'if-match': '"1"' },
    });
  expect(await link(theirs.id)).toMatchObject(refused);
  expect((await patch({ chargebackId }, 1)).body).toMatchObject({ accountId: account.id, chargebackId });
});
