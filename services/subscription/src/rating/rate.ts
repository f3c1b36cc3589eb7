import { checkPriceModel } from '@plinth/contracts';
import type { PriceModel } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';
import { compileGraduated, compileVolume } from './rate-tiers.ts';
import type { RateQuantity, Rating } from './rating.ts';

/**
 * Prepares a price model once, for many quantities. The result is a pure function of the cumulative quantity
 * (rule 12): it never rounds, and a negative quantity costs what none does (rule 14).
 */
export function compilePriceModel(model: PriceModel): RateQuantity {
  const [fault] = checkPriceModel(model);
  if (fault) throw new RangeError(`price model ${model.model}, ${fault.path}: ${fault.message}`);
  const rateNotNegative = compile(model);
  return (quantity) => {
    const given = exact(quantity);
    return rateNotNegative(given.isNegative() ? zero : given);
  };
}

/** Rates one quantity; where a model is rated often, keep what `compilePriceModel` returns. */
export function rate(model: PriceModel, quantity: Decimal | string): Rating {
  return compilePriceModel(model)(quantity);
}

/**
 * What a line still owes, in smallest units: rate(new total), rounded once, less what was billed before (rule 12).
 * Negative where a correction lowered the total, so split, late and repeated lines add up to the unsplit one.
 */
export function rateRemainder(rating: Rating, currency: string, alreadyBilled: bigint): bigint {
  return roundMoney(rating.amount, currency) - alreadyBilled;
}

function compile(model: PriceModel): (quantity: Decimal) => Rating {
  switch (model.model) {
    case 'flat': {
      const rating: Rating = { amount: exact(model.amount) };
      return () => rating;
    }
    case 'per_unit': {
      const unitAmount = exact(model.unitAmount);
      return (quantity) => ({ amount: quantity.times(unitAmount) });
    }
    case 'graduated':
      return compileGraduated(model.tiers);
    case 'volume':
      return compileVolume(model.tiers);
    case 'package':
      return compilePackage(model);
  }
}

/** packages(max(quantity − free, 0) ÷ size) × amount; a begun package counts when rounding up (rule 15). */
function compilePackage(model: Extract<PriceModel, { model: 'package' }>): (quantity: Decimal) => Rating {
  const size = exact(model.packageSize);
  const packageAmount = exact(model.packageAmount);
  const freeUnits = exact(model.freeUnits ?? '0');
  const countBegun = (model.rounding ?? 'up') === 'up';
  return (quantity) => {
    if (quantity.lte(freeUnits)) return { amount: zero, packages: zero };
    const billable = quantity.minus(freeUnits);
    const full = billable.dividedToIntegerBy(size);
    const begun = countBegun && full.times(size).lt(billable);
    const packages = begun ? full.plus(1) : full;
    return { amount: packages.times(packageAmount), packages };
  };
}
