import type { Decimal } from 'decimal.js';

/** What one tier contributed; `from` is exclusive and `upTo` inclusive, null for the open-ended tier. */
export interface RatedTier {
  readonly from: string;
  readonly upTo: string | null;
  readonly quantity: Decimal;
  readonly unitAmount: string;
  readonly flatAmount: string;
  readonly amount: Decimal;
}

/** A rated quantity: the precise amount in major units, and the detail by which a reader recomputes it. */
export interface Rating {
  readonly amount: Decimal;
  /** The tiers entered, for graduated and volume prices. */
  readonly tiers?: readonly RatedTier[];
  /** Packages charged, for package prices. */
  readonly packages?: Decimal;
}

/** Rates the cumulative quantity of a period: a pure function, so the same total always costs the same. */
export type RateQuantity = (quantity: Decimal | string) => Rating;
