import type { ZeroTaxReason } from '../../tax/zero-tax-reason.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { spanish } from './spanish.ts';

/** What documents say, in one language. Functions take values that are formatted already. */
export interface DocumentTexts {
  readonly invoice: string;
  readonly creditNote: string;
  readonly statement: string;
  readonly draft: string;
  readonly void: string;
  readonly billTo: string;
  readonly number: string;
  readonly date: string;
  readonly dueDate: string;
  readonly period: string;
  readonly customer: string;
  readonly reference: string;
  readonly taxId: string;
  readonly toInvoice: string;
  readonly reason: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly tax: string;
  readonly amount: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly net: string;
  readonly total: string;
  readonly credits: string;
  readonly amountDue: string;
  readonly amountCredited: string;
  readonly payment: string;
  readonly accountHolder: string;
  readonly bank: string;
  readonly paymentReference: string;
  readonly scanToPay: string;
  /** What the law wants to read where the tax is 0 %; empty: nothing. */
  readonly zeroTax: Readonly<Record<ZeroTaxReason, string>>;
  readonly openingBalance: string;
  readonly closingBalance: string;
  readonly balance: string;
  readonly charges: string;
  readonly receipts: string;
  readonly entries: Readonly<Record<StatementEntryKind, string>>;
  readonly page: (page: string, pages: string) => string;
  readonly dueBy: (amount: string, date: string) => string;
  readonly taxOn: (label: string, percent: string, taxable: string) => string;
  readonly taxIncluded: (label: string, percent: string, taxable: string) => string;
  readonly tierOver: (from: string) => string;
  readonly tierFirst: (upTo: string) => string;
  readonly tierUpTo: (from: string, upTo: string) => string;
  readonly flatFee: string;
  readonly packages: (count: string, size: string) => string;
  readonly perPackage: (amount: string, size: string) => string;
  readonly commitment: (quantity: string, amount: string) => string;
  readonly overage: (amount: string) => string;
  /** Usage whose values no cell of a matrix names. */
  readonly otherValues: string;
  readonly freeUnits: (quantity: string) => string;
  readonly days: (used: string, of: string) => string;
  readonly seconds: (used: string, of: string) => string;
  readonly metered: (quantity: string) => string;
}

export type StatementEntryKind =
  | 'invoice'
  | 'credit_note'
  | 'payment'
  | 'refund'
  | 'chargeback'
  | 'credit_grant'
  | 'write_off'
  | 'credits_applied'
  | 'void'
  | 'other';

const languages: Readonly<Record<string, DocumentTexts>> = { en: english, de: german, fr: french, es: spanish };

/** A language of documents, and the locale in which their numbers and dates are written. */
export interface DocumentLanguage {
  readonly code: string;
  readonly locale: string;
  readonly texts: DocumentTexts;
}

/** The language of a BCP 47 tag such as `de-AT`; English where there is none of it. */
export function findLanguage(tag: string | undefined): DocumentLanguage {
  const [locale] = tag === undefined ? [] : canonical(tag);
  const code = locale?.split('-')[0] ?? 'en';
  const texts = languages[code];
  if (locale === undefined || texts === undefined) return { code: 'en', locale: 'en', texts: english };
  return { code, locale, texts };
}

function canonical(tag: string): string[] {
  try {
    // Digits and calendars of a tag's extension would need glyphs that the fonts do not have.
    return [new Intl.Locale(tag).baseName];
  } catch {
    return [];
  }
}
