import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;

interface TaxRequest {
  readonly key: string | undefined;
  readonly authorization: string | undefined;
  readonly body: { readonly lines: readonly { readonly position: number; readonly amountMinor: string }[] };
}

/** A tax service that takes 8 % of every line, and notes what it was asked. */
class TaxServer {
  readonly requests: TaxRequest[] = [];
  isAway = false;
  readonly #server: Server;
  constructor() {
    this.#server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        const body = JSON.parse(text);
        const { 'idempotency-key': key, authorization } = request.headers;
        this.requests.push({ key: key as string | undefined, authorization, body });
        if (this.isAway) return response.writeHead(503).end();
        const lines = body.lines.map((line: { position: number; amountMinor: string }) => ({
          position: line.position,
          percent: '8',
          taxMinor: String(Math.round(Number(line.amountMinor) * 0.08)),
          label: 'Sales tax',
        }));
        return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ lines }));
      });
    });
  }
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/taxes`;
  }
  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const taxServer = new TaxServer();
beforeAll(async () => {
  const url = await taxServer.start();
  subscriptions = await startServiceUnderTest(service, {
    contracts: platform.contracts,
    clock,
    environment: { SUBSCRIPTION_TAX_SERVICE_URL: url, SUBSCRIPTION_TAX_SERVICE_TOKEN: 'tax-token' },
  });
});
afterAll(async () => {
  await subscriptions.stop();
  await taxServer.stop();
});
beforeEach(() => {
  taxServer.requests.length = 0;
  taxServer.isAway = false;
});

const seller = {
  key: 'default',
  name: 'Seller GmbH',
  address: { line1: 'Weg 1', city: 'Berlin', country: 'DE' },
  taxUnion: ['DE', 'FR', 'AT'],
};

function buildTenant() {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    subscriptions.request(method, path, { principal, ...(body === undefined ? {} : { body }) });
  const get = async (path: string) => (await subscriptions.request('GET', path, { principal })).body;
  return {
    tenantId,
    send,
    get,
    /** The invoice of a new subscription of an account with this billing profile. */
    bill: async (billing: object, plan: { planId: string }) => {
      const account = platform.addAccount(tenantId, { billing });
      await send('POST', '/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-06-01' });
      await send('POST', '/invoices/runs', {});
      return (await get(`/invoices?accountId=${account.id}`)).data[0];
    },
  };
}

const fee = (amount: string) => ({ base: { model: 'flat', amount, timing: 'advance' } }) as const;
const at = (country: string, more = {}) => ({ address: { line1: 'A', city: 'B', country, ...more } });

test('taxes by the place of the customer, reverse charge, exemption and export', async () => {
  const { tenantId, send, bill } = buildTenant();
  expect((await send('PUT', `/legal-entities/${tenantId}`, seller)).body).toMatchObject({ id: tenantId, version: 1 });
  const rate = { category: 'standard', percent: '19', label: 'USt.', country: 'DE' };
  expect((await send('POST', '/tax-rates', rate)).status).toBe(201);
  await send('POST', '/tax-rates', { ...rate, country: 'FR', percent: '20', label: 'TVA' });
  expect(await send('POST', '/tax-rates', rate)).toMatchObject({
    status: 409,
    body: { code: 'resource.already_exists' },
  });
  const plan = platform.addPlan(tenantId, fee('10'));
  const cases: [object, string, string, boolean, string?][] = [
    [at('DE'), '190', 'USt.', false],
    [at('DE', { region: 'BE' }), '190', 'USt.', false],
    [{}, '190', 'USt.', false],
    [at('FR'), '200', 'TVA', false],
    [at('AT'), '190', 'USt.', false],
    [{ ...at('FR'), taxId: 'FR12345678901' }, '0', 'Reverse charge', true, 'reverse_charge'],
    [{ ...at('DE'), taxId: 'DE123456789' }, '190', 'USt.', false],
    [{ ...at('DE'), taxExempt: true }, '0', 'Tax exempt', false, 'exempt'],
    [at('US'), '0', 'Outside the scope of tax', false, 'out_of_scope'],
  ];
  for (const [billing, taxMinor, label, reverseCharge, zeroReason] of cases) {
    const invoice = await bill(billing, plan);
    const totalMinor = String(1000 + Number(taxMinor));
    expect(invoice, label).toMatchObject({ subtotalMinor: '1000', taxMinor, totalMinor, legalEntityVersion: 1 });
    expect(invoice.taxes).toMatchObject([
      { category: 'standard', label, reverseCharge, taxableMinor: '1000', taxMinor },
    ]);
    expect(invoice.taxes[0].zeroReason, label).toBe(zeroReason);
  }
});

test('takes the tax out of prices that contain it, and books revenue without it', async () => {
  const { tenantId, send, bill } = buildTenant();
  await send('PUT', `/legal-entities/${tenantId}`, seller);
  await send('POST', '/tax-rates', { category: 'standard', percent: '19', label: 'USt.', country: 'DE' });
  const invoice = await bill(at('DE'), platform.addPlan(tenantId, fee('11.90'), { taxInclusive: true }));
  expect(invoice).toMatchObject({ subtotalMinor: '1190', taxMinor: '190', totalMinor: '1190' });
  expect(invoice.taxes).toMatchObject([{ taxableMinor: '1000', taxMinor: '190' }]);
  const entries = await subscriptions.database.transaction(tenantId, (transaction) =>
    transaction.rows(
      `SELECT ledger_account, amount_minor FROM subscription.ledger_entries WHERE source_id = $1 ORDER BY position`,
      [invoice.id],
    ),
  );
  expect(entries).toEqual([
    { ledger_account: 'receivable', amount_minor: '1190' },
    { ledger_account: 'revenue', amount_minor: '-1000' },
    { ledger_account: 'tax', amount_minor: '-190' },
  ]);
});

test('a rate that begins later, and one that was replaced, apply to what is billed then', async () => {
  const { tenantId, send, get, bill } = buildTenant();
  await send('PUT', `/legal-entities/${tenantId}`, seller);
  const rate = { category: 'standard', percent: '16', label: 'USt.', country: 'DE', validTo: '2024-06-01' };
  const { body: old } = await send('POST', '/tax-rates', rate);
  await send('POST', '/tax-rates', { ...rate, percent: '19', validFrom: '2024-06-01', validTo: null });
  const plan = platform.addPlan(tenantId, fee('10'));
  expect((await bill(at('DE'), plan)).taxMinor).toBe('190');
  expect((await send('POST', '/tax-rates', { ...rate, country: 'AT', validTo: '1960-01-01' })).status).toBe(400);
  expect((await send('DELETE', `/tax-rates/${old.id}`)).status).toBe(204);
  expect((await get('/tax-rates')).data).toHaveLength(1);
});

test('an external service says the taxes, once; while it is away the invoice stays a draft', async () => {
  const { tenantId, send, get, bill } = buildTenant();
  await send('PUT', `/legal-entities/${tenantId}`, { ...seller, taxProvider: 'external' });
  const plan = platform.addPlan(tenantId, fee('10'));
  taxServer.isAway = true;
  const draft = await bill(at('US'), plan);
  expect(draft).toMatchObject({ status: 'draft', calculation: 'untaxed', number: null, totalMinor: '1000' });
  const preview = await send('POST', '/subscriptions/preview', { accountId: draft.accountId, planId: plan.planId });
  const unknown = { totalMinor: '1000', taxMinor: null, creditsMinor: null, dueMinor: null };
  expect(preview.body.invoices[0]).toMatchObject(unknown);
  expect(await send('POST', `/invoices/${draft.id}/finalize`)).toMatchObject({
    status: 503,
    body: { code: 'tax.service_failed' },
  });
  taxServer.isAway = false;
  await send('POST', '/invoices/runs', {});
  expect(await get(`/invoices/${draft.id}`)).toMatchObject({
    status: 'finalized',
    calculation: 'done',
    number: 'INV-000001',
    taxMinor: '80',
    totalMinor: '1080',
    taxes: [{ percent: '8', label: 'Sales tax', taxableMinor: '1000', taxMinor: '80' }],
    lines: [{ taxPercent: '8', taxMinor: '80' }],
  });
  const asked = taxServer.requests.length;
  await send('POST', '/invoices/runs', {});
  expect(taxServer.requests).toHaveLength(asked);
  expect(new Set(taxServer.requests.map(({ key }) => key))).toEqual(new Set([`${draft.id}/1`]));
  expect(taxServer.requests[0]).toMatchObject({
    authorization: 'Bearer tax-token',
    body: { currency: 'EUR', customer: { address: { country: 'US' } }, lines: [{ position: 1, amountMinor: '1000' }] },
  });
});
