import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePeers } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samples } from '../../test/document-samples.ts';
import { validateEInvoices, type RuleSet } from '../../test/e-invoice-validator.ts';
import type { UblProfile } from './ubl/profile.ts';
import { renderUbl } from './ubl/render-ubl.ts';

const peers = requirePeers('e-invoice-rules', 'xmllint');

const expressible = Object.keys(samples).filter((name) => name !== 'draft' && name !== 'dinar');

function renderAll(profile: UblProfile): Map<string, string> {
  return new Map(
    expressible.map((name) => {
      const { document, lines } = samples[name]!();
      return [name, renderUbl(document, lines, profile)];
    }),
  );
}

describe.skipIf(peers.skip)('e-invoices and the published rules', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plinth-ubl-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const cases: [UblProfile, RuleSet[]][] = [
    ['en16931', ['en16931']],
    ['xrechnung', ['en16931', 'xrechnung']],
    ['peppol', ['en16931', 'peppol']],
  ];
  test.each(cases)('every kind of invoice and credit note follows the rules of %s', async (profile, ruleSets) => {
    const faults = await validateEInvoices(peers.paths, join(folder, profile), renderAll(profile), ruleSets);
    expect(faults).toEqual(Object.fromEntries(expressible.map((name) => [name, []])));
  });

  test('the validator refuses what is broken: a wrong sum, a missing party, no currency', async () => {
    const valid = renderAll('en16931').get('domestic')!;
    const broken = new Map([
      ['sum', valid.replace(/(<cbc:LineExtensionAmount currencyID="EUR">)1085.12</, '$11085.13<')],
      ['seller', valid.replace(/<cbc:RegistrationName>Northwind[^\n]*\n/, '')],
      ['currency', valid.replace(/ *<cbc:DocumentCurrencyCode>[^\n]*\n/, '')],
      ['order', valid.replace(/( *<cbc:ID>INV-000042<\/cbc:ID>\n)( *<cbc:IssueDate>[^\n]*\n)/, '$2$1')],
    ]);
    const faults = await validateEInvoices(peers.paths, join(folder, 'broken'), broken, ['en16931']);
    expect(faults['sum']).toContain('BR-CO-10');
    expect(faults['seller']).toContain('BR-06');
    expect(faults['currency']).toContain('BR-05');
    expect(faults['order']).not.toEqual([]);
  });
});
