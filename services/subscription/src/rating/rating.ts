import type { PriceModel } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import type { Proration } from '../period/prorate.ts';

/** What one tier contributed; `from` is exclusive and `upTo` inclusive, null for the open-ended tier. */
export interface RatedTier {
  readonly from: string;
  readonly upTo: string | null;
  readonly quantity: Decimal;
  /** Of graduated and volume prices; a graduated percentage has a rate instead. */
  readonly unitAmount: string | undefined;
  /** Percent. */
  readonly rate: string | undefined;
  readonly flatAmount: string;
  readonly amount: Decimal;
}

/** What the usage of one cell of a matrix contributed. */
export interface RatedCell {
  /** The dimensions' values; null for all usage that no cell names. */
  readonly values: Readonly<Record<string, string>> | null;
  readonly quantityRaw: Decimal;
  readonly quantity: Decimal;
  readonly unitAmount: string;
  readonly amount: Decimal;
}

/** A rated quantity: the precise amount in major units, and the detail by which a reader recomputes it. */
export interface Rating {
  readonly amount: Decimal;
  /** The quantity that was rated: converted where the price says so, and zero where it was negative (rule 14). */
  readonly quantity: Decimal;
  /** The tiers entered, for graduated and volume prices and graduated percentages. */
  readonly tiers?: readonly RatedTier[];
  /** Packages charged, for package prices. */
  readonly packages?: Decimal;
  /** The cells with usage, for matrix prices. */
  readonly cells?: readonly RatedCell[];
  /** The part of the quantity above free units (percentage) or the commitment (bulk commitment). */
  readonly chargeable?: Decimal;
  /** The bound that replaced a percentage. */
  readonly bound?: 'minimum' | 'maximum';
}

/**
 * Rates the cumulative quantity of a period: a pure function, so the same total always costs the same. Where the price
 * applied to a part of the period only, what it says of a whole one is prorated.
 */
export type RateQuantity = (quantity: Decimal | string, part?: Proration) => Rating;

/** A quantity of the usage whose dimensions have these values. */
export interface GroupedQuantity {
  readonly values: Readonly<Record<string, string>>;
  readonly quantity: Decimal | string;
}

/** Rates the cumulative quantities of a period by their dimensions; several with the same values add up. */
export type RateGroups = (groups: readonly GroupedQuantity[]) => Rating;

/** Models that rate quantities by dimensions, and those that rate one quantity. */
export type MatrixModel = Extract<PriceModel, { model: 'matrix' }>;
export type ScalarModel = Exclude<PriceModel, MatrixModel>;
