import type { Address } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import type { InvoiceCustomer, TaxTotal } from '../invoice/invoice.ts';

/** Where money is sent. */
export interface DocumentBank {
  readonly holder?: string | undefined;
  readonly iban: string;
  readonly bic?: string | undefined;
  readonly bankName?: string | undefined;
}

/** Who issues a document: a legal entity as it is printed. */
export interface DocumentIssuer {
  readonly name: string;
  readonly address?: Address | undefined;
  /** Such as a VAT identification number, with its country prefix. */
  readonly taxId?: string | undefined;
  /** Register and number, such as a commercial register's. */
  readonly registration?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly bank?: DocumentBank | undefined;
  /** Printed at the foot of each page, by language; `en` for all others. */
  readonly footer?: Readonly<Record<string, string>> | undefined;
}

export interface Span {
  readonly start: Date;
  /** Not included. */
  readonly end: Date;
}

/** What an invoice or a credit note says, apart from its lines. Nothing in it changes once the document is final. */
export interface BillingDocument {
  readonly kind: 'invoice' | 'credit_note';
  readonly id: string;
  /** As printed; null for a draft. */
  readonly number: string | null;
  readonly issuedAt: Date;
  readonly timeZone: string;
  readonly dueOn: LocalDate | null;
  /** Of all lines together; null where there are none. */
  readonly period: Span | null;
  readonly currency: string;
  readonly issuer: DocumentIssuer;
  readonly accountId: string;
  readonly customer: InvoiceCustomer;
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
  readonly taxes: readonly TaxTotal[];
  readonly totalMinor: bigint;
  /** Prepaid credits that paid for it when it became final. */
  readonly creditsMinor: bigint;
  /** The invoice that a credit note takes back from. */
  readonly corrects: { readonly number: string; readonly issuedAt: Date } | null;
  /** Why a credit note was written. */
  readonly reason: string | null;
  /** Printed across every page. */
  readonly mark: 'draft' | 'void' | null;
}

/** What is to be paid by the document itself, whatever was paid since. */
export function documentDueMinor({ totalMinor, creditsMinor }: BillingDocument): bigint {
  return totalMinor - creditsMinor;
}
