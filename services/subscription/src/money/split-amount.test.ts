import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';
import { splitAmount, splitEvenly } from './split-amount.ts';

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((total, part) => total + part, 0n);
}

describe('splitAmount', () => {
  it('gives the units left over to the largest remainders', () => {
    expect(splitAmount(100n, [1n, 1n, 4n])).toEqual([17n, 17n, 66n]);
    expect(splitAmount(10n, [14n, 25n, 61n])).toEqual([1n, 3n, 6n]);
  });

  it('prefers earlier positions among equal remainders', () => {
    expect(splitAmount(5n, [1n, 1n, 1n])).toEqual([2n, 2n, 1n]);
    expect(splitEvenly(100n, 3)).toEqual([34n, 33n, 33n]);
  });

  it('splits a negative amount as the mirror of its opposite', () => {
    expect(splitAmount(-5n, [1n, 1n, 1n])).toEqual([-2n, -2n, -1n]);
  });

  it('gives nothing to a weight of zero', () => {
    expect(splitAmount(7n, [0n, 3n, 0n, 4n])).toEqual([0n, 3n, 0n, 4n]);
    expect(splitAmount(1n, [0n, 1n, 1n])).toEqual([0n, 1n, 0n]);
  });

  it('refuses an amount that has nowhere to go, and negative weights', () => {
    expect(() => splitAmount(1n, [])).toThrow(RangeError);
    expect(() => splitAmount(1n, [0n, 0n])).toThrow(RangeError);
    expect(() => splitAmount(1n, [2n, -1n])).toThrow(RangeError);
    expect(splitAmount(0n, [0n, 0n])).toEqual([0n, 0n]);
  });

  it('adds up to the amount, each part within one unit of its exact share', () => {
    const random = seededRandom(7);
    for (let run = 0; run < 2_000; run += 1) {
      const amount = BigInt(random(2_000_000) - 1_000_000);
      const weights = Array.from({ length: 1 + random(12) }, () => BigInt(random(1_000)));
      const total = sum(weights);
      if (total === 0n) continue;
      const parts = splitAmount(amount, weights);
      expect(sum(parts)).toBe(amount);
      for (const [position, part] of parts.entries()) {
        const error = part * total - amount * weights[position]!;
        expect(error < total && error > -total).toBe(true);
      }
    }
  });
});
