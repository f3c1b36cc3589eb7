import type { Decimal } from 'decimal.js';
import { precise, type BilledLine } from '../billing/line.ts';
import { exact, zero } from '../money/exact-decimal.ts';

/** A line of a period that was billed before it. */
export type EarlierLine = BilledLine & { readonly sequence: number };

/** A line as it goes on an invoice: further ones of the same key have a sequence of their own. */
export type SequencedLine = BilledLine & { readonly sequence?: number };

interface Earlier {
  readonly last: EarlierLine;
  readonly sequence: number;
  readonly raw: Decimal;
  readonly billed: Decimal;
  readonly amount: Decimal;
  readonly minor: bigint;
}

/** Whether a line follows from quantities: usage, and what lifts or lowers a period to its limits. */
export function isMeasured({ kind }: Pick<BilledLine, 'kind'>): boolean {
  return kind === 'usage' || kind === 'minimum' || kind === 'maximum';
}

/**
 * The lines of a period, of which some was billed before: by an invoice at a threshold, or before usage came late. What
 * follows from quantities is what it comes to now less what was billed (rules 12 and 18), with the next sequence of its
 * key; what has not changed is left out. Other lines stay as they are.
 */
export function settleMeasured(lines: readonly BilledLine[], before: readonly EarlierLine[]): SequencedLine[] {
  if (before.length === 0) return [...lines];
  const earlier = sumByKey(before);
  const settled = lines.flatMap((line) => {
    if (!isMeasured(line)) return [line];
    const billed = earlier.get(keyOf(line));
    earlier.delete(keyOf(line));
    return billed === undefined ? [line] : deltaOf(line, billed);
  });
  // A limit that no longer applies is taken back whole.
  return [...settled, ...[...earlier.values()].flatMap((billed) => deltaOf(undefined, billed))];
}

function deltaOf(line: BilledLine | undefined, billed: Earlier): SequencedLine[] {
  const raw = exact(line?.quantityRaw ?? '0').minus(billed.raw);
  const minor = (line?.amountMinor ?? 0n) - billed.minor;
  if (raw.isZero() && minor === 0n) return [];
  return [
    {
      ...(line ?? billed.last),
      sequence: billed.sequence + 1,
      quantityRaw: raw.toFixed(),
      quantityBilled: precise(exact(line?.quantityBilled ?? '0').minus(billed.billed)),
      detail: {
        ...line?.detail,
        billedEarlier: { quantityRaw: billed.raw.toFixed(), amountMinor: billed.minor.toString() },
      },
      amountPrecise: precise(exact(line?.amountPrecise ?? '0').minus(billed.amount)),
      amountMinor: minor,
    },
  ];
}

function sumByKey(lines: readonly EarlierLine[]): Map<string, Earlier> {
  const sums = new Map<string, Earlier>();
  for (const line of lines) {
    const key = keyOf(line);
    const sum = sums.get(key);
    sums.set(key, {
      last: line,
      sequence: Math.max(sum?.sequence ?? 0, line.sequence),
      raw: (sum?.raw ?? zero).plus(line.quantityRaw),
      billed: (sum?.billed ?? zero).plus(line.quantityBilled),
      amount: (sum?.amount ?? zero).plus(line.amountPrecise),
      minor: (sum?.minor ?? 0n) + workedOut(line),
    });
  }
  return sums;
}

/**
 * What somebody changed on a draft by hand stays as agreed: it counts as billed as it was worked out. A maximum spend
 * counts as it was before discounts, like the lines that it is compared with.
 */
export function workedOut({ detail, amountMinor }: BilledLine): bigint {
  const minor = detail['beforeDiscountsMinor'] ?? detail['workedOutMinor'];
  return typeof minor === 'string' ? BigInt(minor) : amountMinor;
}

function keyOf({ periodIndex, phaseId, priceId, kind }: BilledLine): string {
  return `${periodIndex}/${phaseId}/${priceId}/${kind}`;
}
