import type { InputFault } from './errors.ts';
import type { PriceModel, PriceTier } from './prices.ts';

const fractionDigits = 12;

/**
 * Finds what a schema cannot say about a price model: tiers ascend and end open, packages have a size, nothing is
 * negative. Takes a model that `priceModelSchema` accepts; `at` is the JSON Pointer of the model in the caller's body.
 */
export function checkPriceModel(model: PriceModel, at = ''): InputFault[] {
  switch (model.model) {
    case 'flat':
      return checkNotNegative(model.amount, `${at}/amount`);
    case 'per_unit':
      return checkNotNegative(model.unitAmount, `${at}/unitAmount`);
    case 'graduated':
    case 'volume':
      return checkTiers(model.tiers, `${at}/tiers`);
    case 'package':
      return [
        ...checkPositive(model.packageSize, `${at}/packageSize`),
        ...checkNotNegative(model.packageAmount, `${at}/packageAmount`),
        ...checkNotNegative(model.freeUnits ?? '0', `${at}/freeUnits`),
      ];
  }
}

function checkTiers(tiers: readonly PriceTier[], at: string): InputFault[] {
  if (tiers.length === 0) return [{ path: at, message: 'must have at least one tier' }];
  let from = '0';
  return tiers.flatMap((tier, index) => {
    const path = `${at}/${index}`;
    const faults = [
      ...checkBound(tier.upTo, from, { path: `${path}/upTo`, isLast: index === tiers.length - 1 }),
      ...checkNotNegative(tier.unitAmount, `${path}/unitAmount`),
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
