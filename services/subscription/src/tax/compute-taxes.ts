import type { Decimal } from 'decimal.js';
import type { TaxTotal } from '../invoice/invoice.ts';
import { exact } from '../money/exact-decimal.ts';
import { roundToInteger } from '../money/round-money.ts';
import { splitAmount } from '../money/split-amount.ts';
import type { TaxDecision } from './resolve-tax.ts';

/** A line as tax sees it: what is left of it after discounts, with the tax in it where prices contain it. */
export interface TaxableLine {
  readonly taxCategory: string;
  readonly taxInclusive: boolean;
  readonly chargedMinor: bigint;
  readonly decision: TaxDecision;
  /** What an external service says the tax is; worked out from the percent when absent. */
  readonly taxMinor?: bigint;
}

export interface ComputedTaxes {
  /** Tax of each line, in their order; they add up to the total. */
  readonly lines: readonly bigint[];
  readonly taxes: readonly TaxTotal[];
  readonly taxMinor: bigint;
}

/**
 * Tax of lines, rounded half away from zero on each line, or once for each rate and then split over its lines by
 * largest remainder (rules 3 and 4). Where prices contain the tax it is taken out of them: gross × p / (100 + p).
 */
export function computeTaxes(lines: readonly TaxableLine[], rounding: 'line' | 'total'): ComputedTaxes {
  const tax = lines.map((line) => line.taxMinor ?? (isTaxed(line) ? roundToInteger(taxOf(line)) : 0n));
  if (rounding === 'total') roundGroups(lines, tax);
  return { lines: tax, taxes: summarize(lines, tax), taxMinor: tax.reduce((sum, one) => sum + one, 0n) };
}

function isTaxed({ decision: { percent }, chargedMinor }: TaxableLine): boolean {
  return percent !== null && percent !== '0' && chargedMinor !== 0n;
}

/** Tax in smallest units before rounding. */
function taxOf({ chargedMinor, taxInclusive, decision }: TaxableLine): Decimal {
  const percent = exact(decision.percent ?? '0');
  const amount = exact(chargedMinor.toString());
  return taxInclusive ? amount.times(percent).div(percent.plus(100)) : amount.times(percent).div(100);
}

function roundGroups(lines: readonly TaxableLine[], tax: bigint[]): void {
  for (const positions of groupBy(lines, (line) => `${rateKey(line)}/${line.taxInclusive}`).values()) {
    const own = positions.filter((position) => isTaxed(lines[position]!) && lines[position]!.taxMinor === undefined);
    if (own.length < 2) continue;
    const total = roundToInteger(own.map((position) => taxOf(lines[position]!)).reduce((sum, one) => sum.plus(one)));
    // Lines of both signs: what rounding each of them left over goes to the largest of them.
    const left = total - own.reduce((sum, position) => sum + tax[position]!, 0n);
    const weights = own.map((position) => magnitude(lines[position]!.chargedMinor));
    if (left === 0n || weights.every((weight) => weight === 0n)) continue;
    for (const [index, part] of splitAmount(left, weights).entries()) tax[own[index]!]! += part;
  }
}

/** One entry for each category and rate, in order of category and then the higher rate first. */
function summarize(lines: readonly TaxableLine[], tax: readonly bigint[]): TaxTotal[] {
  const taxed = groupBy(lines, rateKey);
  const totals = [...taxed.values()].flatMap((positions) => {
    const { taxCategory, decision } = lines[positions[0]!]!;
    if (decision.percent === null) return [];
    const taxMinor = positions.reduce((sum, position) => sum + tax[position]!, 0n);
    const taxable = positions.reduce((sum, position) => {
      const { chargedMinor, taxInclusive } = lines[position]!;
      return sum + chargedMinor - (taxInclusive ? tax[position]! : 0n);
    }, 0n);
    return [
      {
        category: taxCategory,
        percent: exact(decision.percent).toFixed(),
        label: decision.label,
        reverseCharge: decision.reverseCharge,
        ...(decision.zeroReason === undefined ? {} : { zeroReason: decision.zeroReason }),
        taxableMinor: taxable.toString(),
        taxMinor: taxMinor.toString(),
      },
    ];
  });
  return totals.sort((a, b) => compareText(a.category, b.category) || exact(b.percent).comparedTo(exact(a.percent)));
}

function rateKey({ taxCategory, decision }: TaxableLine): string {
  // 19 and 19.0 are one rate.
  const percent = decision.percent === null ? '' : exact(decision.percent).toFixed();
  return `${taxCategory}/${percent}/${decision.zeroReason ?? decision.reverseCharge}/${decision.label}`;
}

function groupBy(lines: readonly TaxableLine[], keyOf: (line: TaxableLine) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [position, line] of lines.entries()) {
    const group = groups.get(keyOf(line));
    if (group === undefined) groups.set(keyOf(line), [position]);
    else group.push(position);
  }
  return groups;
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
