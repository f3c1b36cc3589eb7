/**
 * Splits an amount over weights by the largest-remainder method (Hamilton): each part is its exact share cut to whole
 * units, and the units left over go to the largest remainders, earlier positions first among equals (rule 4). Parts
 * always add up to the amount; a weight of zero gets nothing; a negative amount splits as the mirror of its opposite.
 */
export function splitAmount(amount: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight must not be negative');
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (amount === 0n) return weights.map(() => 0n);
  if (sum === 0n) throw new RangeError('an amount cannot be split over weights that are all zero');

  const size = amount < 0n ? -amount : amount;
  const parts = weights.map((weight) => (size * weight) / sum);
  const remainders = weights.map((weight) => (size * weight) % sum);
  let left = size - parts.reduce((total, part) => total + part, 0n);
  for (const position of byLargest(remainders)) {
    if (left === 0n) break;
    parts[position] = parts[position]! + 1n;
    left -= 1n;
  }
  return amount < 0n ? parts.map((part) => -part) : parts;
}

/** Splits evenly; the first parts are the larger ones. */
export function splitEvenly(amount: bigint, count: number): bigint[] {
  return splitAmount(
    amount,
    Array.from({ length: count }, () => 1n),
  );
}

function byLargest(remainders: readonly bigint[]): number[] {
  return remainders.map((_, position) => position).sort((a, b) => compare(remainders[b]!, remainders[a]!) || a - b);
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
