import type { BilledLine } from '../billing/line.ts';

export type InvoiceStatus = 'draft' | 'finalized' | 'paid' | 'void';

/** What one billing of a subscription came to. */
export interface Invoice {
  readonly id: string;
  /** Given when the invoice is finalized; gapless in the tenant. Text of an integer. */
  readonly number: string | null;
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly billingIndex: number;
  readonly billedAt: Date;
  readonly currency: string;
  readonly timeZone: string;
  readonly status: InvoiceStatus;
  /** Sum of the rounded lines; negative when more is given back than charged. */
  readonly totalMinor: bigint;
  readonly lineCount: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finalizedAt: Date | null;
  readonly paidAt: Date | null;
  readonly voidedAt: Date | null;
}

/** A line with its place on the invoice. */
export interface InvoiceLine extends BilledLine {
  readonly position: number;
  readonly subscriptionId: string;
}

/** An invoice that is about to be written. */
export interface InvoiceDraft {
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly billingIndex: number;
  readonly billedAt: Date;
  readonly currency: string;
  readonly timeZone: string;
  readonly lines: readonly BilledLine[];
}

const followers: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  draft: ['finalized', 'void'],
  finalized: ['paid', 'void'],
  paid: [],
  void: [],
};

/** Whether the life cycle allows the step: draft → finalized → paid or void; a draft may be voided too. */
export function canBecome(from: InvoiceStatus, to: InvoiceStatus): boolean {
  return followers[from].includes(to);
}

/** The number as it is printed. */
export function formatNumber(number: string): string {
  return `INV-${number.padStart(6, '0')}`;
}
