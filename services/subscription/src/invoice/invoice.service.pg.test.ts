import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { CreditMovements } from '../credit/credit-movement.service.ts';
import { service } from '../index.ts';
import { allotNumbers } from './invoice-number.store.ts';
import { InvoiceService } from './invoice.service.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
let settling: InvoiceService;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
  settling = new InvoiceService(subscriptions.database, clock, new CreditMovements(clock));
});
afterAll(() => subscriptions.stop());

/** What payments do to an invoice. */
function settle(tenantId: string, invoiceId: string, paidMinor: bigint) {
  return subscriptions.database.transaction(tenantId, (transaction) =>
    settling.applySettlementIn(transaction, invoiceId, { paidMinor }),
  );
}

/** A tenant with one invoice for each of the given fees. */
async function buildTenant(fees: readonly string[], finalize: boolean) {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const post = (path: string, body?: unknown, headers = {}) =>
    subscriptions.request('POST', path, { principal, body, headers });
  const get = (path: string) => subscriptions.request('GET', path, { principal });
  for (const amount of fees) {
    const plan = platform.addPlan(tenantId, { base: { model: 'flat', amount, timing: 'advance' } });
    await post('/subscriptions', {
      accountId: platform.addAccount(tenantId).id,
      planId: plan.planId,
      startsOn: '2024-06-01',
    });
  }
  await post('/invoices/runs', { finalize });
  const invoices = (await get('/invoices?sort=-total')).body.data;
  return { principal, tenantId, post, get, invoices };
}

test('leads an invoice from draft to paid, each step once', async () => {
  const { tenantId, get, post, invoices } = await buildTenant(['10'], false);
  const path = `/invoices/${invoices[0].id}`;
  expect(invoices[0]).toMatchObject({ status: 'draft', number: null, version: 1 });
  await expect(settle(tenantId, invoices[0].id, 1000n)).rejects.toMatchObject({ code: 'invoice.status_not_allowed' });
  await subscriptions.takeEvents();
  expect((await post(`${path}/finalize`, undefined, { 'if-match': '"9"' })).status).toBe(412);
  expect(await post(`${path}/finalize`, undefined, { 'if-match': '"1"' })).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { status: 'finalized', number: 'INV-000001' },
  });
  expect((await post(`${path}/finalize`)).body).toMatchObject({ number: 'INV-000001', version: 2 });
  await settle(tenantId, invoices[0].id, 400n);
  expect((await get(path)).body).toMatchObject({ status: 'finalized', paidMinor: '400', dueMinor: '600' });
  await settle(tenantId, invoices[0].id, 600n);
  const paid = (await get(path)).body;
  expect(paid).toMatchObject({ status: 'paid', dueMinor: '0', version: 4, paidAt: '2024-06-15T12:00:00.000Z' });
  expect(await post(`${path}/void`)).toMatchObject({ status: 409, body: { code: 'invoice.status_not_allowed' } });
  await settle(tenantId, invoices[0].id, -1000n);
  expect((await get(path)).body).toMatchObject({ status: 'finalized', dueMinor: '1000', paidAt: null });
  const events = await subscriptions.takeEvents();
  expect(events.map((event) => event.type).filter((type) => type !== 'audit.recorded')).toEqual([
    'invoice.finalized',
    'invoice.paid',
  ]);
  expect(events.filter((event) => event.type === 'audit.recorded')).toHaveLength(4);
});

test('numbers have no gap after a rollback and after a void', async () => {
  const { tenantId, post, invoices } = await buildTenant(['30', '20', '10'], false);
  const finalize = async (index: number) => (await post(`/invoices/${invoices[index].id}/finalize`)).body.number;
  expect(await finalize(0)).toBe('INV-000001');
  await expect(
    subscriptions.database.transaction(tenantId, async (transaction) => {
      expect(await allotNumbers(transaction, tenantId, 'invoice', 5)).toBe(6n);
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  expect((await post(`/invoices/${invoices[1].id}/void`)).body).toMatchObject({ status: 'void', number: null });
  expect(await finalize(2)).toBe('INV-000002');
  expect((await post(`/invoices/${invoices[2].id}/void`)).body).toMatchObject({ status: 'void', number: 'INV-000002' });
});

test('the database refuses to change a finalized invoice or its lines', async () => {
  const { tenantId, get, invoices } = await buildTenant(['10'], true);
  const { id } = invoices[0];
  const before = (await get(`/invoices/${id}`)).body;
  const run = (sql: string) =>
    subscriptions.database.transaction(tenantId, (transaction) => transaction.execute(sql, [id]));
  const forbidden = [
    `UPDATE subscription.invoices SET total_minor = 1 WHERE id = $1`,
    `UPDATE subscription.invoices SET number = 7 WHERE id = $1`,
    `UPDATE subscription.invoices SET status = 'draft' WHERE id = $1`,
    `DELETE FROM subscription.invoices WHERE id = $1`,
    `UPDATE subscription.invoice_lines SET amount_minor = 1 WHERE invoice_id = $1`,
    `DELETE FROM subscription.invoice_lines WHERE invoice_id = $1`,
    `INSERT INTO subscription.invoice_lines SELECT (jsonb_populate_record(line, '{"position": 2, "kind": "usage"}')).*
     FROM subscription.invoice_lines line WHERE invoice_id = $1`,
  ];
  for (const sql of forbidden) await expect(run(sql), sql).rejects.toMatchObject({ code: '23001' });
  expect((await get(`/invoices/${id}`)).body).toEqual(before);
});

test('lists by total and by date, filtered, page by page', async () => {
  const { get, invoices } = await buildTenant(['10', '30', '20'], true);
  expect(invoices.map((invoice: { totalMinor: string }) => invoice.totalMinor)).toEqual(['3000', '2000', '1000']);
  const first = (await get('/invoices?sort=-total&limit=2')).body;
  const rest = (await get(`/invoices?sort=-total&limit=2&cursor=${first.nextCursor}`)).body;
  expect([...first.data, ...rest.data]).toEqual(invoices);
  expect(rest.nextCursor).toBeNull();
  const newest = (await get('/invoices?limit=1')).body;
  expect((await get(`/invoices?limit=5&cursor=${newest.nextCursor}`)).body.data).toHaveLength(2);
  expect((await get(`/invoices?accountId=${invoices[1].accountId}`)).body.data).toEqual([invoices[1]]);
  expect((await get('/invoices?status=draft')).body.data).toEqual([]);
  expect((await get('/invoices?cursor=bm9uc2Vuc2U')).status).toBe(400);
  const lines = (await get(`/invoices/${invoices[0].id}/lines`)).body;
  expect(lines).toMatchObject({ data: [{ position: 1, amountMinor: '3000' }], nextCursor: null });
});

test("answers 404 for another tenant's invoice on every operation", async () => {
  const owner = await buildTenant(['10'], true);
  const stranger = await buildTenant([], true);
  const path = `/invoices/${owner.invoices[0].id}`;
  expect((await stranger.get(path)).status).toBe(404);
  expect((await stranger.get(`${path}/lines`)).status).toBe(404);
  for (const step of ['finalize', 'void']) expect((await stranger.post(`${path}/${step}`)).status).toBe(404);
  expect(stranger.invoices).toEqual([]);
  expect((await owner.get(path)).body).toMatchObject({ status: 'finalized', version: 1 });
});
