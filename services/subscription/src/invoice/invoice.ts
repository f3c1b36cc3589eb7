import type { AccountSummary, BillingProfile } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import type { BilledLine } from '../billing/line.ts';
import type { LineDiscount } from '../coupon/discount.ts';
import type { ZeroTaxReason } from '../tax/zero-tax-reason.ts';

export type InvoiceStatus = 'draft' | 'finalized' | 'past_due' | 'paid' | 'void' | 'written_off';

/** What an invoice is for: a period, usage that passed a threshold, or something charged once. */
export type InvoiceReason = 'period' | 'threshold' | 'one_off';

/** How far a draft is worked out: discounts and tax are missing, tax is missing, all is there. */
export type InvoiceCalculation = 'pending' | 'untaxed' | 'done';

/** Tax of one rate, over all lines that it applies to. */
export interface TaxTotal {
  readonly category: string;
  /** Percent as exact text. */
  readonly percent: string;
  /** What is printed beside it, such as the name of the tax or why there is none. */
  readonly label: string;
  readonly reverseCharge: boolean;
  /** Why it is 0 %; absent with any other rate, and on invoices of before it was kept. */
  readonly zeroReason?: ZeroTaxReason;
  readonly taxableMinor: string;
  readonly taxMinor: string;
}

/** Who pays, as known when the invoice was written. */
export interface InvoiceCustomer extends Pick<AccountSummary, 'key' | 'name' | 'email'> {
  readonly billing: BillingProfile;
}

/** What an account owes for a period, or once. */
export interface Invoice {
  readonly id: string;
  /** Given when the invoice is finalized; gapless in the legal entity. Text of an integer. */
  readonly number: string | null;
  /** Stands before the number when it is printed, as the legal entity had it at that time. */
  readonly numberPrefix: string;
  /** Who issues it; the tenant's id names the default one. */
  readonly legalEntityId: string;
  /** What was said of the legal entity at that time. */
  readonly legalEntityVersion: number;
  /** Who pays it. */
  readonly accountId: string;
  /** The only subscription on it; null when there are several or none. */
  readonly subscriptionId: string | null;
  readonly reason: InvoiceReason;
  readonly billedAt: Date;
  readonly currency: string;
  readonly timeZone: string;
  readonly status: InvoiceStatus;
  readonly customer: InvoiceCustomer;
  /** Sum of the rounded lines, before discounts and tax; negative when more is given back than charged. */
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
  readonly taxes: readonly TaxTotal[];
  /** subtotal − discount + tax, or without the tax where prices contain it. */
  readonly totalMinor: bigint;
  readonly dueOn: LocalDate | null;
  /** Until when a draft waits to be looked at; null: until somebody finalizes it. */
  readonly reviewUntil: Date | null;
  readonly calculation: InvoiceCalculation;
  /** What has settled it: prepaid credits, payments, credit notes, write-offs. */
  readonly creditsMinor: bigint;
  readonly paidMinor: bigint;
  readonly creditedMinor: bigint;
  readonly writtenOffMinor: bigint;
  readonly lineCount: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finalizedAt: Date | null;
  readonly paidAt: Date | null;
  readonly voidedAt: Date | null;
}

/** What a line adds to an invoice beside its own amount. */
export interface LineExtras {
  /** The account that used or ordered it; the payer's unless somebody else pays. */
  readonly accountId: string;
  /** Null for what is charged once. */
  readonly subscriptionId: string | null;
  /** 0, or a further line of the same key: billed before the period's end, or for usage that came late. */
  readonly sequence: number;
  /** Whether the amount contains the tax. */
  readonly taxInclusive: boolean;
  readonly discountMinor: bigint;
  readonly discounts: readonly LineDiscount[];
  readonly taxPercent: string | null;
  readonly taxMinor: bigint;
}

/** A line that is about to be written. */
export type DraftLine = BilledLine & LineExtras;

/** A line with its place on the invoice. */
export type InvoiceLine = DraftLine & { readonly position: number };

/** An invoice that is about to be written. */
export type InvoiceDraft = Pick<
  Invoice,
  | 'legalEntityId'
  | 'legalEntityVersion'
  | 'numberPrefix'
  | 'calculation'
  | 'accountId'
  | 'subscriptionId'
  | 'reason'
  | 'billedAt'
  | 'currency'
  | 'timeZone'
  | 'customer'
  | 'subtotalMinor'
  | 'discountMinor'
  | 'taxMinor'
  | 'taxes'
  | 'totalMinor'
  | 'dueOn'
  | 'reviewUntil'
> & {
  readonly lines: readonly DraftLine[];
  /** Billings of the same key go on one draft. */
  readonly groupKey: string | null;
  /** Whether it gets its number with the transaction that writes it. */
  readonly finalizesAtOnce: boolean;
};

const followers: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  draft: ['finalized', 'void'],
  finalized: ['past_due', 'paid', 'void', 'written_off'],
  past_due: ['finalized', 'paid', 'void', 'written_off'],
  // A payment that is taken back opens it again; one of nothing may be voided.
  paid: ['finalized', 'past_due', 'void'],
  void: [],
  written_off: ['paid'],
};

/** What is still to be paid; negative when more was paid or given back than owed. */
export function dueMinor(
  invoice: Pick<Invoice, 'totalMinor' | 'creditsMinor' | 'paidMinor' | 'creditedMinor' | 'writtenOffMinor'>,
): bigint {
  const { totalMinor, creditsMinor, paidMinor, creditedMinor, writtenOffMinor } = invoice;
  return totalMinor - creditsMinor - paidMinor - creditedMinor - writtenOffMinor;
}

/** Whether the life cycle allows the step. What was settled in part or whole is not voided any more. */
export function canBecome(invoice: Invoice, to: InvoiceStatus): boolean {
  if (to === 'void' && isSettledInPart(invoice)) return false;
  return followers[invoice.status].includes(to);
}

function isSettledInPart({ creditsMinor, paidMinor, creditedMinor, writtenOffMinor }: Invoice): boolean {
  return creditsMinor !== 0n || paidMinor !== 0n || creditedMinor !== 0n || writtenOffMinor !== 0n;
}

/** The number as it is printed. */
export function formatNumber(number: string, prefix: string): string {
  return `${prefix}${number.padStart(6, '0')}`;
}

/** The invoice's number as it is printed; null for a draft. */
export function printedNumber({ number, numberPrefix }: Pick<Invoice, 'number' | 'numberPrefix'>): string | null {
  return number === null ? null : formatNumber(number, numberPrefix);
}
