import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { CreditMovements } from '../credit/credit-movement.service.ts';
import { service } from '../index.ts';
import { InvoiceService } from '../invoice/invoice.service.ts';
import { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import { CreditNoteService } from './credit-note.service.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
let notes: CreditNoteService;
let invoices: InvoiceService;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
  const { database } = subscriptions;
  invoices = new InvoiceService(database, clock, new CreditMovements(clock));
  const entities = new LegalEntityService({ database, clock, hasTaxService: false });
  notes = new CreditNoteService({ database, clock, invoices, entities });
});
afterAll(() => subscriptions.stop());

/** A tenant with an invoice of two lines, 100.00 and 33.33, and 19 % tax. */
async function buildTenant() {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const send = (method: 'POST' | 'PUT', path: string, body?: unknown, changes = {}) =>
    subscriptions.request(method, path, {
      principal: { ...principal, ...changes },
      ...(body === undefined ? {} : { body }),
    });
  const get = async (path: string) => (await subscriptions.request('GET', path, { principal })).body;
  const address = { line1: 'Weg 1', city: 'Berlin', country: 'DE' };
  await send('PUT', `/legal-entities/${tenantId}`, {
    key: 'default',
    name: 'Seller',
    address,
    creditNotePrefix: 'GS-',
  });
  await send('POST', '/tax-rates', { category: 'standard', percent: '19', label: 'USt.', country: 'DE' });
  const account = platform.addAccount(tenantId);
  const plan = platform.addPlan(tenantId, {
    base: { model: 'flat', amount: '100', timing: 'advance' },
    extra: { model: 'flat', amount: '33.33', timing: 'advance' },
  });
  await send('POST', '/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-06-01' });
  await send('POST', '/invoices/runs', {});
  const [invoice] = (await get('/invoices')).data;
  expect(invoice).toMatchObject({ subtotalMinor: '13333', taxMinor: '2533', totalMinor: '15866' });
  return {
    tenantId,
    send,
    get,
    path: `/invoices/${invoice.id}`,
    invoice: () => get(`/invoices/${invoice.id}`),
    pay: (paidMinor: bigint) =>
      subscriptions.database.transaction(tenantId, (transaction) =>
        invoices.applySettlementIn(transaction, invoice.id, { paidMinor }),
      ),
    ledger: async () => {
      const rows = await subscriptions.database.transaction(tenantId, (transaction) =>
        transaction.rows<{ ledger_account: string; sum: string }>(
          `SELECT ledger_account, sum(amount_minor)::text FROM subscription.ledger_entries GROUP BY 1`,
        ),
      );
      return Object.fromEntries(rows.map(({ ledger_account, sum }) => [ledger_account, sum]));
    },
  };
}

test('takes back part of a line, then what is left, with net and tax rounded by themselves', async () => {
  const { send, get, path, invoice, ledger } = await buildTenant();
  await subscriptions.takeEvents();
  const part = { reason: 'not delivered', lines: [{ position: 2, netMinor: '1111' }] };
  const { status, body: first } = await send('POST', `${path}/credit-notes`, part);
  expect(status).toBe(201);
  expect(first).toMatchObject({
    number: 'GS-000001',
    netMinor: '1111',
    taxMinor: '211',
    totalMinor: '1322',
    settledMinor: '1322',
    refundableMinor: '0',
    lines: [{ position: 2, taxPercent: '19' }],
  });
  expect(await invoice()).toMatchObject({ status: 'finalized', creditedMinor: '1322', dueMinor: '14544' });
  const { body: rest } = await send('POST', `${path}/credit-notes`, {
    reason: 'all of it',
    lines: [{ position: 1 }, { position: 2 }],
  });
  expect(rest).toMatchObject({ number: 'GS-000002', netMinor: '12222', taxMinor: '2322' });
  expect(await invoice()).toMatchObject({ status: 'paid', dueMinor: '0' });
  expect(await ledger()).toEqual({ receivable: '0', revenue: '0', tax: '0' });
  expect(await send('POST', `${path}/credit-notes`, part)).toMatchObject({
    status: 409,
    body: { code: 'credit_note.exceeds_invoice' },
  });
  expect((await send('POST', `${path}/void`)).body.code).toBe('invoice.status_not_allowed');
  expect((await get('/credit-notes')).data.map(({ number }: { number: string }) => number)).toEqual([
    'GS-000002',
    'GS-000001',
  ]);
  const issued = (await subscriptions.takeEvents()).filter(({ type }) => type === 'credit_note.issued');
  expect(issued).toMatchObject([
    { data: { number: 'GS-000001', totalMinor: '1322' } },
    { data: { number: 'GS-000002' } },
  ]);
});

test('an amount is split over what is left of all lines; what was paid becomes refundable, once', async () => {
  const { tenantId, send, get, path, invoice, pay } = await buildTenant();
  await pay(10_000n);
  const { body: note } = await send('POST', `${path}/credit-notes`, { reason: 'goodwill', netMinor: '10000' });
  expect(note.lines.map(({ netMinor }: { netMinor: string }) => netMinor)).toEqual(['7500', '2500']);
  expect(note).toMatchObject({ taxMinor: '1900', totalMinor: '11900', settledMinor: '5866', refundableMinor: '6034' });
  expect(await invoice()).toMatchObject({ status: 'paid', dueMinor: '-6034' });
  const refund = (amountMinor: bigint) =>
    subscriptions.database.transaction(tenantId, (transaction) => notes.addRefundIn(transaction, note.id, amountMinor));
  await refund(6000n);
  await expect(refund(35n)).rejects.toMatchObject({ code: 'credit_note.exceeds_invoice' });
  expect(await get(`/credit-notes/${note.id}`)).toMatchObject({ refundedMinor: '6000', refundableMinor: '34' });
  expect((await send('POST', `${path}/credit-notes`, { reason: 'more', netMinor: '3334' })).status).toBe(409);
});

test('two credit notes at once never take back more than was invoiced', async () => {
  const { send, path, invoice } = await buildTenant();
  const body = { reason: 'twice', netMinor: '8000' };
  const answers = await Promise.all([1, 2].map(() => send('POST', `${path}/credit-notes`, body)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(await invoice()).toMatchObject({ creditedMinor: '9520', dueMinor: '6346' });
});

test('writes off what is open, with a reason; a later payment opens nothing', async () => {
  const { send, path, invoice, pay, ledger } = await buildTenant();
  expect((await send('POST', `${path}/write-off`, { reason: 'small', amountMinor: '15867' })).status).toBe(409);
  expect((await send('POST', `${path}/write-off`, { reason: 'bankrupt', amountMinor: '866' })).body).toMatchObject({
    status: 'finalized',
    writtenOffMinor: '866',
    dueMinor: '15000',
  });
  await pay(5000n);
  expect((await send('POST', `${path}/write-off`, { reason: 'bankrupt' })).body).toMatchObject({
    status: 'written_off',
    writtenOffMinor: '10866',
  });
  expect(await ledger()).toMatchObject({ write_offs: '10866', receivable: '5000' });
  expect((await send('POST', `${path}/credit-notes`, { reason: 'too much', netMinor: '5000' })).status).toBe(409);
  expect((await invoice()).dueMinor).toBe('0');
});

test('drafts and void invoices are neither credited nor written off, and members may do neither', async () => {
  const { send, path } = await buildTenant();
  const body = { reason: 'no', netMinor: '1' };
  expect((await send('POST', `${path}/credit-notes`, body, { roles: ['org_member'] })).status).toBe(403);
  expect((await send('POST', `${path}/credit-notes`, { reason: 'no' })).status).toBe(400);
  expect((await send('POST', `${path}/void`, { reason: 'wrong customer' })).body.status).toBe('void');
  expect((await send('POST', `${path}/credit-notes`, body)).body.code).toBe('credit_note.invoice_not_final');
  expect((await send('POST', `${path}/write-off`, { reason: 'no' })).body.code).toBe('credit_note.invoice_not_final');
});
