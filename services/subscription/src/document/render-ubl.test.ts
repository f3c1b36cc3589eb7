import { expect, test } from 'vitest';
import { buildDocument, customer, issuer, vat19 } from '../../test/document.builders.ts';
import { samples } from '../../test/document-samples.ts';
import { renderUbl } from './ubl/render-ubl.ts';

const line = { description: 'Fee', model: { model: 'flat', amount: '10', timing: 'advance' }, tax: vat19 } as const;

function amountsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<cbc:${name}[^>]*>([^<]*)<`, 'g'))].map(([, value]) => value!);
}

test('states the totals of the invoice to the cent, also where prices contain the tax', () => {
  const { document, lines } = samples['inclusive']!();
  const xml = renderUbl(document, lines, 'en16931');
  expect(amountsOf(xml, 'TaxInclusiveAmount')).toEqual(['1110.12']);
  expect(amountsOf(xml, 'PrepaidAmount')).toEqual(['50.00']);
  expect(amountsOf(xml, 'PayableAmount')).toEqual(['1060.12']);
  expect(amountsOf(xml, 'TaxAmount')).toEqual(['174.89', '173.25', '1.64']);
});

test('gives the real quantity and price where they make the amount, and one piece where they do not', () => {
  const { document, lines } = samples['domestic']!();
  const xml = renderUbl(document, lines, 'en16931');
  expect(amountsOf(xml, 'InvoicedQuantity')).toEqual(['1', '23', '1', '1']);
  expect(amountsOf(xml, 'PriceAmount')).toEqual(['49.00', '12.50', '737.42', '39.95']);
  expect(amountsOf(xml, 'Value')).toEqual(['1', '2345678', '48211']);
});

test('names every field that is missing, all at once', () => {
  const { document, lines } = buildDocument({
    lines: [line],
    changes: {
      issuer: { name: issuer.name },
      customer: { ...customer, email: null, billing: {} },
    },
  });
  let message = '';
  try {
    renderUbl(document, lines, 'xrechnung');
  } catch (error) {
    message = String(error);
  }
  const paths = [
    'legalEntity.address',
    'legalEntity.taxId',
    'legalEntity.email',
    'legalEntity.phone',
    'legalEntity.bank',
  ];
  for (const path of [...paths, 'account.billing.address', 'account.billing.reference', 'account.billing.email'])
    expect(message).toContain(`${path}:`);
});

test('refuses drafts, and amounts with a third decimal', () => {
  for (const name of ['draft', 'dinar']) {
    const { document, lines } = samples[name]!();
    expect(() => renderUbl(document, lines, 'en16931')).toThrow(/invoice\.(status|currency): /);
  }
});

test('escapes what has a meaning in XML and drops what XML cannot say', () => {
  const { document, lines } = buildDocument({ lines: [{ ...line, description: 'A & <B> "\u0001C"' }] });
  expect(renderUbl(document, lines, 'en16931')).toContain('<cbc:Name>A &amp; &lt;B&gt; &quot;C&quot;</cbc:Name>');
});

test.each([
  ['zeroRated', 'Z', []],
  ['exempt', 'E', ['Tax exempt']],
  ['reverseCharge', 'AE', ['Reverse charge']],
  ['outOfScope', 'O', ['Not subject to VAT']],
  ['exported', 'G', ['Export outside the EU']],
  ['intraCommunity', 'K', ['Intra-Community supply']],
  ['withoutReason', 'AE', ['Reverse charge']],
])('says of %s that its category is %s, and why', (name, category, reasons) => {
  const { document, lines } = samples[name]!();
  const xml = renderUbl(document, lines, 'en16931');
  expect(new Set(xml.match(/(?<=TaxCategory>\s*<cbc:ID>)[A-Z]+/g))).toEqual(new Set([category]));
  expect([...xml.matchAll(/<cbc:TaxExemptionReason>([^<]*)</g)].map(([, reason]) => reason)).toEqual(reasons);
});
