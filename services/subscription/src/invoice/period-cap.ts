import { sumPercent, type CapTerms, type SpendCap } from '../coupon/spend-cap.ts';
import type { DraftLine } from './invoice.ts';

/** What a line on an earlier invoice says about a maximum spend of the same period. */
export type CapFact = Pick<
  DraftLine,
  'subscriptionId' | 'periodIndex' | 'phaseId' | 'kind' | 'sequence' | 'amountMinor' | 'discounts' | 'detail'
>;

type CapLine = CapFact & Pick<DraftLine, 'priceKey'>;

/** Whether a line lowers a period to its maximum spend. */
export function isCap({ kind }: Pick<DraftLine, 'kind'>): boolean {
  return kind === 'maximum';
}

/** Whether its amount follows from percent discounts, so that it is not the one that it was written with. */
export function isNetCap({ kind, detail }: Pick<DraftLine, 'kind' | 'detail'>): boolean {
  return isCap({ kind }) && 'beforeDiscountsMinor' in detail;
}

/**
 * What makes a line that of a maximum spend, with the lines of its invoice and what earlier invoices say of the period;
 * undefined for any other line.
 */
export function capOf(line: CapLine, lines: readonly CapLine[], earlier: readonly CapFact[]): SpendCap | undefined {
  if (!isCap(line)) return undefined;
  const covers = lines.flatMap((other, position) => (isCovered(other, line) ? [position] : []));
  // An amount that somebody agreed on is not worked out again.
  return { covers, terms: 'workedOutMinor' in line.detail ? undefined : termsOf(line, earlier) };
}

/** A line of a limit that does not apply any more has none: it takes back what the lines before it took off. */
function termsOf(line: CapLine, earlier: readonly CapFact[]): CapTerms {
  const { limitMinor = '0', spentMinor = '0' } = line.detail as { limitMinor?: string; spentMinor?: string };
  return {
    limitMinor: BigInt(limitMinor),
    spentMinor: BigInt(spentMinor),
    earlierDiscountMinor: earlier
      .filter((other) => isCovered(other, line))
      .reduce((sum, { discounts }) => sum + sumPercent(discounts), 0n),
    earlierMinor: earlier
      .filter((other) => isCap(other) && isOfPeriod(other, line) && other.phaseId === line.phaseId)
      .reduce((sum, other) => sum + agreedMinor(other), 0n),
  };
}

/** Fees and usage of the plan version's phases in the period; what lifts it to a minimum is not spent. */
function isCovered(other: CapFact, cap: CapLine): boolean {
  const isSpend = other.kind === 'recurring' || other.kind === 'usage' || other.kind === 'adjustment';
  return isSpend && isOfPeriod(other, cap) && other.phaseId !== null && phaseIdsOf(cap).includes(other.phaseId);
}

function isOfPeriod(other: CapFact, cap: CapLine): boolean {
  return other.subscriptionId === cap.subscriptionId && other.periodIndex === cap.periodIndex;
}

function phaseIdsOf({ detail, phaseId }: CapLine): readonly string[] {
  const { phaseIds } = detail as { phaseIds?: readonly string[] };
  return phaseIds ?? (phaseId === null ? [] : [phaseId]);
}

/** What somebody changed by hand counts as it was worked out. */
function agreedMinor({ detail, amountMinor }: CapFact): bigint {
  const { workedOutMinor } = detail as { workedOutMinor?: string };
  return workedOutMinor === undefined ? amountMinor : BigInt(workedOutMinor);
}

/**
 * A line of a maximum spend as percent discounts leave it. It keeps what it came to before them, which is what later
 * usage is compared with.
 */
export function withCappedAmount<Line extends Pick<DraftLine, 'amountMinor' | 'amountPrecise' | 'detail'>>(
  line: Line,
  { amountMinor, discountMinor }: { readonly amountMinor: bigint; readonly discountMinor: bigint },
  toMajor: (minor: bigint) => string,
): Line {
  if (amountMinor === line.amountMinor) return line;
  const { beforeDiscountsMinor = line.amountMinor.toString() } = line.detail;
  return {
    ...line,
    amountMinor,
    amountPrecise: toMajor(amountMinor),
    detail: { ...line.detail, beforeDiscountsMinor, discountMinor: discountMinor.toString() },
  };
}
