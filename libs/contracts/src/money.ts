import { z } from 'zod';

/** ISO 4217 alphabetic code. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter ISO 4217 code');

/** Integer amount in the currency's smallest unit, as text so that no JSON reader rounds it. */
export const minorUnitsSchema = z.string().regex(/^-?\d{1,30}$/, 'must be an integer in the smallest unit');

/** Exact decimal as text: up to 18 integer and 12 fraction digits. */
export const decimalSchema = z
  .string()
  .regex(/^-?\d{1,18}(\.\d{1,12})?$/, 'must be a decimal with at most 12 fraction digits');

/** IANA time zone. */
export const timeZoneSchema = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as "Europe/Berlin"');

const fractionDigits: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Fraction digits of a currency by ISO 4217; two for all that do not say otherwise. */
export function minorDigits(currency: string): number {
  return fractionDigits[currency] ?? 2;
}

/** Writes minor units as a decimal amount: `formatMinor(12345n, 'EUR')` is `123.45`. */
export function formatMinor(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return minor < 0n ? `-${whole}` : whole;
}
