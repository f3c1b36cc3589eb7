import { createHash } from 'node:crypto';
import { ratingDetail } from '../src/rating/rating-detail.ts';
import type { BillingDocument, DocumentIssuer } from '../src/document/document.ts';
import type { InvoiceCustomer, InvoiceLine, TaxTotal } from '../src/invoice/invoice.ts';
import { exact } from '../src/money/exact-decimal.ts';
import { roundMoney } from '../src/money/round-money.ts';
import { rate } from '../src/rating/rate.ts';
import type { ScalarModel } from '../src/rating/rating.ts';
import type { ZeroTaxReason } from '../src/tax/zero-tax-reason.ts';

/** A line before its invoice is added up: what was sold, by which price, with which discount and tax. */
export interface LineSpec {
  readonly description: string;
  readonly model: ScalarModel;
  readonly quantity?: string;
  readonly kind?: InvoiceLine['kind'];
  readonly discountMinor?: bigint;
  readonly tax?: {
    readonly category: string;
    readonly percent: string;
    readonly label: string;
    readonly reverseCharge?: boolean;
    readonly zeroReason?: ZeroTaxReason;
  };
  readonly subscription?: string;
  readonly account?: string;
  readonly changes?: Partial<InvoiceLine>;
}

export interface DocumentSpec {
  readonly lines: readonly LineSpec[];
  /** Amounts of lines contain the tax. */
  readonly taxInclusive?: boolean;
  readonly changes?: Partial<BillingDocument>;
}

export const issuer: DocumentIssuer = {
  name: 'Northwind Cloud GmbH',
  address: { line1: 'Invalidenstraße 116', city: 'Berlin', postalCode: '10115', country: 'DE' },
  taxId: 'DE123456789',
  registration: 'Amtsgericht Charlottenburg HRB 98765',
  email: 'billing@northwind.example',
  phone: '+49 30 901820',
  bank: {
    holder: 'Northwind Cloud GmbH',
    iban: 'DE75512108001245126199',
    bic: 'SOGEDEFFXXX',
    bankName: 'Beispielbank',
  },
  footer: { en: 'Thank you for your business.', de: 'Vielen Dank für Ihr Vertrauen.', fr: 'Merci de votre confiance.' },
};

export const customer: InvoiceCustomer = {
  key: 'C-2041',
  name: 'Adventure Works AG',
  email: 'accounts@adventure.example',
  billing: {
    address: { line1: 'Hafenstraße 12', city: 'Hamburg', postalCode: '20457', country: 'DE' },
    taxId: 'DE987654321',
    reference: '04011000-12345-03',
  },
};

export const vat19 = { category: 'standard', percent: '19', label: 'VAT' } as const;
export const vat7 = { category: 'reduced', percent: '7', label: 'VAT' } as const;

const start = new Date('2024-05-31T22:00:00Z');
const end = new Date('2024-06-30T22:00:00Z');

/** A document whose amounts are rated, discounted and taxed from its lines as an invoice run does it. */
export function buildDocument({ lines: specs, taxInclusive = false, changes = {} }: DocumentSpec): {
  document: BillingDocument;
  lines: InvoiceLine[];
} {
  const currency = changes.currency ?? 'EUR';
  const lines = specs.map((spec, index) => buildLine(spec, index + 1, currency, taxInclusive));
  const sum = (pick: (line: InvoiceLine) => bigint) => lines.reduce((total, line) => total + pick(line), 0n);
  const subtotalMinor = sum((line) => line.amountMinor);
  const discountMinor = sum((line) => line.discountMinor);
  const taxMinor = sum((line) => line.taxMinor);
  const document: BillingDocument = {
    kind: 'invoice',
    id: idOf('invoice'),
    number: 'INV-000042',
    issuedAt: new Date('2024-07-01T06:00:00Z'),
    timeZone: 'Europe/Berlin',
    dueOn: '2024-07-15',
    period: { start, end },
    currency,
    issuer,
    accountId: idOf('payer'),
    customer,
    subtotalMinor,
    discountMinor,
    taxMinor,
    taxes: summarizeTaxes(specs, lines, taxInclusive),
    totalMinor: subtotalMinor - discountMinor + (taxInclusive ? 0n : taxMinor),
    creditsMinor: 0n,
    corrects: null,
    reason: null,
    mark: null,
    ...changes,
  };
  return { document, lines };
}

/** Lines as they are read from the database: some at a time. */
export async function* inChunks(lines: readonly InvoiceLine[], size = 200): AsyncGenerator<readonly InvoiceLine[]> {
  for (let from = 0; from < lines.length; from += size) yield lines.slice(from, from + size);
}

function buildLine(spec: LineSpec, position: number, currency: string, taxInclusive: boolean): InvoiceLine {
  const quantity = spec.quantity ?? '1';
  const rating = rate(spec.model, quantity);
  const amountMinor = spec.changes?.amountMinor ?? roundMoney(rating.amount, currency);
  const discountMinor = spec.discountMinor ?? 0n;
  const percent = exact(spec.tax?.percent ?? '0');
  const charged = exact((amountMinor - discountMinor).toString());
  const tax = taxInclusive ? charged.times(percent).div(percent.plus(100)) : charged.times(percent).div(100);
  return {
    position,
    kind: spec.kind ?? ('meter' in spec.model ? 'usage' : 'recurring'),
    accountId: idOf(spec.account ?? 'payer'),
    subscriptionId: idOf(spec.subscription ?? 'subscription'),
    periodIndex: 5,
    phaseId: idOf('phase'),
    planId: idOf('plan'),
    planVersion: 1,
    priceId: idOf(spec.description),
    priceKey: `price-${position}`,
    sequence: 0,
    meter: 'meter' in spec.model ? (spec.model.meter ?? null) : null,
    description: spec.description,
    quantityRaw: quantity,
    quantityBilled: quantity,
    detail: { ...ratingDetail(spec.model, rating), periodAmount: rating.amount.toFixed() },
    amountPrecise: rating.amount.toFixed(),
    amountMinor,
    discountMinor,
    discounts:
      discountMinor === 0n ? [] : [{ couponId: idOf('coupon'), code: 'SPRING', amountMinor: discountMinor.toString() }],
    taxCategory: spec.tax?.category ?? 'standard',
    taxPercent: spec.tax?.percent ?? null,
    taxMinor: BigInt(tax.toFixed(0)),
    taxInclusive,
    start,
    end,
    ...spec.changes,
  } as InvoiceLine;
}

function summarizeTaxes(specs: readonly LineSpec[], lines: readonly InvoiceLine[], taxInclusive: boolean): TaxTotal[] {
  const totals = new Map<string, TaxTotal>();
  for (const [index, { tax }] of specs.entries()) {
    if (tax === undefined) continue;
    const { amountMinor, discountMinor, taxMinor } = lines[index]!;
    const key = `${tax.category}/${tax.percent}`;
    const before = totals.get(key);
    const taxable = amountMinor - discountMinor - (taxInclusive ? taxMinor : 0n);
    totals.set(key, {
      category: tax.category,
      percent: tax.percent,
      label: tax.label,
      reverseCharge: tax.reverseCharge ?? false,
      ...(tax.zeroReason === undefined ? {} : { zeroReason: tax.zeroReason }),
      taxableMinor: (BigInt(before?.taxableMinor ?? '0') + taxable).toString(),
      taxMinor: (BigInt(before?.taxMinor ?? '0') + taxMinor).toString(),
    });
  }
  return [...totals.values()];
}

/** The same id for the same name, so that documents of tests are the same in every run. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
