/** Paid: bought, or turned from money that was owed back. Promotional: given for a reason, and never paid out. */
export type CreditKind = 'paid' | 'promotional';

/** use: it paid an invoice; return: such an invoice was voided or credited; refund: its money went back. */
export type CreditEntryKind = 'grant' | 'use' | 'return' | 'expiry' | 'void' | 'refund';

/** What an account has ahead in one currency. Amounts are in the smallest unit. */
export interface CreditWallet {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  readonly balanceMinor: bigint;
  /** Below it an alert is told. */
  readonly lowBalanceMinor: bigint | null;
  readonly topUp: CreditTopUp | null;
  /** No top-up is tried before this, after one that failed. */
  readonly topUpNotBefore: Date | null;
  /** Of the settings; the balance changes without it. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is charged by itself once the balance is below a threshold. */
export interface CreditTopUp {
  readonly thresholdMinor: bigint;
  readonly amountMinor: bigint;
  /** Days until it expires; null: never. */
  readonly expiryDays: number | null;
}

/** Where credit came from: a promotion has no other id than the grant's. */
export interface CreditSource {
  readonly type: 'promotion' | 'payment' | 'credit_note';
  readonly id: string;
}

/** Credit that came at once, and what remains of it. */
export interface CreditGrant {
  readonly id: string;
  readonly walletId: string;
  readonly accountId: string;
  readonly currency: string;
  /** Whose invoices it pays. */
  readonly legalEntityId: string;
  readonly kind: CreditKind;
  readonly amountMinor: bigint;
  readonly remainingMinor: bigint;
  /** The lowest is used first. */
  readonly priority: number;
  /** From this instant on it pays nothing; null: never. */
  readonly expiresAt: Date | null;
  readonly reason: string;
  readonly source: CreditSource;
  readonly voidedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One change of what remains of a grant; never changed itself. */
export interface CreditEntry {
  readonly id: string;
  readonly walletId: string;
  readonly grantId: string;
  readonly accountId: string;
  readonly currency: string;
  readonly kind: CreditEntryKind;
  /** Negative where it lowers the balance. */
  readonly amountMinor: bigint;
  readonly invoiceId: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
}

/** What has to be paid from credit. */
export interface CreditDemand {
  readonly invoiceId: string;
  readonly legalEntityId: string;
  readonly amountMinor: bigint;
}

export interface CreditUse {
  readonly grant: CreditGrant;
  readonly invoiceId: string;
  readonly amountMinor: bigint;
}

/** What is said of a grant beside its amount. */
export type CreditTerms = Pick<CreditGrant, 'priority' | 'expiresAt' | 'reason'>;

/** Promotions and purchases are equal in rank unless asked otherwise. */
export const standardPriority = 100;

/**
 * The order in which grants are used: the lowest priority first, then what expires first, promotional before paid, and
 * the oldest. Ids are in order of time.
 */
export function compareGrants(a: CreditGrant, b: CreditGrant): number {
  const expiry = (a.expiresAt?.getTime() ?? Infinity) - (b.expiresAt?.getTime() ?? Infinity);
  const kind = Number(a.kind === 'paid') - Number(b.kind === 'paid');
  // Both without an end differ by NaN.
  return a.priority - b.priority || expiry || kind || (a.id < b.id ? -1 : 1);
}

/** Whether a grant pays anything at an instant. */
export function isUsable({ remainingMinor, expiresAt }: CreditGrant, now: Date): boolean {
  return remainingMinor > 0n && (expiresAt === null || now < expiresAt);
}

/**
 * Which grants of one wallet pay which demands: demands in their order, each by the grants of its legal entity in the
 * order in which they are used, never more than remains of them.
 */
export function burnDown(grants: readonly CreditGrant[], demands: readonly CreditDemand[], now: Date): CreditUse[] {
  const usable = grants.filter((grant) => isUsable(grant, now)).toSorted(compareGrants);
  const left = new Map(usable.map((grant) => [grant.id, grant.remainingMinor]));
  const uses: CreditUse[] = [];
  for (const { invoiceId, legalEntityId, amountMinor } of demands) {
    let open = amountMinor;
    for (const grant of usable) {
      if (open <= 0n) break;
      if (grant.legalEntityId !== legalEntityId) continue;
      const part = least(left.get(grant.id)!, open);
      if (part === 0n) continue;
      left.set(grant.id, left.get(grant.id)! - part);
      open -= part;
      uses.push({ grant, invoiceId, amountMinor: part });
    }
  }
  return uses;
}

/** Whether a change takes a balance below a threshold. */
export function fallsBelow(threshold: bigint | null, beforeMinor: bigint, afterMinor: bigint): boolean {
  return threshold !== null && beforeMinor >= threshold && afterMinor < threshold;
}

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
