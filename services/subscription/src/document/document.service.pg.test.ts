import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakePlatform, FrozenClock } from '../../test/subscription.builders.ts';
import { service } from '../index.ts';

const platform = new FakePlatform();
const clock = new FrozenClock('2024-06-15T12:00:00Z');
let subscriptions: ServiceUnderTest;
beforeAll(async () => {
  subscriptions = await startServiceUnderTest(service, { contracts: platform.contracts, clock });
});
afterAll(() => subscriptions.stop());

const seller = {
  key: 'default',
  name: 'Seller GmbH',
  address: { line1: 'Weg 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
};

/** A tenant with an invoice of 100.00 and 19 % tax. */
async function buildTenant(reviewHours = 0) {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  const send = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
    subscriptions.request(method, path, { principal, ...(body === undefined ? {} : { body }) });
  await send('PUT', `/legal-entities/${tenantId}`, { ...seller, reviewHours });
  await send('POST', '/tax-rates', { category: 'standard', percent: '19', label: 'USt.', country: 'DE' });
  const account = platform.addAccount(tenantId, {
    name: 'Buyer AG',
    billing: { address: { line1: 'Platz 2', city: 'Hamburg', postalCode: '20457', country: 'DE' } },
  });
  const plan = platform.addPlan(tenantId, { base: { model: 'flat', amount: '100', timing: 'advance' } });
  await send('POST', '/subscriptions', { accountId: account.id, planId: plan.planId, startsOn: '2024-06-01' });
  await send('POST', '/invoices/runs', {});
  const [invoice] = (await send('GET', '/invoices')).body.data;
  return { principal, tenantId, account, invoice, send };
}

test('a final invoice is the same file for ever, whatever is said of the legal entity later', async () => {
  const { tenantId, invoice, send } = await buildTenant();
  const path = `/invoices/${invoice.id}/pdf`;
  const first = await send('GET', path);
  expect(first.status).toBe(200);
  expect(first.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${invoice.number}.pdf"`,
  });
  expect(first.body).toMatch(/^%PDF-1\.7/);
  const moved = { ...seller, name: 'Seller SE', address: { ...seller.address, line1: 'Straße 99' } };
  await send('PUT', `/legal-entities/${tenantId}`, moved);
  clock.time = new Date('2024-06-20T12:00:00Z');
  expect((await send('GET', path)).body).toBe(first.body);
});

test('a draft can be looked at, but is no e-invoice', async () => {
  const { invoice, send } = await buildTenant(24);
  expect(invoice.status).toBe('draft');
  const pdf = await send('GET', `/invoices/${invoice.id}/pdf`);
  expect(pdf.headers['content-disposition']).toContain('draft.pdf');
  const ubl = await send('GET', `/invoices/${invoice.id}/ubl`);
  expect(ubl).toMatchObject({ status: 409, body: { code: 'document.e_invoice_incomplete' } });
  expect(ubl.body.detail).toContain('invoice.status: finalize the draft');
});

test('what an e-invoice lacks is named, and can be filled in after the invoice is final', async () => {
  const { tenantId, invoice, send } = await buildTenant();
  const path = `/invoices/${invoice.id}/ubl?profile=en16931`;
  const refused = await send('GET', path);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('legalEntity.taxId: give its VAT identification number');
  await send('PUT', `/legal-entities/${tenantId}`, { ...seller, taxId: 'DE123456789' });
  const ubl = await send('GET', path);
  expect(ubl).toMatchObject({ status: 200, headers: { 'content-type': 'application/xml' } });
  expect(ubl.body).toContain('<cbc:TaxInclusiveAmount currencyID="EUR">119.00</cbc:TaxInclusiveAmount>');
  expect(ubl.body).toContain(`<cbc:ID>${invoice.number}</cbc:ID>`);
});

test('a credit note is a PDF and an e-invoice of its own, which names the invoice', async () => {
  const { tenantId, invoice, send } = await buildTenant();
  await send('PUT', `/legal-entities/${tenantId}`, { ...seller, taxId: 'DE123456789' });
  const note = (
    await send('POST', `/invoices/${invoice.id}/credit-notes`, {
      reason: 'Outage',
      lines: [{ position: 1, netMinor: '4000' }],
    })
  ).body;
  const pdf = await send('GET', `/credit-notes/${note.id}/pdf`);
  expect(pdf.body).toMatch(/^%PDF-1\.7/);
  const { body } = await send('GET', `/credit-notes/${note.id}/ubl`);
  expect(body).toContain(`<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>`);
  expect(body).toMatch(new RegExp(`<cac:InvoiceDocumentReference>\\s*<cbc:ID>${invoice.number}</cbc:ID>`));
  expect(body).toContain('<cbc:PayableAmount currencyID="EUR">47.60</cbc:PayableAmount>');
});

test('a statement leads from the opening to the closing balance by the ledger', async () => {
  const { account, invoice, send } = await buildTenant();
  const note = (
    await send('POST', `/invoices/${invoice.id}/credit-notes`, {
      reason: 'Outage',
      lines: [{ position: 1, netMinor: '4000' }],
    })
  ).body;
  const day = clock.time.toISOString().slice(0, 10);
  const next = new Date(clock.time.getTime() + 86_400_000).toISOString().slice(0, 10);
  const during = (await send('GET', `/invoices/statements?accountId=${account.id}&from=${day}&to=${next}`)).body;
  expect(during.balances).toEqual([
    {
      currency: 'EUR',
      openingMinor: '0',
      entries: [
        expect.objectContaining({
          kind: 'invoice',
          number: invoice.number,
          amountMinor: '11900',
          balanceMinor: '11900',
        }),
        expect.objectContaining({
          kind: 'credit_note',
          number: note.number,
          amountMinor: '-4760',
          balanceMinor: '7140',
        }),
      ],
      closingMinor: '7140',
    },
  ]);
  const after = `/invoices/statements?accountId=${account.id}&from=${next}&to=2024-12-31`;
  expect((await send('GET', after)).body.balances).toEqual([
    { currency: 'EUR', openingMinor: '7140', entries: [], closingMinor: '7140' },
  ]);
  const pdf = await send('GET', `/invoices/statements/pdf?accountId=${account.id}&from=${day}&to=${next}`);
  expect(pdf.body).toMatch(/^%PDF-1\.7/);
});

test('refuses a span that ends before it begins or is longer than a year, and accounts that are not there', async () => {
  const { account, send } = await buildTenant();
  const ask = (query: string) => send('GET', `/invoices/statements?${query}`);
  expect((await ask(`accountId=${account.id}&from=2024-06-02&to=2024-06-01`)).status).toBe(400);
  expect((await ask(`accountId=${account.id}&from=2022-06-02&to=2024-06-01`)).status).toBe(400);
  expect((await ask(`accountId=${buildPrincipal().subject}&from=2024-06-01&to=2024-06-02`)).status).toBe(404);
});

test("answers 404 for another tenant's documents", async () => {
  const owner = await buildTenant();
  const stranger = await buildTenant();
  for (const file of ['pdf', 'ubl']) {
    expect((await stranger.send('GET', `/invoices/${owner.invoice.id}/${file}`)).status).toBe(404);
  }
  const path = `/invoices/statements?accountId=${owner.account.id}&from=2024-06-01&to=2024-07-01`;
  expect((await stranger.send('GET', path)).status).toBe(404);
});
