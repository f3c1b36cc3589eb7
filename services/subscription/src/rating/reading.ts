import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import type { Proration } from '../period/prorate.ts';
import { compileMatrix } from './rate-matrix.ts';
import { compilePriceModel } from './rate.ts';
import type { GroupedQuantity, MatrixModel, Rating, ScalarModel } from './rating.ts';

/** What was metered: a total, with its parts by dimensions where the price is a matrix. */
export interface Reading {
  readonly total: Decimal;
  readonly groups: readonly GroupedQuantity[];
}

/** Rates the cumulative reading of a period, or of a part of it. */
export type RateReading = (reading: Reading, part?: Proration) => Rating;

export const emptyReading: Reading = { total: zero, groups: [] };

/** Prepares any metered price for readings. */
export function compileMeteredModel(model: ScalarModel | MatrixModel): RateReading {
  if (model.model === 'matrix') {
    const rateGroups = compileMatrix(model);
    return ({ groups }) => rateGroups(groups);
  }
  const rateQuantity = compilePriceModel(model);
  return ({ total }, part) => rateQuantity(total, part);
}

/** The reading that metering answered with: a quantity, or quantities by dimensions. */
export function toReading(answer: string | readonly GroupedQuantity[]): Reading {
  if (typeof answer === 'string') return { total: exact(answer), groups: [] };
  return { total: answer.reduce((sum, { quantity }) => sum.plus(exact(quantity)), zero), groups: answer };
}

/** Two readings as one. */
export function addReadings(left: Reading, right: Reading): Reading {
  return { total: left.total.plus(right.total), groups: [...left.groups, ...right.groups] };
}
