import type { PriceModel } from '@plinth/contracts';
import type { BillingDocument } from '../src/document/document.ts';
import type { InvoiceLine } from '../src/invoice/invoice.ts';
import type { ZeroTaxReason } from '../src/tax/zero-tax-reason.ts';
import {
  buildDocument,
  customer,
  idOf,
  issuer,
  vat19,
  vat7,
  type DocumentSpec,
  type LineSpec,
} from './document.builders.ts';

type Sample = { readonly document: BillingDocument; readonly lines: readonly InvoiceLine[] };

const fee: PriceModel = { model: 'flat', amount: '49.00', timing: 'advance' };
const seats: PriceModel = { model: 'per_unit', unitAmount: '12.50' };
const calls: PriceModel = {
  model: 'graduated',
  meter: 'api_call',
  tiers: [
    { upTo: '10000', unitAmount: '0' },
    { upTo: '1000000', unitAmount: '0.0004' },
    { upTo: null, unitAmount: '0.00025', flatAmount: '5' },
  ],
};
const mails: PriceModel = {
  model: 'package',
  meter: 'email_sent',
  packageSize: '1000',
  packageAmount: '0.85',
  freeUnits: '2000',
};
const inGerman = { ...customer, billing: { ...customer.billing, language: 'de-DE' } };

const mixedLines: readonly LineSpec[] = [
  { description: 'Business plan, base fee', model: fee, tax: vat19 },
  { description: 'Seats', model: seats, quantity: '23', tax: vat19, discountMinor: 2875n },
  { description: 'API calls', model: calls, quantity: '2345678', tax: vat19 },
  { description: 'E-mails sent', model: mails, quantity: '48211', tax: vat19 },
];

function zeroFor(zeroReason: ZeroTaxReason, country: string): DocumentSpec {
  const tax = { category: 'goods', percent: '0', label: '', zeroReason };
  const address = { line1: 'Main Street 1', city: 'Springfield', postalCode: '12345', country };
  const billing = { ...customer.billing, address, taxId: country === 'AT' ? 'ATU12345678' : customer.billing.taxId! };
  return {
    lines: [{ description: 'Device', model: { model: 'per_unit', unitAmount: '12.50' }, quantity: '3', tax }],
    changes: { customer: { ...customer, billing } },
  };
}

/** Documents of every kind that must be right on paper and as data. */
export const samples: Readonly<Record<string, () => Sample>> = {
  domestic: () => buildDocument({ lines: mixedLines }),
  reverseCharge: () => {
    const tax = {
      category: 'standard',
      percent: '0',
      label: 'Reverse charge',
      reverseCharge: true,
      zeroReason: 'reverse_charge',
    } as const;
    return buildDocument({
      lines: mixedLines.map((line) => ({ ...line, tax })),
      changes: {
        customer: {
          ...inGerman,
          name: 'Alpenblick Software GmbH',
          billing: {
            ...inGerman.billing,
            language: 'de-AT',
            address: {
              line1: 'Mariahilfer Straße 88',
              line2: 'Top 14',
              city: 'Wien',
              postalCode: '1070',
              country: 'AT',
            },
            taxId: 'ATU12345678',
          },
        },
      },
    });
  },
  exempt: () => {
    const tax = { category: 'standard', percent: '0', label: 'Tax exempt', zeroReason: 'exempt' } as const;
    return buildDocument({
      lines: mixedLines.slice(0, 2).map((line) => ({ ...line, tax })),
      changes: { customer: { ...customer, billing: { ...customer.billing, taxExempt: true } } },
    });
  },
  zeroRated: () => {
    const tax = { category: 'zero', percent: '0', label: 'VAT', zeroReason: 'zero_rated' } as const;
    return buildDocument({ lines: [{ description: 'Handbook', model: seats, quantity: '3', tax }] });
  },
  /** Final before the reason of a tax of 0 % was kept. */
  withoutReason: () => {
    const tax = { category: 'standard', percent: '0', label: 'Reverse charge', reverseCharge: true };
    return buildDocument({ lines: [{ description: 'Base fee', model: fee, tax }] });
  },
  outOfScope: () => buildDocument(zeroFor('out_of_scope', 'US')),
  exported: () => buildDocument(zeroFor('export', 'US')),
  intraCommunity: () => buildDocument(zeroFor('intra_community', 'AT')),
  untaxed: () => buildDocument({ lines: [{ description: 'Base fee', model: fee }] }),
  severalRates: () =>
    buildDocument({
      lines: [
        ...mixedLines,
        { description: 'Printed handbook', model: seats, quantity: '2', tax: vat7 },
        {
          description: 'Printed leaflet',
          model: { model: 'per_unit', unitAmount: '0.333333' },
          quantity: '7',
          tax: vat7,
        },
      ],
    }),
  inclusive: () =>
    buildDocument({
      lines: [...mixedLines, { description: 'Printed handbook', model: seats, quantity: '2', tax: vat7 }],
      taxInclusive: true,
      changes: {
        creditsMinor: 5000n,
        customer: { ...customer, billing: { ...customer.billing, language: 'fr' } },
      },
    }),
  adjustment: () =>
    buildDocument({
      lines: [
        ...mixedLines,
        {
          description: 'Business plan, unused days',
          model: fee,
          kind: 'adjustment',
          tax: vat19,
          changes: { amountMinor: -2123n, amountPrecise: '-21.2333333333', taxMinor: -403n },
        },
      ],
    }),
  yen: () =>
    buildDocument({
      lines: [
        {
          description: 'Seats',
          model: { model: 'per_unit', unitAmount: '1480' },
          quantity: '12',
          tax: { category: 'standard', percent: '10', label: 'Consumption tax' },
        },
        {
          description: 'API calls',
          model: {
            ...calls,
            tiers: [
              { upTo: '100000', unitAmount: '0.05' },
              { upTo: null, unitAmount: '0.032' },
            ],
          },
          quantity: '845210',
          tax: { category: 'standard', percent: '10', label: 'Consumption tax' },
        },
      ],
      changes: {
        currency: 'JPY',
        timeZone: 'Asia/Tokyo',
        customer: {
          ...customer,
          name: 'Kaze Systems K.K.',
          billing: {
            ...customer.billing,
            language: 'en',
            address: {
              line1: '2-11-3 Meguro',
              city: 'Meguro-ku',
              region: 'Tokyo',
              postalCode: '153-0063',
              country: 'JP',
            },
          },
        },
      },
    }),
  dinar: () =>
    buildDocument({
      lines: [{ description: 'Seats', model: { model: 'per_unit', unitAmount: '3.125' }, quantity: '7', tax: vat19 }],
      changes: { currency: 'KWD' },
    }),
  creditNote: () =>
    buildDocument({
      lines: mixedLines.slice(0, 2),
      changes: {
        kind: 'credit_note',
        id: idOf('credit note'),
        number: 'CN-000007',
        dueOn: null,
        corrects: { number: 'INV-000042', issuedAt: new Date('2024-07-01T06:00:00Z') },
        reason: 'Service was not available from 3 to 9 June',
        customer: { ...customer, billing: { ...customer.billing, language: 'es' } },
      },
    }),
  draft: () => buildDocument({ lines: mixedLines, changes: { number: null, mark: 'draft', dueOn: null } }),
  long: () => buildLong(160, inGerman),
};

/** A consolidated invoice of many lines, of several accounts. */
export function buildLong(count: number, payer = customer): Sample {
  const lines = Array.from({ length: count }, (_, index): LineSpec => ({
    ...mixedLines[index % mixedLines.length]!,
    quantity: index % mixedLines.length === 0 ? '1' : String(1000 + index * 37),
    subscription: `subscription ${Math.floor(index / 8)}`,
    account: `account ${Math.floor(index / 24)}`,
    discountMinor: 0n,
  }));
  return buildDocument({ lines, changes: { customer: payer, issuer } });
}
