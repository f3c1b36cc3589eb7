import type { InputFault } from './errors.ts';
import type { PriceModel, PriceTier, RateTier } from './prices.ts';

const fractionDigits = 12;

/**
 * Finds what a schema cannot say about a price model: tiers ascend and end open, packages have a size, nothing is
 * negative. Takes a model that `priceModelSchema` accepts; `at` is the JSON Pointer of the model in the caller's body.
 */
export function checkPriceModel(model: PriceModel, at = ''): InputFault[] {
  const conversion = 'conversion' in model ? model.conversion : undefined;
  const divisor = conversion === undefined ? [] : checkPositive(conversion.divisor, `${at}/conversion/divisor`);
  return [...checkModel(model, at), ...divisor];
}

function checkModel(model: PriceModel, at: string): InputFault[] {
  switch (model.model) {
    case 'flat':
      return checkNotNegative(model.amount, `${at}/amount`);
    case 'per_unit':
      return checkNotNegative(model.unitAmount, `${at}/unitAmount`);
    case 'graduated':
    case 'volume':
      return checkTiers(model.tiers, `${at}/tiers`);
    case 'graduated_percentage':
      return checkTiers(model.tiers, `${at}/tiers`);
    case 'package':
      return [
        ...checkPositive(model.packageSize, `${at}/packageSize`),
        ...checkNotNegative(model.packageAmount, `${at}/packageAmount`),
        ...checkNotNegative(model.freeUnits ?? '0', `${at}/freeUnits`),
      ];
    case 'percentage':
      return checkPercentage(model, at);
    case 'matrix':
      return checkMatrix(model, at);
    case 'bulk_commitment':
      return [
        ...checkPositive(model.quantity, `${at}/quantity`),
        ...checkNotNegative(model.amount, `${at}/amount`),
        ...checkNotNegative(model.overageUnitAmount, `${at}/overageUnitAmount`),
      ];
  }
}

function checkPercentage(model: Extract<PriceModel, { model: 'percentage' }>, at: string): InputFault[] {
  const { rate, freeUnits = '0', minimumAmount = '0', maximumAmount } = model;
  const faults = [
    ...checkNotNegative(rate, `${at}/rate`),
    ...checkNotNegative(freeUnits, `${at}/freeUnits`),
    ...checkNotNegative(minimumAmount, `${at}/minimumAmount`),
    ...checkNotNegative(maximumAmount ?? '0', `${at}/maximumAmount`),
  ];
  if (maximumAmount !== undefined && toScaled(maximumAmount) < toScaled(minimumAmount))
    faults.push({ path: `${at}/maximumAmount`, message: `must not be less than the minimum of ${minimumAmount}` });
  return faults;
}

/** Every cell names a value of every dimension, and no two cells the same values. */
function checkMatrix(model: Extract<PriceModel, { model: 'matrix' }>, at: string): InputFault[] {
  const { dimensions, cells, otherUnitAmount } = model;
  const seen = new Set<string>();
  const faults = cells.flatMap((cell, index) => {
    const path = `${at}/cells/${index}`;
    const missing = dimensions.filter((dimension) => cell.values[dimension] === undefined);
    const unknown = Object.keys(cell.values).filter((name) => !dimensions.includes(name));
    const key = JSON.stringify(dimensions.map((dimension) => cell.values[dimension]));
    const repeats = seen.has(key);
    seen.add(key);
    return [
      ...missing.map((name) => ({ path: `${path}/values`, message: `must have a value of "${name}"` })),
      ...unknown.map((name) => ({ path: `${path}/values/${name}`, message: 'is not one of the dimensions' })),
      ...(repeats ? [{ path: `${path}/values`, message: 'repeats the values of an earlier cell' }] : []),
      ...checkNotNegative(cell.unitAmount, `${path}/unitAmount`),
    ];
  });
  return [
    ...dimensions.flatMap((name, index) =>
      dimensions.indexOf(name) < index ? [{ path: `${at}/dimensions/${index}`, message: `repeats "${name}"` }] : [],
    ),
    ...faults,
    ...checkNotNegative(otherUnitAmount, `${at}/otherUnitAmount`),
  ];
}

function checkTiers(tiers: readonly (PriceTier | RateTier)[], at: string): InputFault[] {
  if (tiers.length === 0) return [{ path: at, message: 'must have at least one tier' }];
  let from = '0';
  return tiers.flatMap((tier, index) => {
    const path = `${at}/${index}`;
    const faults = [
      ...checkBound(tier.upTo, from, { path: `${path}/upTo`, isLast: index === tiers.length - 1 }),
      ...('rate' in tier
        ? checkNotNegative(tier.rate, `${path}/rate`)
        : checkNotNegative(tier.unitAmount, `${path}/unitAmount`)),
      ...checkNotNegative(tier.flatAmount ?? '0', `${path}/flatAmount`),
    ];
    from = tier.upTo ?? from;
    return faults;
  });
}

function checkBound(upTo: string | null, from: string, tier: { path: string; isLast: boolean }): InputFault[] {
  const { path, isLast } = tier;
  if (upTo === null) return isLast ? [] : [{ path, message: 'must be a quantity: only the last tier is open-ended' }];
  const faults: InputFault[] = [];
  if (toScaled(upTo) <= toScaled(from))
    faults.push({ path, message: `must be greater than ${from}, where the tier begins` });
  if (isLast) faults.push({ path, message: 'must be null: the last tier is open-ended' });
  return faults;
}

function checkPositive(value: string, path: string): InputFault[] {
  return toScaled(value) > 0n ? [] : [{ path, message: 'must be greater than zero' }];
}

function checkNotNegative(value: string, path: string): InputFault[] {
  return toScaled(value) >= 0n ? [] : [{ path, message: 'must not be negative' }];
}

/** The decimal as an integer of its twelfth place: comparison without a decimal library and without loss. */
function toScaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(fractionDigits, '0'));
}
