import { checkPriceModel, type PriceModel } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';
import { prorate, type Proration } from '../period/prorate.ts';
import { compileConversion } from './convert-quantity.ts';
import { compilePercentage } from './rate-percentage.ts';
import { compileGraduated, compileGraduatedPercentage, compileVolume } from './rate-tiers.ts';
import type { RateQuantity, Rating, ScalarModel } from './rating.ts';

/**
 * Prepares a price model once, for many quantities. The result is a pure function of the cumulative quantity
 * (rule 12): it rounds no amount, and a negative quantity costs what none does (rule 14). A matrix, which rates
 * quantities by dimensions, is prepared by `compileMatrix`.
 */
export function compilePriceModel(model: ScalarModel): RateQuantity {
  const [fault] = checkPriceModel(model);
  if (fault) throw new RangeError(`price model ${model.model}, ${fault.path}: ${fault.message}`);
  const rateNotNegative = compile(model);
  if ('conversion' in model && model.conversion !== undefined) {
    const convert = compileConversion(model.conversion);
    return (quantity, part) => {
      const converted = convert(exact(quantity));
      return rateNotNegative(converted.isNegative() ? zero : converted, part);
    };
  }
  return (quantity, part) => {
    const given = exact(quantity);
    return rateNotNegative(given.isNegative() ? zero : given, part);
  };
}

/** Rates one quantity; where a model is rated often, keep what `compilePriceModel` returns. */
export function rate(model: ScalarModel, quantity: Decimal | string): Rating {
  return compilePriceModel(model)(quantity);
}

/**
 * What a line still owes, in smallest units: rate(new total), rounded once, less what was billed before (rule 12).
 * Negative where a correction lowered the total, so split, late and repeated lines add up to the unsplit one.
 */
export function rateRemainder(rating: Rating, currency: string, alreadyBilled: bigint): bigint {
  return roundMoney(rating.amount, currency) - alreadyBilled;
}

function compile(model: ScalarModel): (quantity: Decimal, part?: Proration) => Rating {
  switch (model.model) {
    case 'flat': {
      const amount = exact(model.amount);
      return (quantity) => ({ amount, quantity });
    }
    case 'per_unit': {
      const unitAmount = exact(model.unitAmount);
      return (quantity) => ({ amount: quantity.times(unitAmount), quantity });
    }
    case 'graduated':
      return compileGraduated(model.tiers, model.flatAtZero);
    case 'volume':
      return compileVolume(model.tiers, model.flatAtZero);
    case 'graduated_percentage':
      return compileGraduatedPercentage(model.tiers);
    case 'package':
      return compilePackage(model);
    case 'percentage':
      return compilePercentage(model);
    case 'bulk_commitment':
      return compileCommitment(model);
  }
}

/**
 * The committed units are paid for whether used or not; what lies above them is charged by unit. For a part of a period
 * a part of the units is committed, at the same part of their price.
 */
function compileCommitment(
  model: Extract<PriceModel, { model: 'bulk_commitment' }>,
): (quantity: Decimal, part?: Proration) => Rating {
  const whole = { committed: exact(model.quantity), amount: exact(model.amount) };
  const overageUnitAmount = exact(model.overageUnitAmount);
  return (quantity, part) => {
    const { committed, amount } =
      part === undefined ? whole : { committed: prorate(whole.committed, part), amount: prorate(whole.amount, part) };
    if (quantity.lte(committed)) return { amount, quantity, chargeable: zero };
    const chargeable = quantity.minus(committed);
    return { amount: amount.plus(chargeable.times(overageUnitAmount)), quantity, chargeable };
  };
}

/** packages(max(quantity − free, 0) ÷ size) × amount; a begun package counts when rounding up (rule 15). */
function compilePackage(model: Extract<PriceModel, { model: 'package' }>): (quantity: Decimal) => Rating {
  const size = exact(model.packageSize);
  const packageAmount = exact(model.packageAmount);
  const freeUnits = exact(model.freeUnits ?? '0');
  const countBegun = (model.rounding ?? 'up') === 'up';
  return (quantity) => {
    if (quantity.lte(freeUnits)) return { amount: zero, quantity, packages: zero };
    const billable = quantity.minus(freeUnits);
    const full = billable.dividedToIntegerBy(size);
    const begun = countBegun && full.times(size).lt(billable);
    const packages = begun ? full.plus(1) : full;
    return { amount: packages.times(packageAmount), quantity, packages };
  };
}
