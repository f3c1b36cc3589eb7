import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { exact } from './exact-decimal.ts';
import { roundMoney, roundToInteger, toMajorUnits } from './round-money.ts';
import { seededRandom } from './seeded-random.ts';

describe('roundMoney', () => {
  it('rounds half away from zero, on both sides of it', () => {
    const cases: [string, bigint][] = [
      ['0.005', 1n],
      ['-0.005', -1n],
      ['0.015', 2n],
      ['0.025', 3n],
      ['1.005', 101n],
      ['-1.005', -101n],
      ['0.004999999999', 0n],
      ['-0.004999999999', 0n],
      ['-0', 0n],
    ];
    for (const [amount, minor] of cases) expect(roundMoney(amount, 'EUR'), amount).toBe(minor);
  });

  it('uses the digits that ISO 4217 gives the currency: none, two, three or four', () => {
    const amount = '1234.56785';
    expect(['JPY', 'EUR', 'KWD', 'CLF'].map((currency) => roundMoney(amount, currency))).toEqual([
      1_235n,
      123_457n,
      1_234_568n,
      12_345_679n,
    ]);
  });

  it('takes the parts that a division left for the whole that they make', () => {
    const parts = [1, 2, 3, 1].map((days) => exact('0.025').times(days).dividedBy(7));
    const sum = parts.reduce((total, part) => total.plus(part));
    expect(sum.lt('0.025')).toBe(true);
    expect(roundMoney(sum, 'EUR')).toBe(3n);
    expect(roundMoney(sum.negated(), 'EUR')).toBe(-3n);
    expect(roundMoney('0.02499999999999999999999999999999', 'EUR')).toBe(2n);
  });

  it('is exact for amounts beyond the integers of a binary float', () => {
    expect(roundMoney('900719925474099312345.675', 'EUR')).toBe(90_071_992_547_409_931_234_568n);
  });

  it('does not let the precision of the decimal it is given lose a digit', () => {
    const coarse = new (Decimal.clone({ precision: 3 }))('123456.785');
    expect(roundMoney(coarse, 'EUR')).toBe(12_345_679n);
  });

  it('is undone by toMajorUnits for every whole number of smallest units', () => {
    const random = seededRandom(11);
    for (let run = 0; run < 500; run += 1) {
      const minor = BigInt(random(2 ** 31)) * BigInt(random(2 ** 31)) * (random(2) === 0 ? 1n : -1n);
      for (const currency of ['JPY', 'EUR', 'KWD', 'CLF']) {
        expect(roundMoney(toMajorUnits(minor, currency), currency)).toBe(minor);
      }
    }
  });
});

describe('roundToInteger', () => {
  it('follows the same rule, on both sides of zero and past a division', () => {
    const amounts = ['0.5', '-0.5', '1.4999', '-2.5', '-0.4'];
    expect(amounts.map((amount) => roundToInteger(amount))).toEqual([1n, -1n, 1n, -3n, 0n]);
    const sum = [1, 2, 3, 1].map((days) => exact('2.5').times(days).dividedBy(7)).reduce((a, b) => a.plus(b));
    expect(roundToInteger(sum)).toBe(3n);
  });
});
