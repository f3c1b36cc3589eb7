import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { exact } from './exact-decimal.ts';

describe('exact', () => {
  it('keeps every digit of a product of two of the longest decimals', () => {
    const longest = '999999999999999999.999999999999';
    expect(exact(longest).times(longest).toString()).toBe(
      '999999999999999999999999999998000000.000000000000000000000001',
    );
  });

  it('gives a decimal of a less precise clone its own precision, without loss', () => {
    const coarse = new (Decimal.clone({ precision: 5 }))('1.23456789');
    expect(exact(coarse).times(1).toString()).toBe('1.23456789');
  });

  it('never prints an exponent, as text or as JSON', () => {
    expect(JSON.stringify([exact('0.000000000001'), exact('1e30')])).toBe(`["0.000000000001","1${'0'.repeat(30)}"]`);
  });

  it('refuses what is not a finite number', () => {
    for (const value of ['Infinity', 'NaN']) expect(() => exact(value)).toThrow(RangeError);
  });
});
