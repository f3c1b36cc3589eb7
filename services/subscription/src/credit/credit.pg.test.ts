import type { Principal } from '@plinth/contracts';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { assertConsistent, buildCreditor } from '../../test/credit.builders.ts';
import { startPayments, type PaymentsUnderTest } from '../../test/payment.builders.ts';
import { seededRandom } from '../money/seeded-random.ts';

let payments: PaymentsUnderTest;
beforeAll(async () => {
  payments = await startPayments();
});
afterAll(() => payments.stop());
beforeEach(() => {
  payments.clock.time = new Date('2024-06-15T12:00:00Z');
});

const runJob = (name: string) => payments.under.instance.jobs!.find((job) => job.name === name)!.run({});

test('pays an invoice with the credit that goes first when it becomes final, and posts it', async () => {
  const { give, pay, bill, credits, entries, ledger, assertConsistent: check } = await buildCreditor(payments);
  await pay(1000);
  await give(500);
  await pay(300, { expiresAt: '2024-07-01T00:00:00.000Z' });
  await give(200, { priority: 1 });
  expect(await bill('7')).toMatchObject({ status: 'paid', creditsMinor: '700', paidMinor: '0', dueMinor: '0' });
  expect(await credits()).toEqual({ balance: '1300', grants: ['1000', '300', '0', '0'] });
  expect(await bill('20')).toMatchObject({ status: 'finalized', creditsMinor: '1300', dueMinor: '700' });
  expect(await credits()).toEqual({ balance: '0', grants: ['0', '0', '0', '0'] });
  expect((await entries()).slice(4)).toEqual(['use -200', 'use -300', 'use -200', 'use -300', 'use -1000']);
  expect(await ledger()).toEqual({
    cash: '1300',
    promotions: '700',
    credits: '0',
    receivable: '700',
    revenue: '-2700',
  });
  await check();
});

test('pays the gross amount of what the invoice run bills, tells it, and leaves other accounts alone', async () => {
  const { give, post, get, account, tenantId } = await buildCreditor(payments);
  const { platform, under } = payments;
  const plan = platform.addPlan(tenantId, { base: { model: 'flat', amount: '100', timing: 'advance' } });
  const address = { line1: 'Weg 1', city: 'Berlin', country: 'DE' };
  await under.request('PUT', `/legal-entities/${tenantId}`, {
    principal: { kind: 'user', subject: 'u', tenant: tenantId, roles: ['org_admin'] },
    body: { key: 'default', name: 'Seller', address },
  });
  await post('/tax-rates', { category: 'standard', percent: '19', label: 'USt.', country: 'DE' });
  const other = platform.addAccount(tenantId);
  for (const accountId of [account.id, other.id])
    await post('/subscriptions', { accountId, planId: plan.planId, startsOn: '2024-06-01' });
  await give(20_000);
  await under.takeEvents();
  await post('/invoices/runs', {});
  const [own] = (await get(`/invoices?accountId=${account.id}`)).data;
  expect(own).toMatchObject({ status: 'paid', totalMinor: '11900', creditsMinor: '11900', taxMinor: '1900' });
  expect((await get(`/invoices?accountId=${other.id}`)).data).toMatchObject([
    { status: 'finalized', creditsMinor: '0' },
  ]);
  const events = (await under.takeEvents()).filter(({ subject }) => subject === account.id).map(({ type }) => type);
  expect(events).toEqual(['invoice.finalized', 'invoice.paid']);
});

test('an invoice that is voided gives its credit back with the old expiry, and a voided promotion nothing', async () => {
  const { give, pay, bill, post, credits, entries, ledger, assertConsistent: check } = await buildCreditor(payments);
  const promotion = await give(300, { expiresAt: '2024-06-20T00:00:00.000Z' });
  await pay(500);
  const invoice = await bill('6');
  expect(await credits()).toEqual({ balance: '200', grants: ['0', '200'] });
  expect((await post(`/credits/grants/${promotion.id}/void`, { reason: 'mistake' })).body.code).toBe('credit.used_up');
  const { body: voided } = await post(`/invoices/${invoice.id}/void`, {});
  expect(voided).toMatchObject({ status: 'void', creditsMinor: '0' });
  expect(await credits()).toEqual({ balance: '800', grants: ['300', '500'] });
  expect((await entries()).slice(-2)).toEqual(['return 300', 'return 300']);
  expect(await ledger()).toEqual({ cash: '500', promotions: '300', credits: '-800', receivable: '0', revenue: '0' });

  const second = await bill('1');
  const third = (await post(`/credits/grants/${promotion.id}/void`, { reason: 'mistake' })).body;
  expect(third).toMatchObject({ remainingMinor: '0', voidedAt: '2024-06-15T12:00:00.000Z' });
  expect((await post(`/credits/grants/${promotion.id}/void`, { reason: 'mistake' })).body).toEqual(third);
  await post(`/invoices/${second.id}/void`, {});
  expect(await credits()).toEqual({ balance: '500', grants: ['0', '500'] });
  expect((await entries()).slice(-2)).toEqual(['return 100', 'void -100']);
  expect(await ledger()).toEqual({ cash: '500', promotions: '0', credits: '-500', receivable: '0', revenue: '0' });
  await check();
});

test('bought credit that is voided is money of its payment again, which can be refunded and not twice', async () => {
  const { pay, bill, post, get, ledger, credits, assertConsistent: check } = await buildCreditor(payments);
  const grant = await pay(1000);
  await bill('4');
  const path = `/payments/${grant.source.id}`;
  expect(await get(path)).toMatchObject({ grantedMinor: '1000', unappliedMinor: '0', refundableMinor: '0' });
  expect((await post(`${path}/refunds`, { reason: 'wish' })).body.code).toBe('refund.too_large');
  expect((await post(`/credits/grants/${grant.id}/void`, { reason: 'wish' })).status).toBe(200);
  expect(await get(path)).toMatchObject({ grantedMinor: '400', unappliedMinor: '600', refundableMinor: '600' });
  expect((await post(`${path}/refunds`, { reason: 'wish' })).body).toMatchObject({ amountMinor: '600' });
  expect(await credits()).toEqual({ balance: '0', grants: ['0'] });
  expect(await ledger()).toEqual({ cash: '400', credits: '0', receivable: '0', revenue: '-400' });
  await check();
});

test('money that was paid too much becomes credit once, of the same account only', async () => {
  const { bill, post, grant, credits, ledger, assertConsistent: check } = await buildCreditor(payments);
  const invoice = await bill('10');
  const { body } = await post(`/invoices/${invoice.id}/pay`, {
    amountMinor: '1500',
    received: { by: 'bank_transfer' },
  });
  const paymentId = body.payment.id;
  expect((await grant({ type: 'payment', paymentId, amountMinor: '501' })).body).toMatchObject({
    code: 'credit.source_exceeded',
    detail: expect.stringContaining('At most 500 '),
  });
  const before = await ledger();
  expect((await grant({ type: 'payment', paymentId })).body).toMatchObject({
    grant: { kind: 'paid', amountMinor: '500' },
    payment: { unappliedMinor: '0', grantedMinor: '500' },
  });
  expect(await ledger()).toEqual(before);
  expect((await grant({ type: 'payment', paymentId })).status).toBe(409);
  expect(await credits()).toEqual({ balance: '500', grants: ['500'] });
  const stranger = await buildCreditor(payments);
  expect((await stranger.grant({ type: 'payment', paymentId })).status).toBe(404);
  await check();
});

test('of a credit note becomes credit what money paid, and what a promotion paid goes back to it', async () => {
  const { give, bill, post, get, grant, credits, ledger, assertConsistent: check } = await buildCreditor(payments);
  await give(400);
  const invoice = await bill('10');
  await post(`/invoices/${invoice.id}/pay`, { received: { by: 'manual' } });
  const { body: note } = await post(`/invoices/${invoice.id}/credit-notes`, {
    netMinor: '900',
    reason: 'not delivered',
  });
  expect(note.refundableMinor).toBe('900');
  const { status, body } = await grant({ type: 'credit_note', creditNoteId: note.id });
  expect(status).toBe(201);
  expect(body).toMatchObject({ grant: { amountMinor: '600', kind: 'paid' }, returnedMinor: '300' });
  expect(await credits()).toEqual({ balance: '900', grants: ['300', '600'] });
  expect(await get(`/invoices/${invoice.id}`)).toMatchObject({ status: 'paid', creditsMinor: '-500', dueMinor: '0' });
  expect(await ledger()).toMatchObject({ credits: '-900', receivable: '0', cash: '600', promotions: '400' });
  expect((await grant({ type: 'credit_note', creditNoteId: note.id })).body.code).toBe('credit.source_exceeded');
  await check();
  await post(`/credits/grants/${body.grant.id}/void`, { reason: 'rather a refund' });
  expect(await get(`/credit-notes/${note.id}`)).toMatchObject({ refundableMinor: '600' });
  expect(await get(`/invoices/${invoice.id}`)).toMatchObject({ dueMinor: '-600' });
  await check();
});

test('what expires pays nothing from its instant on, is told, and what was paid for it is earned', async () => {
  const { give, pay, bill, credits, entries, ledger, assertConsistent: check } = await buildCreditor(payments);
  const expiresAt = '2024-06-20T00:00:00.000Z';
  await give(300, { expiresAt });
  await pay(500, { expiresAt });
  await pay(50);
  payments.clock.time = new Date(expiresAt);
  expect(await bill('1')).toMatchObject({ creditsMinor: '50', dueMinor: '50' });
  await payments.under.takeEvents();
  await runJob('subscription.credits');
  await runJob('subscription.credits');
  expect(await credits()).toEqual({ balance: '0', grants: ['0', '0', '0'] });
  expect((await entries()).slice(-2).sort()).toEqual(['expiry -300', 'expiry -500']);
  expect(await ledger()).toMatchObject({ promotions: '0', credits: '0', cash: '550', revenue: '-600' });
  const told = (await payments.under.takeEvents()).filter(({ type }) => type === 'credit.expired');
  expect(
    told.map(({ data }: { data: Record<string, unknown> }) => `${data['kind']} ${data['amountMinor']}`).sort(),
  ).toEqual(['paid 500', 'promotional 300']);
  await check();
});

test('pays an open invoice by hand with what came later, never more than is due or there', async () => {
  const { bill, give, post, get, credits } = await buildCreditor(payments);
  const invoice = await bill('10');
  const apply = (amountMinor?: string) =>
    post('/credits/apply', { invoiceId: invoice.id, ...(amountMinor === undefined ? {} : { amountMinor }) });
  expect((await apply()).body).toMatchObject({ code: 'credit.insufficient', detail: expect.stringContaining(' 0 ') });
  await give(600);
  expect((await apply('700')).body).toMatchObject({
    code: 'credit.insufficient',
    detail: expect.stringContaining(' 600 '),
  });
  expect((await apply('1001')).body).toMatchObject({
    code: 'credit.not_due',
    detail: expect.stringContaining(' 1000 '),
  });
  expect((await apply('100')).body).toMatchObject({ status: 'finalized', creditsMinor: '100', dueMinor: '900' });
  expect((await apply()).body).toMatchObject({ creditsMinor: '600', dueMinor: '400' });
  expect(await credits()).toEqual({ balance: '0', grants: ['0'] });
  await give(400);
  expect((await apply()).body).toMatchObject({ status: 'paid', dueMinor: '0' });
  expect((await apply()).body.code).toBe('credit.not_due');
  expect((await get(`/credits/entries?invoiceId=${invoice.id}`)).data).toHaveLength(3);
});

test('credit of a child account, of an unknown one, or that is over already is refused', async () => {
  const { account, tenantId, post } = await buildCreditor(payments);
  const child = payments.platform.addAccount(tenantId, { parentId: account.id });
  const source = { type: 'promotion', amountMinor: '100' };
  const body = { source, reason: 'as agreed' };
  expect((await post('/credits/grants', { ...body, accountId: child.id })).body).toMatchObject({
    code: 'credit.paid_by_other',
    detail: expect.stringContaining(account.id),
  });
  expect((await post('/credits/grants', { ...body, accountId: tenantId })).status).toBe(404);
  const over = { ...body, accountId: account.id, expiresAt: '2024-06-15T12:00:00.000Z' };
  expect((await post('/credits/grants', over)).body.errors).toMatchObject([{ path: '/expiresAt' }]);
  const nothing = { ...body, accountId: account.id, source: { ...source, amountMinor: '0' } };
  expect((await post('/credits/grants', nothing)).status).toBe(400);
});

test('a promotion above the limit of who gives it waits for somebody else', async () => {
  const { account, tenantId, principal, credits } = await buildCreditor(payments);
  const person = (permissions: string[]) =>
    buildPrincipal({ tenant: tenantId, roles: [], grants: [{ permissions } as never] });
  const as = (caller: Principal, method: 'POST' | 'PUT' | 'GET', path: string, body?: unknown) =>
    payments.under.request(method, path, { principal: caller, ...(body === undefined ? {} : { body }) });
  const [support, lead] = [
    person(['credit:write', 'limit:support']),
    person(['dispute:approve', 'dispute:read', 'limit:lead']),
  ];
  const rule = { action: 'credit', currency: 'EUR' };
  const limit = (holder: string, amountMinor: string) => ({ ...rule, holder, amountMinor, dayMinor: amountMinor });
  await as(principal, 'PUT', '/disputes/approval-rules', limit('limit:support', '500'));
  await as(principal, 'PUT', '/disputes/approval-rules', limit('limit:lead', '5000'));
  const promise = { accountId: account.id, source: { type: 'promotion', amountMinor: '900' }, reason: 'outage' };
  expect((await as(support, 'POST', '/credits/grants', promise)).body.code).toBe('approval.required');
  expect((await credits()).grants).toEqual([]);
  const [request] = (await as(lead, 'GET', '/disputes/approvals?status=pending')).body.data;
  expect((await as(lead, 'POST', `/disputes/approvals/${request.id}/approve`)).body).toMatchObject({
    status: 'executed',
  });
  expect(await credits()).toEqual({ balance: '900', grants: ['900'] });
});

test('many invoices that become final at once use each unit of credit once', async () => {
  const { give, post, get, account, credits, assertConsistent: check } = await buildCreditor(payments);
  await post('/legal-entities', { key: 'slow', name: 'Slow', reviewHours: 24 });
  const slow = (await get('/legal-entities')).data.find(({ key }: { key: string }) => key === 'slow');
  payments.platform.accounts.get(account.id)!.billing.legalEntity = 'slow';
  await give(1000);
  await give(777);
  const drafts: string[] = [];
  for (let index = 0; index < 8; index += 1) {
    const { body } = await post('/invoices/charges', {
      accountId: account.id,
      currency: 'EUR',
      description: 'Work',
      unitAmount: '5',
      when: 'now',
    });
    drafts.push(body.invoiceId);
  }
  expect((await get('/credits/grants')).data[0].legalEntityId).toBe(slow.id);
  const answers = await Promise.all(drafts.map((id) => post(`/invoices/${id}/finalize`)));
  expect(answers.map(({ status }) => status)).toEqual(drafts.map(() => 200));
  const used = answers.reduce((sum, { body }) => sum + BigInt(body.creditsMinor), 0n);
  expect(used).toBe(1777n);
  expect(await credits()).toEqual({ balance: '0', grants: ['0', '0'] });
  await check();
});

test('the database refuses less than nothing, more than was granted, and changed entries', async () => {
  const { give, tenantId } = await buildCreditor(payments);
  await give(100);
  for (const statement of [
    'UPDATE subscription.credit_wallets SET balance_minor = -1',
    'UPDATE subscription.credit_grants SET remaining_minor = -1',
    'UPDATE subscription.credit_grants SET remaining_minor = 101',
    'UPDATE subscription.credit_entries SET amount_minor = 1',
    'DELETE FROM subscription.credit_entries',
  ])
    await expect(
      payments.under.database.transaction(tenantId, (transaction) => transaction.execute(statement)),
    ).rejects.toThrow();
});

test('whatever happens in whatever order, balances, entries, grants and books agree and nothing is negative', async () => {
  const random = seededRandom(5);
  const creditor = await buildCreditor(payments);
  const { give, pay, bill, post, get, tenantId, grant } = creditor;
  const invoices: string[] = [];
  const grants: string[] = [];
  for (let step = 0; step < 120; step += 1) {
    const amount = 1 + random(900);
    const expiresAt =
      random(2) === 0 ? null : new Date(payments.clock.time.getTime() + (1 + random(5)) * 86_400_000).toISOString();
    const pickOf = (ids: string[]) => ids[random(ids.length)];
    switch (random(9)) {
      case 0:
        grants.push((await give(amount, { expiresAt, priority: random(3) })).id);
        break;
      case 1:
        grants.push((await pay(amount, { expiresAt, priority: random(3) })).id);
        break;
      case 2:
      case 3:
        invoices.push((await bill((amount / 100).toFixed(2))).id);
        break;
      case 4:
        await post(`/invoices/${pickOf(invoices)}/void`, {});
        break;
      case 5:
        await post(`/credits/grants/${pickOf(grants)}/void`, { reason: 'random' });
        break;
      case 6:
        payments.clock.time = new Date(payments.clock.time.getTime() + 86_400_000);
        await runJob('subscription.credits');
        break;
      case 7:
        await post(`/invoices/${pickOf(invoices)}/pay`, { amountMinor: String(amount), received: { by: 'manual' } });
        await post('/credits/apply', { invoiceId: pickOf(invoices) });
        break;
      default: {
        const { body } = await post(`/invoices/${pickOf(invoices)}/credit-notes`, {
          netMinor: String(amount),
          reason: 'random',
        });
        if (body.id !== undefined) await grant({ type: 'credit_note', creditNoteId: body.id }, { expiresAt });
        const [payment] = (await get('/payments')).data;
        if (payment !== undefined) await grant({ type: 'payment', paymentId: payment.id });
      }
    }
    if (step % 10 === 9) await payments.under.database.transaction(tenantId, assertConsistent);
  }
  const kinds = new Set((await creditor.entries()).map((entry: string) => entry.split(' ')[0]));
  expect([...kinds].sort()).toEqual(['expiry', 'grant', 'return', 'use', 'void']);
});
