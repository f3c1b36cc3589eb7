import type { PriceModel } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import type { Rating } from '../rating/rating.ts';

export type LineKind = 'recurring' | 'usage' | 'adjustment';

/** A line of an invoice. With subscription, period, phase (and its plan version), price and kind as its stable key. */
export interface BilledLine {
  readonly kind: LineKind;
  readonly periodIndex: number;
  readonly phaseId: string;
  readonly planId: string;
  readonly planVersion: number;
  readonly priceId: string;
  readonly priceKey: string;
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

/** The rating's own evidence: model, unit amount, tiers entered or packages charged. */
export function ratingDetail(model: PriceModel, rating: Rating): Record<string, unknown> {
  return {
    model: model.model,
    ...(model.model === 'per_unit' ? { unitAmount: model.unitAmount } : {}),
    ...(rating.tiers === undefined ? {} : { tiers: rating.tiers }),
    ...(model.model === 'package'
      ? {
          packages: rating.packages,
          packageSize: model.packageSize,
          packageAmount: model.packageAmount,
          freeUnits: model.freeUnits ?? '0',
          rounding: model.rounding ?? 'up',
        }
      : {}),
  };
}
