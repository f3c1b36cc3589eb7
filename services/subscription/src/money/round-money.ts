import { formatMinor, minorDigits } from '@plinth/contracts';
import { Decimal } from 'decimal.js';
import { exact } from './exact-decimal.ts';

// A division leaves a hundred digits, so three thirds fall short of one by the last. No amount made of contract
// decimals and the days or seconds of a period comes so near to a half without being one.
const settledDigits = 50;

/**
 * Rounds an amount in major units to the currency's smallest unit, half away from zero (rule 2 of money and time;
 * digits by ISO 4217). Done once per line; totals are sums of what this returns.
 */
export function roundMoney(amount: Decimal | string, currency: string): bigint {
  return BigInt(roundToText(amount, minorDigits(currency)).replace('.', ''));
}

/** Rounds to a whole number by the same rule: for amounts that are counted in smallest units already, such as taxes. */
export function roundToInteger(amount: Decimal | string): bigint {
  return BigInt(roundToText(amount, 0));
}

function roundToText(amount: Decimal | string, digits: number): string {
  const given = exact(amount);
  const settled = given.decimalPlaces() > settledDigits ? given.toDecimalPlaces(settledDigits) : given;
  return settled.toFixed(digits, Decimal.ROUND_HALF_UP);
}

/** The exact amount in major units of so many smallest units: the way back from `roundMoney`. */
export function toMajorUnits(minor: bigint, currency: string): Decimal {
  return exact(formatMinor(minor, currency));
}
