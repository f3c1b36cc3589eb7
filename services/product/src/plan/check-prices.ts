import { checkPriceModel, type InputFault, type PriceModel } from '@plinth/contracts';
import { toScaled } from '../faults.ts';
import type { VersionPrice, VersionTerms } from './plan.ts';

// Amounts have 18 integer and 12 fraction digits; what is charged together has to fit as well.
const amountLimit = toScaled(`1${'0'.repeat(18)}`);

/** Finds what is wrong with a price model by itself. Takes what `priceModelSchema` accepts. */
export function checkModel(model: PriceModel): InputFault[] {
  if (model.model !== 'graduated' && model.model !== 'graduated_percentage') return checkPriceModel(model);
  // Volume prices charge the flat amount of one tier, graduated ones those of all tiers that were entered.
  const flatAmounts = model.tiers.map((tier) => tier.flatAmount ?? '0');
  return [...checkPriceModel(model), ...checkSum(flatAmounts, (index) => `/tiers/${index}/flatAmount`, 'the tiers')];
}

/**
 * Finds flat prices that add up to more than an amount can hold. Takes models that `checkModel` finds nothing in;
 * `field` is where a price has its model.
 */
export function checkFlatSum(models: readonly (PriceModel | undefined)[], field = 'model'): InputFault[] {
  const amounts = models.map((model) => (model?.model === 'flat' ? model.amount : '0'));
  return checkSum(amounts, (index) => `/${index}/${field}/amount`, 'the flat prices');
}

/**
 * Finds what does not fit together in the prices of a version: a price belongs to phases that the plan has, and has a
 * model for each currency, which measures the same thing at the same time. Paths begin at the version.
 */
export function checkPrices({ prices, phases, currencies }: VersionTerms): InputFault[] {
  const known = new Set(phases.map((phase) => phase.key));
  return [
    ...prices.flatMap((price, index) => [
      ...checkPhasesOf(price, known, `/prices/${index}/phases`),
      ...checkModels(price, currencies, `/prices/${index}/models`),
    ]),
    ...currencies.flatMap((currency) =>
      checkFlatSum(
        prices.map((price) => price.models[currency]),
        `models/${currency}`,
      ).map(({ path, message }) => ({ path: `/prices${path}`, message })),
    ),
  ];
}

function checkPhasesOf({ phases }: VersionPrice, known: ReadonlySet<string>, at: string): InputFault[] {
  return (phases ?? []).flatMap((phase, index) =>
    known.has(phase) ? [] : [{ path: `${at}/${index}`, message: 'is not the key of a phase of the plan' }],
  );
}

function checkModels({ model, models }: VersionPrice, currencies: readonly string[], at: string): InputFault[] {
  const missing = currencies.filter((currency) => models[currency] === undefined);
  return [
    ...missing.map((currency) => ({
      path: at,
      message: `must have a model for ${currency}, in which the plan is sold`,
    })),
    ...Object.entries(models).flatMap(([currency, other]) =>
      currencies.includes(currency)
        ? checkAlike(model, other, `${at}/${currency}`)
        : [{ path: `${at}/${currency}`, message: 'is not one of the further currencies of the plan' }],
    ),
  ];
}

/** What decides which quantities are rated, and when, is one thing for all currencies. */
function checkAlike(model: PriceModel, other: PriceModel, at: string): InputFault[] {
  return (['meter', 'dimensions', 'timing'] as const).flatMap((field) => {
    const expected = (model as Partial<Record<typeof field, unknown>>)[field];
    const found = (other as Partial<Record<typeof field, unknown>>)[field];
    if (JSON.stringify(expected) === JSON.stringify(found)) return [];
    const wanted = expected === undefined ? 'absent' : JSON.stringify(expected);
    return [{ path: `${at}/${field}`, message: `must be ${wanted}, as in the main currency` }];
  });
}

function checkSum(amounts: readonly string[], pathOf: (index: number) => string, what: string): InputFault[] {
  let sum = 0n;
  for (const [index, amount] of amounts.entries()) {
    sum += toScaled(amount);
    if (sum >= amountLimit) {
      return [{ path: pathOf(index), message: `makes ${what} add up to more than 18 digits before the point` }];
    }
  }
  return [];
}
