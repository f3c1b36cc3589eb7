import type { LedgerAccount, Posting } from '../ledger/ledger.ts';
import type { Invoice } from './invoice.ts';

/** What a finalized invoice adds to the books: the customer owes the total, of which the tax is not ours. */
export function postingOf(invoice: Invoice, postedAt: Date): Posting {
  return toPosting(invoice, postedAt, 1n);
}

/** Takes back what a finalized invoice had added, when it is voided. */
export function reversalOf(invoice: Invoice, postedAt: Date): Posting {
  return toPosting(invoice, postedAt, -1n);
}

function toPosting(invoice: Invoice, postedAt: Date, sign: 1n | -1n): Posting {
  const { id, legalEntityId, accountId, currency, totalMinor, taxMinor } = invoice;
  const entry = (account: LedgerAccount, amountMinor: bigint) => ({ account, amountMinor: sign * amountMinor });
  return {
    legalEntityId,
    accountId,
    currency,
    sourceType: 'invoice',
    sourceId: id,
    postedAt,
    entries: [entry('receivable', totalMinor), entry('revenue', taxMinor - totalMinor), entry('tax', -taxMinor)],
  };
}
