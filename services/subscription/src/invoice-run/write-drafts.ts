import type { Transaction } from '@plinth/common';
import type { Invoice, InvoiceDraft } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { OneOffChargeService } from '../one-off/one-off-charge.service.ts';

export interface DraftWriters {
  readonly invoices: InvoiceService;
  readonly charges: OneOffChargeService;
}

/** Writes the invoices of a run, with what their accounts are to be charged once. Gives those that it made or added to. */
export async function writeDrafts(
  transaction: Transaction,
  { invoices, charges }: DraftWriters,
  own: readonly InvoiceDraft[],
): Promise<Invoice[]> {
  if (own.length === 0) return [];
  const { drafts, taken } = await charges.addPendingIn(transaction, own);
  const { created, collected, invoiceIds } = await invoices.writeDraftsIn(transaction, drafts);
  await charges.assignIn(
    transaction,
    taken.map(({ id, position }) => ({ id, invoiceId: invoiceIds[position]! })),
  );
  return [...created, ...collected];
}
