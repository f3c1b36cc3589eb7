import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildDocument, inChunks } from '../../test/document.builders.ts';
import { buildLong, samples } from '../../test/document-samples.ts';
import { createFormat } from './format-values.ts';
import { paymentCode } from './payment-code.ts';
import { renderDocumentPdf } from './pdf/render-document-pdf.ts';
import { presentLine } from './present-line.ts';
import { findLanguage } from './texts/texts.ts';

const groupOf = () => 'Business plan';

function render(sample: ReturnType<(typeof samples)[string]>, size?: number): Promise<Buffer> {
  return renderDocumentPdf({ document: sample.document, lines: inChunks(sample.lines, size), groupOf });
}

function countPages(pdf: Buffer): number {
  return Number(/\/Type \/Pages\s*\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);
}

test('gives the same bytes for the same invoice, however its lines are read', async () => {
  const sample = samples['domestic']!();
  const digests = [await render(sample), await render(sample, 1)].map((pdf) =>
    createHash('sha256').update(pdf).digest('hex'),
  );
  expect(digests[0]).toBe(digests[1]);
  const { document, lines } = sample;
  const other = await render({ document: { ...document, totalMinor: document.totalMinor + 1n }, lines });
  expect(createHash('sha256').update(other).digest('hex')).not.toBe(digests[0]);
});

test('says its language, shows its title, and embeds its fonts', async () => {
  const text = (await render(samples['reverseCharge']!())).toString('latin1');
  expect(text).toContain('/Lang (de-AT)');
  expect(text).toContain('/DisplayDocTitle true');
  expect(text.match(/\/FontFile2/g)).toHaveLength(2);
});

test('breaks hundreds of lines over pages with the header on each of them', async () => {
  const pdf = await render(buildLong(400));
  const pages = countPages(pdf);
  expect(pages).toBeGreaterThan(20);
  // The band behind a table's header is drawn once on each page of it.
  const bands = listStreams(pdf).filter((stream) => /0\.9529\d* 0\.9568\d* 0\.9647\d* scn/.test(stream));
  expect(bands.length).toBeGreaterThanOrEqual(pages - 1);
  // A page that is full is packed; its foot is a part of its own.
  expect(pdf.toString('latin1').match(/\/Contents \[\d+ 0 R \d+ 0 R\]/g)).toHaveLength(pages - 1);
});

test('writes amounts from their exact text, with the digits of the currency', () => {
  const format = (locale: string, currency: string) => createFormat({ locale, currency, timeZone: 'UTC' });
  const huge = 123_456_789_012_345_678_901_234n;
  expect(format('en', 'EUR').money(huge)).toBe('€1,234,567,890,123,456,789,012.34');
  expect(format('en', 'JPY').money(51268n)).toBe('¥51,268');
  expect(format('en', 'KWD').money(21875n)).toBe('KWD\u00A021.875');
  expect(format('de', 'EUR').money(-2875n)).toBe('\u221228,75\u00A0€');
  expect(format('en', 'EUR').price('0.000000000123')).toBe('€0.000000000123');
});

test('says the last day of a span, not the moment after it', () => {
  const { span } = createFormat({ locale: 'en', currency: 'EUR', timeZone: 'Europe/Berlin' });
  expect(span({ start: new Date('2024-05-31T22:00:00Z'), end: new Date('2024-06-30T22:00:00Z') })).toBe(
    'Jun 1\u00A0–\u00A030, 2024',
  );
  expect(span({ start: new Date('2024-05-31T22:00:00Z'), end: new Date('2024-06-01T22:00:00Z') })).toBe('Jun 1, 2024');
});

test('shows the tiers that make an amount', () => {
  const { lines } = samples['domestic']!();
  const { texts } = findLanguage('en');
  const format = createFormat({ locale: 'en', currency: 'EUR', timeZone: 'UTC' });
  const printed = presentLine(lines[2]!, { texts, format, groupOf });
  expect(printed.details.map(({ text, amount }) => `${text}: ${amount}`)).toEqual([
    'first 10,000: €0.00',
    'above 10,000 up to 1,000,000: €396.00',
    'above 1,000,000 + flat fee €5.00: €341.4195',
  ]);
});

test('shows the cells of a matrix and what was committed to', () => {
  const { texts } = findLanguage('en');
  const format = createFormat({ locale: 'en', currency: 'EUR', timeZone: 'UTC' });
  const { lines } = buildDocument({
    lines: [
      {
        description: 'Storage',
        model: {
          model: 'bulk_commitment',
          meter: 'storage_gb',
          quantity: '100',
          amount: '80',
          overageUnitAmount: '0.9',
        },
        quantity: '120',
      },
    ],
  });
  const [line] = lines;
  expect(presentLine(line!, { texts, format, groupOf }).details.map(({ text }) => text)).toEqual([
    'Commitment: 100 for €80.00',
    '€0.90 for each unit above',
  ]);
  const cells = [
    { values: { region: 'eu' }, quantity: '5', unitAmount: '2', amount: '10' },
    { values: null, quantity: '1', unitAmount: '3', amount: '3' },
  ];
  const matrix = { ...line!, detail: { model: 'matrix', cells } };
  expect(presentLine(matrix, { texts, format, groupOf }).details).toEqual([
    { text: 'eu', quantity: '5', unitPrice: '€2.00', amount: '€10.00' },
    { text: 'other', quantity: '1', unitPrice: '€3.00', amount: '€3.00' },
  ]);
});

test('speaks the language of the tag, and English where it does not know it', () => {
  expect(['de-AT', 'fr', 'es-MX', 'en-GB', 'fi', 'nonsense!', undefined].map((tag) => findLanguage(tag).code)).toEqual([
    'de',
    'fr',
    'es',
    'en',
    'en',
    'en',
    'en',
  ]);
});

test('has a payment code for euros to be paid alone', () => {
  const { document } = samples['domestic']!();
  expect(paymentCode(document)?.split('\n')).toEqual([
    'BCD',
    '002',
    '1',
    'SCT',
    'SOGEDEFFXXX',
    'Northwind Cloud GmbH',
    'DE75512108001245126199',
    'EUR1291.29',
    '',
    '',
    'INV-000042',
  ]);
  expect(paymentCode({ ...document, currency: 'USD' })).toBeUndefined();
  expect(paymentCode({ ...document, creditsMinor: document.totalMinor })).toBeUndefined();
  expect(paymentCode({ ...document, number: null, mark: 'draft' })).toBeUndefined();
});

/** The page contents, unpacked. */
function listStreams(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/FlateDecode\s*>>\s*stream\n([\s\S]*?)\nendstream/g)].flatMap(([, data]) => {
    try {
      return [inflateSync(Buffer.from(data!, 'latin1')).toString('latin1')];
    } catch {
      return [];
    }
  });
}
