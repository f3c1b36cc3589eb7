import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import { netOf } from '../credit-note/credit-note.ts';

export const disputeReasons = [
  'service_not_received',
  'overcharged',
  'charged_after_cancellation',
  'duplicate',
  'other',
] as const;
export type DisputeReason = (typeof disputeReasons)[number];
export type DisputeStatus = 'open' | 'investigating' | 'resolved' | 'rejected';

/** An invoice that is disputed, whole or some of its lines. */
export interface DisputedInvoice {
  readonly invoiceId: string;
  /** Empty: the whole invoice. */
  readonly positions: readonly number[];
  readonly disputedMinor: bigint;
}

/** A customer's complaint about what was charged. */
export interface Dispute {
  readonly id: string;
  readonly accountId: string;
  readonly reason: DisputeReason;
  readonly description: string;
  readonly status: DisputeStatus;
  readonly assigneeId: string | null;
  readonly currency: string;
  readonly disputedMinor: bigint;
  /** The time that the evidence was taken of. */
  readonly evidenceFrom: Date;
  readonly evidenceTo: Date;
  /** The chargeback by which the customer disputes it at their bank, too. */
  readonly chargebackId: string | null;
  /** What came of it, once it is closed. */
  readonly outcome: string | null;
  readonly openedBy: string;
  readonly invoices: readonly DisputedInvoice[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
}

export type DisputeEventKind =
  | 'opened'
  | 'note'
  | 'investigating'
  | 'assigned'
  | 'chargeback_linked'
  | 'resolved'
  | 'rejected';

/** Something that happened to a dispute: its own events, actions from it, and what waited for approval. */
export interface TimelineItem {
  readonly id: string;
  readonly kind: DisputeEventKind | 'action' | 'approval';
  readonly actorId: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly happenedAt: Date;
}

export function isClosed({ status }: Pick<Dispute, 'status'>): boolean {
  return status === 'resolved' || status === 'rejected';
}

/** What is disputed of an invoice, with tax, in the smallest unit: its total, or the sum of the named lines. */
export function disputedMinor(invoice: Invoice, lines: readonly InvoiceLine[], positions: readonly number[]): bigint {
  if (positions.length === 0) return invoice.totalMinor;
  return lines
    .filter(({ position }) => positions.includes(position))
    .reduce((sum, line) => sum + netOf(line) + line.taxMinor, 0n);
}

/** The time that evidence is taken of: what the lines bill, and until the invoices were written. */
export function evidenceSpan(
  invoices: readonly Invoice[],
  lines: readonly InvoiceLine[],
): { readonly from: Date; readonly to: Date } {
  const billed = invoices.map(({ billedAt }) => billedAt.getTime());
  const from = Math.min(...billed, ...lines.map(({ start }) => start.getTime()));
  const to = Math.max(...billed.map((time) => time + 1), ...lines.map(({ end }) => end.getTime()));
  return { from: new Date(from), to: new Date(to) };
}
