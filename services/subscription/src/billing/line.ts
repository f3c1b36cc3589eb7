import type { Decimal } from 'decimal.js';

export type LineKind = 'recurring' | 'usage' | 'adjustment' | 'minimum' | 'maximum' | 'one_off';

/** A line of an invoice. With subscription, period, phase (and its plan version), price and kind as its stable key. */
export interface BilledLine {
  readonly kind: LineKind;
  /** Null, as what follows, for what no subscription is behind. */
  readonly periodIndex: number | null;
  readonly phaseId: string | null;
  readonly planId: string | null;
  readonly planVersion: number | null;
  /** Null for what concerns all prices of a period: minimum and maximum spend. */
  readonly priceId: string | null;
  readonly priceKey: string | null;
  readonly taxCategory: string;
  readonly meter: string | null;
  readonly description: string;
  /** As metered or subscribed, and as charged. */
  readonly quantityRaw: string;
  readonly quantityBilled: string;
  /** What a reader needs to recompute the amount. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Major units before rounding. */
  readonly amountPrecise: string;
  readonly amountMinor: bigint;
  readonly start: Date;
  readonly end: Date;
}

// A product of two contract decimals has 24 fraction digits; only what was divided has more.
const preciseDigits = 24;

/** The amount before rounding as text. */
export function precise(amount: Decimal): string {
  return amount.toDecimalPlaces(preciseDigits).toFixed();
}
