import type { AccountSummary } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import type { DocumentIssuer } from './document.ts';
import type { StatementEntryKind } from './texts/texts.ts';

/** One change of what an account owes, in smallest units; negative lowers it. */
export interface StatementEntry {
  readonly postedAt: Date;
  readonly kind: StatementEntryKind;
  readonly sourceId: string;
  /** Number of the invoice or credit note as printed. */
  readonly number: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** What an account owed before, what changed, and what it owes after, in one currency. */
export interface StatementBalance {
  readonly currency: string;
  readonly openingMinor: bigint;
  readonly entries: readonly (StatementEntry & { readonly balanceMinor: bigint })[];
  readonly closingMinor: bigint;
}

/** What happened between an account and a legal entity from a date until, not including, another. */
export interface Statement {
  readonly account: AccountSummary;
  readonly legalEntityId: string;
  readonly issuer: DocumentIssuer;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly start: Date;
  readonly end: Date;
  /** By currency. */
  readonly balances: readonly StatementBalance[];
}

/** Puts entries, in order of time, on the balances before them; the closing balance is what they add up to. */
export function toBalances(
  opening: ReadonlyMap<string, bigint>,
  entries: readonly StatementEntry[],
): StatementBalance[] {
  const currencies = new Set([...opening.keys(), ...entries.map(({ currency }) => currency)]);
  return [...currencies].sort().map((currency) => {
    const openingMinor = opening.get(currency) ?? 0n;
    let balanceMinor = openingMinor;
    const own = entries.filter((entry) => entry.currency === currency);
    const running = own.map((entry) => ({ ...entry, balanceMinor: (balanceMinor += entry.amountMinor) }));
    return { currency, openingMinor, entries: running, closingMinor: balanceMinor };
  });
}
