import { buildPrincipal } from '@plinth/testing';
import type { Principal } from '@plinth/contracts';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPayer, startPayments, type PaymentsUnderTest } from '../../test/payment.builders.ts';
import { ApprovalService } from './approval.service.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());

const marker = 'limit:support';
const supportGrant = {
  permissions: ['payment:refund', 'credit-note:write', 'invoice:write', 'dispute:read', 'dispute:write', marker],
};
const leadGrant = { permissions: ['dispute:read', 'dispute:approve', 'limit:lead'] };
const rule = (changes: object = {}) => ({
  action: 'refund',
  holder: marker,
  currency: 'EUR',
  amountMinor: '200',
  dayMinor: '500',
  ...changes,
});

/** A payer whose invoices of 10.00 are paid, a member of support with limits, and their lead. */
async function buildTeam(fees: readonly string[] = ['10'], pay = true) {
  const payer = await buildPayer(payments, fees);
  const { tenantId, post, get, invoices } = payer;
  const paid: { id: string }[] = [];
  if (pay) for (const { id } of invoices) paid.push((await post(`/invoices/${id}/pay`)).body.payment);
  const person = (grant: object) => buildPrincipal({ tenant: tenantId, roles: [], grants: [grant as never] });
  const [support, lead] = [person(supportGrant), person(leadGrant)];
  const as = (
    principal: Principal,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers = {},
  ) => payments.under.request(method, path, { principal, headers, ...(body === undefined ? {} : { body }) });
  const setRule = (changes: object = {}, principal = payer.principal) =>
    as(principal, 'PUT', '/disputes/approval-rules', rule(changes));
  await setRule();
  await setRule({ holder: 'limit:lead', amountMinor: '600', dayMinor: '900' });
  const refund = (amountMinor: string, principal: Principal = support, headers = {}) =>
    as(principal, 'POST', `/payments/${paid[0]?.id}/refunds`, { reason: 'goodwill', amountMinor }, headers);
  const pending = async () => (await get('/disputes/approvals?status=pending')).data;
  const approve = (id: string, principal: Principal = lead) =>
    as(principal, 'POST', `/disputes/approvals/${id}/approve`);
  const refunded = async () => (await get(`/payments/${paid[0]?.id}`)).refundedMinor;
  return { ...payer, paid, support, lead, as, setRule, refund, pending, approve, refunded };
}

test('within the limit an action is done at once, above it waits and does nothing', async () => {
  const { refund, pending, refunded, get } = await buildTeam();
  expect((await refund('200')).status).toBe(201);
  expect(await refund('201')).toMatchObject({ status: 403, body: { code: 'approval.required' } });
  expect(await refunded()).toBe('200');
  expect(await pending()).toMatchObject([
    { action: 'refund', amountMinor: '201', currency: 'EUR', reason: 'goodwill' },
  ]);
  expect((await get('/payments/refunds')).data).toHaveLength(1);
});

test('an approved request is done once, for whoever approved it', async () => {
  const { refund, pending, approve, refunded, get, lead, support } = await buildTeam();
  await refund('300');
  const [request] = await pending();
  await payments.under.takeEvents();
  const { body } = await approve(request.id);
  expect(body).toMatchObject({ status: 'executed', requestedBy: support.subject, decidedBy: lead.subject });
  expect(body.result).toMatchObject({ type: 'refund', id: (await get('/payments/refunds')).data[0].id });
  expect((await approve(request.id)).body.status).toBe('executed');
  const answers = await Promise.all([approve(request.id), approve(request.id)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await refunded()).toBe('300');
  const audited = (await payments.under.takeEvents())
    .map(({ data }) => data as unknown as { action?: string; after?: { answeredForBy?: string } })
    .filter(({ action }) => action !== undefined);
  expect(audited.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['approval.approved', 'approval.executed', 'money.refund', 'refund.created']),
  );
  expect(audited.find(({ action }) => action === 'money.refund')?.after?.answeredForBy).toBe(lead.subject);
});

test('nobody approves their own request, whatever their limit is', async () => {
  const { refund, pending, as, setRule, support, principal, refunded } = await buildTeam();
  await refund('300');
  const [request] = await pending();
  await setRule({ amountMinor: null, dayMinor: null });
  const both: Principal = { ...support, roles: ['org_admin'] };
  for (const path of ['approve', 'reject'])
    expect(await as(both, 'POST', `/disputes/approvals/${request.id}/${path}`)).toMatchObject({
      status: 403,
      body: { code: 'approval.own_request' },
    });
  const acting = { ...principal, subject: support.subject, actor: support.subject };
  expect((await as(acting, 'POST', `/disputes/approvals/${request.id}/approve`)).body.code).toBe(
    'auth.impersonation_refused',
  );
  const key: Principal = {
    kind: 'api-key',
    subject: principal.subject,
    tenant: principal.tenant!,
    roles: [],
    scopes: ['dispute:approve'],
  };
  expect((await as(key, 'POST', `/disputes/approvals/${request.id}/approve`)).body.code).toBe('approval.not_a_person');
  expect(await refunded()).toBe('0');
});

test('an approver needs the permission, the tenant, and a limit of their own that covers it with what they gave before', async () => {
  const { refund, pending, approve, support, lead, as, refunded } = await buildTeam();
  await refund('601');
  const [tooMuch] = await pending();
  expect((await approve(tooMuch.id)).body.code).toBe('approval.approver_limit');
  await as(support, 'POST', `/disputes/approvals/${tooMuch.id}/cancel`);
  await refund('500');
  const [first] = await pending();
  const other = { ...lead, subject: support.subject.replace(/^./, 'a'), grants: [supportGrant] };
  expect((await approve(first.id, other)).body.code).toBe('auth.permission_denied');
  const stranger = buildPrincipal();
  expect((await approve(first.id, stranger)).status).toBe(404);
  expect((await as(stranger, 'GET', `/disputes/approvals/${first.id}`)).status).toBe(404);
  expect((await approve(first.id)).body.status).toBe('executed');
  await refund('401');
  const [second] = await pending();
  expect((await approve(second.id)).body.code).toBe('approval.approver_limit');
  expect(await refunded()).toBe('500');
});

test('an amount that is split is stopped by the sum of 24 hours, also when it is asked for at once', async () => {
  const { refund, pending, as, lead, support, paid, get } = await buildTeam(['10', '9', '8', '7']);
  const split = paid.map(({ id }) =>
    as(support, 'POST', `/payments/${id}/refunds`, { reason: 'goodwill', amountMinor: '200' }),
  );
  const answers = await Promise.all(split);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 403, 403]);
  expect((await get('/payments/refunds')).data).toHaveLength(2);
  expect(await pending()).toHaveLength(2);
  expect((await refund('100')).status).toBe(201);
  expect((await refund('1')).body.code).toBe('approval.required');
  for (const { id } of await pending()) await as(lead, 'POST', `/disputes/approvals/${id}/reject`, { note: 'no' });
  const before = payments.clock.time;
  payments.clock.time = new Date(before.getTime() + 24 * 3_600_000);
  expect((await refund('1')).status).toBe(201);
  payments.clock.time = before;
});

test('a draft that is made cheaper is an adjustment: above the limit it waits, and approved it is done', async () => {
  const { as, support, lead, setRule, pending, approve, get, post, account, tenantId, principal } = await buildTeam(
    [],
    false,
  );
  const reviewed = { key: 'default', name: 'Reviewed', reviewHours: 24 };
  expect((await as(principal, 'PUT', `/legal-entities/${tenantId}`, reviewed)).status).toBe(200);
  await setRule({ action: 'adjustment' });
  await setRule({ action: 'adjustment', holder: 'limit:lead', amountMinor: '900', dayMinor: null });
  const plan = payments.platform.addPlan(tenantId, { base: { model: 'flat', amount: '10', timing: 'advance' } });
  await post('/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-06-01' });
  await post('/invoices/runs', {});
  const [draft] = (await get('/invoices?status=draft')).data;
  const path = `/invoices/${draft.id}/lines`;
  const total = async () => (await get(`/invoices/${draft.id}`)).totalMinor;
  const give = { description: 'goodwill', unitAmount: '-2' };
  expect((await as(support, 'POST', path, give)).status).toBe(201);
  expect(await total()).toBe('800');
  const refused = { status: 403, body: { code: 'approval.required' } };
  expect(await as(support, 'POST', path, { ...give, unitAmount: '-3.01' })).toMatchObject(refused);
  expect(await as(support, 'PATCH', `${path}/1`, { amount: '1', reason: 'cheaper' })).toMatchObject(refused);
  expect(await as(support, 'DELETE', `${path}/1?reason=gone`)).toMatchObject(refused);
  expect((await as(support, 'PATCH', `${path}/1`, { amount: '11', reason: 'dearer' })).status).toBe(200);
  expect(await total()).toBe('900');
  const change = (await pending()).find(({ reason }: { reason: string }) => reason === 'cheaper');
  expect(change).toMatchObject({ action: 'adjustment', amountMinor: '900' });
  // By now it would give away more than what was asked for.
  expect((await approve(change.id, lead)).body).toMatchObject({ status: 'failed' });
  const added = (await pending()).find(({ amountMinor }: { amountMinor: string }) => amountMinor === '301');
  expect((await approve(added.id, lead)).body).toMatchObject({ status: 'executed', result: { id: draft.id } });
  expect(await total()).toBe('599');
});

test('what one person gives away is counted one after the other', async () => {
  const { refund, support, tenantId } = await buildTeam();
  const { database } = payments.under;
  const approvals = new ApprovalService(database, payments.clock);
  const asked = { action: 'refund', currency: 'EUR', amountMinor: 1n } as const;
  const waiting = await database.transaction(tenantId, async (transaction) => {
    await approvals.isWithinLimitIn(transaction, support, asked);
    const started = database.apart(() => refund('200'));
    const first = await Promise.race([started, setTimeout(400, 'waits')]);
    expect(first).toBe('waits');
    return { started };
  });
  expect((await waiting.started).status).toBe(201);
});

test('asked for again it is the same request; rejected or too late it is never done', async () => {
  const { refund, pending, as, lead, approve, refunded } = await buildTeam();
  await refund('300', undefined, { 'idempotency-key': 'once' });
  await refund('300', undefined, { 'idempotency-key': 'once' });
  const [request, ...more] = await pending();
  expect(more).toEqual([]);
  expect((await as(lead, 'POST', `/disputes/approvals/${request.id}/reject`, { note: 'no' })).body).toMatchObject({
    status: 'rejected',
    decisionNote: 'no',
  });
  expect(await approve(request.id)).toMatchObject({ status: 409, body: { code: 'approval.decided' } });
  await refund('300');
  const [late] = await pending();
  const before = payments.clock.time;
  payments.clock.time = new Date(Date.parse(late.expiresAt));
  expect((await approve(late.id)).body.code).toBe('approval.decided');
  await runApprovals();
  expect((await as(lead, 'GET', `/disputes/approvals/${late.id}`)).body.status).toBe('expired');
  payments.clock.time = before;
  expect(await refunded()).toBe('0');
});

test('what was approved before a crash is done by the job, once', async () => {
  const { refund, pending, as, lead, tenantId, refunded } = await buildTeam();
  await refund('300');
  const [request] = await pending();
  await payments.under.database.transaction(tenantId, (transaction) =>
    transaction.execute(
      `UPDATE subscription.approval_requests SET status = 'approved', decided_by = $2, decided_at = $3 WHERE id = $1`,
      [request.id, lead.subject, new Date(payments.clock.time.getTime() - 120_000)],
    ),
  );
  await Promise.all([runApprovals(), runApprovals()]);
  await runApprovals();
  expect((await as(lead, 'GET', `/disputes/approvals/${request.id}`)).body.status).toBe('executed');
  expect(await refunded()).toBe('300');
});

test('what cannot be done any more when it is approved fails, and says why', async () => {
  const { refund, pending, approve, principal, refunded } = await buildTeam();
  await refund('600');
  const [request] = await pending();
  expect((await refund('700', principal)).status).toBe(201);
  expect((await approve(request.id)).body).toMatchObject({ status: 'failed', failure: { code: 'refund.too_large' } });
  expect(await refunded()).toBe('700');
});

test('credit notes, write-offs, voids and charges of less than nothing have limits, and are done as approved', async () => {
  const { as, support, setRule, invoices, get, pending, approve, account, post } = await buildTeam(
    ['10', '9', '8'],
    false,
  );
  const actions = ['credit_note', 'write_off', 'void', 'adjustment'];
  for (const action of actions) await setRule({ action, holder: 'limit:lead', amountMinor: '1000', dayMinor: null });
  const [credited, writtenOff, voided] = invoices;
  const charge = { accountId: account.id, currency: 'EUR', description: 'back', unitAmount: '-5' };
  const asked = [
    [`/invoices/${credited.id}/credit-notes`, { reason: 'late', netMinor: '300' }],
    [`/invoices/${writtenOff.id}/write-off`, { reason: 'small' }],
    [`/invoices/${voided.id}/void`, { reason: 'wrong' }],
    ['/invoices/charges', charge],
  ] as const;
  for (const [path, body] of asked)
    expect(await as(support, 'POST', path, body)).toMatchObject({ status: 403, body: { code: 'approval.required' } });
  expect((await post('/invoices/charges', { ...charge, unitAmount: '5' })).status).toBe(201);
  expect(await get(`/invoices/${credited.id}`)).toMatchObject({ creditedMinor: '0', status: 'finalized' });
  expect((await get('/credit-notes')).data).toEqual([]);
  for (const { id } of await pending()) expect((await approve(id)).body.status).toBe('executed');
  expect(await get(`/invoices/${credited.id}`)).toMatchObject({ creditedMinor: '300' });
  expect(await get(`/invoices/${writtenOff.id}`)).toMatchObject({ status: 'written_off', writtenOffMinor: '900' });
  expect(await get(`/invoices/${voided.id}`)).toMatchObject({ status: 'void' });
  expect((await get('/invoices/charges')).data.map((made: { amountMinor: string }) => made.amountMinor)).toEqual([
    '-500',
    '500',
  ]);
});

test('a program above its limit is refused, because whoever holds its key could approve what it asks for', async () => {
  const { refund, tenantId, pending, setRule } = await buildTeam();
  const key: Principal = { kind: 'api-key', subject: 'key', tenant: tenantId, roles: [], scopes: ['payment:refund'] };
  expect((await refund('1', key)).body.code).toBe('approval.limit_exceeded');
  await setRule({ holder: 'payment:refund', amountMinor: '50', dayMinor: '80' });
  expect((await refund('50', key)).status).toBe(201);
  expect((await refund('50', key)).body.code).toBe('approval.limit_exceeded');
  expect(await pending()).toEqual([]);
});

test('nobody sets a limit above their own, nor that of administrators', async () => {
  const { setRule, support, principal, refund, as } = await buildTeam();
  const clerk = { ...support, grants: [{ permissions: [...supportGrant.permissions, 'role:write'] }] };
  expect((await setRule({ amountMinor: '201' }, clerk)).body.code).toBe('approval_rule.too_generous');
  expect((await setRule({ amountMinor: null }, clerk)).body.code).toBe('approval_rule.too_generous');
  expect((await setRule({ holder: 'org_admin', amountMinor: '1' }, clerk)).body.code).toBe(
    'approval_rule.too_generous',
  );
  expect((await setRule({}, support)).body.code).toBe('auth.permission_denied');
  expect((await setRule({ holder: 'limit:junior', amountMinor: '100' }, clerk)).status).toBe(200);
  const { body: own } = await setRule({ holder: 'org_admin', amountMinor: '150', dayMinor: '150' });
  expect((await refund('151', principal)).body.code).toBe('approval.required');
  expect((await as(clerk, 'DELETE', `/disputes/approval-rules/${own.id}`)).body.code).toBe(
    'approval_rule.too_generous',
  );
  expect((await as(principal, 'DELETE', `/disputes/approval-rules/${own.id}`)).status).toBe(204);
  expect((await refund('151', principal)).status).toBe(201);
});

async function runApprovals(): Promise<void> {
  await payments.under.instance.jobs!.find(({ name }) => name === 'subscription.approvals')!.run({});
}
