import { formatMinor, minorDigits } from '@plinth/contracts';
import { Decimal } from 'decimal.js';
import { exact } from './exact-decimal.ts';

/**
 * Rounds an amount in major units to the currency's smallest unit, half away from zero (rule 2 of money and time;
 * digits by ISO 4217). Done once per line; totals are sums of what this returns.
 */
export function roundMoney(amount: Decimal | string, currency: string): bigint {
  const text = exact(amount).toFixed(minorDigits(currency), Decimal.ROUND_HALF_UP);
  return BigInt(text.replace('.', ''));
}

/** The exact amount in major units of so many smallest units: the way back from `roundMoney`. */
export function toMajorUnits(minor: bigint, currency: string): Decimal {
  return exact(formatMinor(minor, currency));
}
