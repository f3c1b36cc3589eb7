import { localDateAt } from '@plinth/common/local-date';
import { InvoiceStatusError } from './invoice.errors.ts';
import { dueMinor, type Invoice } from './invoice.ts';

/** What settles an invoice, in smallest units; negative where it is taken back, such as by a refund or a chargeback. */
export interface Settlement {
  readonly paidMinor?: bigint;
  readonly creditsMinor?: bigint;
  readonly creditedMinor?: bigint;
  readonly writtenOffMinor?: bigint;
}

/**
 * The invoice with a settlement added, and in the status that follows: paid once nothing is due, written off if a
 * write-off settled it, otherwise open, past due after its date in its own zone. Throws for drafts and void invoices.
 */
export function settle(invoice: Invoice, settlement: Settlement, now: Date): Invoice {
  if (invoice.status === 'draft' || invoice.status === 'void') throw new InvoiceStatusError(invoice.status, 'paid');
  const settled = {
    ...invoice,
    paidMinor: invoice.paidMinor + (settlement.paidMinor ?? 0n),
    creditsMinor: invoice.creditsMinor + (settlement.creditsMinor ?? 0n),
    creditedMinor: invoice.creditedMinor + (settlement.creditedMinor ?? 0n),
    writtenOffMinor: invoice.writtenOffMinor + (settlement.writtenOffMinor ?? 0n),
    version: invoice.version + 1,
    updatedAt: now,
  };
  const status = statusOf(settled, now);
  return { ...settled, status, paidAt: status === 'paid' ? (invoice.paidAt ?? now) : null };
}

/** The invoice paid with so much of its payer's credit; as it is where there was none. */
export function settleWithCredit(invoice: Invoice, creditsMinor: bigint | undefined, now: Date): Invoice {
  return creditsMinor === undefined ? invoice : settle(invoice, { creditsMinor }, now);
}

/** Whether a final invoice is paid, written off, open or past due, by what has settled it. */
export function statusOf(invoice: Invoice, now: Date): 'paid' | 'written_off' | 'past_due' | 'finalized' {
  if (dueMinor(invoice) <= 0n) return invoice.writtenOffMinor > 0n ? 'written_off' : 'paid';
  const isLate = invoice.dueOn !== null && localDateAt(invoice.timeZone, now) > invoice.dueOn;
  return isLate ? 'past_due' : 'finalized';
}

/** The invoice as it stands when it has just become final: one with nothing to pay is paid. */
export function withFinalStatus(invoice: Invoice, now: Date): Invoice {
  const isPaid = dueMinor(invoice) <= 0n;
  return { ...invoice, status: isPaid ? 'paid' : 'finalized', paidAt: isPaid ? now : null };
}
