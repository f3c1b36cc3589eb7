/** Where money stands. Debits are positive: what customers owe and what was received; credits are negative. */
export type LedgerAccount = 'receivable' | 'revenue' | 'tax' | 'cash' | 'credits' | 'write_offs' | 'promotions';

/** One change of what is owed; its entries add up to zero. */
export interface Posting {
  readonly legalEntityId: string;
  /** The customer account that it concerns. */
  readonly accountId: string;
  readonly currency: string;
  readonly sourceType: 'invoice' | 'credit_note' | 'payment' | 'refund' | 'chargeback' | 'credit_grant' | 'write_off';
  readonly sourceId: string;
  readonly postedAt: Date;
  readonly entries: readonly { readonly account: LedgerAccount; readonly amountMinor: bigint }[];
}

/** Throws unless the entries add up to zero. */
export function assertBalanced({ entries, sourceType, sourceId }: Posting): void {
  const sum = entries.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  if (sum !== 0n) throw new RangeError(`the posting of ${sourceType} ${sourceId} is off by ${sum}`);
}
