import type { LedgerAccount, Posting } from '../ledger/ledger.ts';
import type { CreditEntryKind, CreditGrant } from './credit.ts';

/** A change of what remains of a grant, before it is written. */
export interface CreditMovement {
  readonly grant: CreditGrant;
  readonly kind: CreditEntryKind;
  /** Negative where it lowers the balance. */
  readonly amountMinor: bigint;
  readonly invoiceId: string | null;
  readonly reason: string | null;
  /** The account of the ledger that it goes to or comes from; null: what moves the money posts it. */
  readonly against: LedgerAccount | null;
}

/** The sums of movements by a key of theirs, such as the wallet. */
export function sumBy(
  movements: readonly CreditMovement[],
  keyOf: (movement: CreditMovement) => string,
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const movement of movements) {
    const key = keyOf(movement);
    sums.set(key, (sums.get(key) ?? 0n) + movement.amountMinor);
  }
  return sums;
}

/**
 * What movements add to the books: credit is owed to the customer, so that more of it is a credit entry. What one
 * invoice is paid with by several grants is one posting.
 */
export function toPostings(movements: readonly CreditMovement[], postedAt: Date): Posting[] {
  const groups = Map.groupBy(
    movements.filter(({ against }) => against !== null),
    ({ grant, invoiceId, against }) => `${invoiceId ?? grant.id}/${against}/${grant.walletId}`,
  );
  return [...groups.values()].map((group): Posting => {
    const { grant, invoiceId, against } = group[0]!;
    const amountMinor = group.reduce((sum, movement) => sum + movement.amountMinor, 0n);
    return {
      legalEntityId: grant.legalEntityId,
      accountId: grant.accountId,
      currency: grant.currency,
      sourceType: invoiceId === null ? 'credit_grant' : 'invoice',
      sourceId: invoiceId ?? grant.id,
      postedAt,
      entries: [
        { account: 'credits', amountMinor: -amountMinor },
        { account: against!, amountMinor },
      ],
    };
  });
}
