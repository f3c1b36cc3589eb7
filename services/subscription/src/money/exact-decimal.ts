import { Decimal } from 'decimal.js';

/**
 * Decimal with room for every product of two contract decimals (30 digits each) and their sums, so that rating never
 * rounds; only a division may, at the hundredth digit. Never prints an exponent, which JSON and SQL readers dislike.
 */
export const ExactDecimal = Decimal.clone({
  precision: 100,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

/** Takes a decimal from text or from any other decimal; a binary float is refused by its type. */
export function exact(value: Decimal | string): Decimal {
  // All clones share one prototype, so `instanceof` would also let decimals of less precision through.
  const isExact = typeof value === 'object' && value.constructor === ExactDecimal;
  const decimal = isExact ? value : new ExactDecimal(value);
  if (!decimal.isFinite()) throw new RangeError(`not a finite decimal: ${String(value)}`);
  return decimal;
}

/** Shared zero; decimals are immutable. */
export const zero: Decimal = new ExactDecimal(0);
