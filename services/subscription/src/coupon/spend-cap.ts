import { splitAmount } from '../money/split-amount.ts';

/** What the line of a maximum spend is worked out of. */
export interface CapTerms {
  /** The most that the lines of the period may cost, and what they cost before discounts, in smallest units. */
  readonly limitMinor: bigint;
  readonly spentMinor: bigint;
  /** On earlier invoices of the period: percent discounts of what it covers, and what lines like it took off. */
  readonly earlierDiscountMinor: bigint;
  readonly earlierMinor: bigint;
}

/** What makes a line that of a maximum spend. */
export interface SpendCap {
  /** Places of the lines on the same invoice that it was compared with. */
  readonly covers: readonly number[];
  /** Undefined where somebody agreed on an amount, which stays. */
  readonly terms: CapTerms | undefined;
}

interface Capped {
  readonly amountMinor: bigint;
  readonly cap?: SpendCap | undefined;
}

/** What a line of a maximum spend comes to, and the percent discounts that were counted. */
export interface AppliedCap {
  readonly amountMinor: bigint;
  readonly discountMinor: bigint | undefined;
}

/**
 * Compares maximum spends with what percent discounts leave of the lines (rule 14), by place. Together with the lines
 * like it on earlier invoices of the period, such a line takes off what is above the limit, and never adds anything.
 */
export function applyCaps(
  lines: readonly Capped[],
  discounts: readonly (readonly { readonly amountMinor: string; readonly percent?: string }[])[],
): Map<number, AppliedCap> {
  const applied = new Map<number, AppliedCap>();
  for (const [position, { cap, amountMinor }] of lines.entries()) {
    if (cap === undefined) continue;
    const { covers, terms } = cap;
    if (terms === undefined) {
      applied.set(position, { amountMinor, discountMinor: undefined });
      continue;
    }
    const own = covers.reduce((sum, place) => sum + sumPercent(discounts[place]!), 0n);
    const discountMinor = terms.earlierDiscountMinor + own;
    const above = terms.spentMinor - discountMinor - terms.limitMinor;
    applied.set(position, { amountMinor: (above > 0n ? -above : 0n) - terms.earlierMinor, discountMinor });
  }
  return applied;
}

/** The part of discounts that is a percentage, in smallest units. */
export function sumPercent(discounts: readonly { readonly amountMinor: string; readonly percent?: string }[]): bigint {
  return discounts.reduce(
    (sum, { percent, amountMinor }) => (percent === undefined ? sum : sum + BigInt(amountMinor)),
    0n,
  );
}

/**
 * Lowers what is left of the lines by what a maximum spend takes off: first of the lines that it covers, then of all,
 * because a part of what it covers may stand on earlier invoices. Nothing falls below zero.
 */
export function takeCap(left: bigint[], amountMinor: bigint, covers: readonly number[]): void {
  const covered = new Set(covers);
  const rest = take(
    left,
    amountMinor,
    left.map((amount, position) => (covered.has(position) ? amount : 0n)),
  );
  take(left, rest, [...left]);
}

/** Gives what could not be taken. */
function take(left: bigint[], wanted: bigint, available: readonly bigint[]): bigint {
  const most = available.reduce((sum, amount) => sum + amount, 0n);
  const amount = wanted < most ? wanted : most;
  if (amount <= 0n) return wanted;
  for (const [position, part] of splitAmount(amount, available).entries()) left[position]! -= part;
  return wanted - amount;
}
