import type { PriceModel } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import { prorate, type Proration } from '../period/prorate.ts';
import type { Rating } from './rating.ts';

/** A percent as a factor; a product, because a division might round. */
export function toFactor(percent: string): Decimal {
  return exact(percent).times('0.01');
}

/**
 * Percentage of what lies above the free units. The minimum holds for a period with chargeable usage, the maximum for
 * any; both are of the period's total, so that they are applied once however usage arrives, and prorated for a part of
 * a period. The free units are not.
 */
export function compilePercentage(
  model: Extract<PriceModel, { model: 'percentage' }>,
): (quantity: Decimal, part?: Proration) => Rating {
  const factor = toFactor(model.rate);
  const freeUnits = exact(model.freeUnits ?? '0');
  const least = exact(model.minimumAmount ?? '0');
  const most = model.maximumAmount === undefined ? null : exact(model.maximumAmount);
  return (quantity, part) => {
    if (quantity.lte(freeUnits)) return { amount: zero, quantity, chargeable: zero };
    const chargeable = quantity.minus(freeUnits);
    const amount = chargeable.times(factor);
    const minimum = part === undefined ? least : prorate(least, part);
    const maximum = part === undefined || most === null ? most : prorate(most, part);
    if (amount.lt(minimum)) return { amount: minimum, quantity, chargeable, bound: 'minimum' };
    if (maximum !== null && amount.gt(maximum)) return { amount: maximum, quantity, chargeable, bound: 'maximum' };
    return { amount, quantity, chargeable };
  };
}
