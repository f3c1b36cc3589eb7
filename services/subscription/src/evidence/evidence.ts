import type { Page } from '@plinth/common';

/**
 * What an agent looks at. Changes: who did what to the subscriptions, and when. Credits: movements of prepaid credit. Notices:
 * mails to the customer.
 */
export const evidenceParts = [
  'account',
  'subscriptions',
  'changes',
  'usageEvents',
  'invoices',
  'creditNotes',
  'payments',
  'refunds',
  'chargebacks',
  'credits',
  'notices',
] as const;
export type EvidencePartName = (typeof evidenceParts)[number];

/** Parts that other services tell. */
export const askedParts: ReadonlySet<EvidencePartName> = new Set(['account', 'changes', 'usageEvents']);

export type EvidenceItem = Readonly<Record<string, unknown>>;

/** A page of a part; unavailable: the service that knows it did not answer, and why. */
export interface EvidencePart extends Page<EvidenceItem> {
  readonly status: 'available' | 'unavailable';
  readonly reason: string | null;
}

/** Whose evidence of which time; with an invoice, what belongs to it alone. */
export interface EvidenceScope {
  readonly accountId: string;
  readonly from: Date;
  readonly to: Date;
  readonly invoiceId: string | null;
}

export interface EvidencePage {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export function available(page: Page<EvidenceItem>): EvidencePart {
  return { status: 'available', reason: null, ...page };
}

export function unavailable(reason: string): EvidencePart {
  return { status: 'unavailable', reason, data: [], nextCursor: null };
}
