import { checkPriceModel, type BillingPeriod, type InputFault, type Price, type PriceModel } from '@plinth/contracts';

/** What a plan version grants of one feature: true or false of a boolean feature, an exact decimal of the others. */
export interface Entitlement {
  /** Key of the feature. */
  readonly feature: string;
  readonly value: boolean | string;
}

/** A plan and one of its versions. Versions are final: subscriptions keep the one that they were sold under. */
export interface Plan {
  readonly id: string;
  readonly productId: string;
  readonly key: string;
  readonly name: string;
  readonly archived: boolean;
  readonly planVersion: number;
  readonly currency: string;
  readonly period: BillingPeriod;
  readonly prices: readonly Price[];
  readonly entitlements: readonly Entitlement[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What an entitlement needs to know of a feature. */
export interface GrantedFeature {
  readonly id: string;
  readonly productId: string;
  readonly type: 'boolean' | 'limit' | 'metered';
}

// Amounts have 18 integer and 12 fraction digits; what is charged together has to fit as well.
const fractionDigits = 12;
const amountLimit = 10n ** BigInt(18 + fractionDigits);

/** Finds keys that an earlier entry has too; `at` is the pointer of the list and `name` the field of the key. */
export function checkDistinct(keys: readonly string[], at: string, name: string): InputFault[] {
  return keys.flatMap((key, index) =>
    keys.indexOf(key) < index ? [{ path: `${at}/${index}/${name}`, message: `repeats "${key}"` }] : [],
  );
}

/** Finds what is wrong with a price model by itself. Takes what `priceModelSchema` accepts. */
export function checkModel(model: PriceModel): InputFault[] {
  if (model.model !== 'graduated' && model.model !== 'volume') return checkPriceModel(model);
  const flatAmounts = model.tiers.map((tier) => tier.flatAmount ?? '0');
  // Volume prices charge the flat amount of one tier, graduated ones those of all tiers that were entered.
  const sums =
    model.model === 'graduated' ? checkSum(flatAmounts, (index) => `/tiers/${index}/flatAmount`, 'the tiers') : [];
  return [...checkPriceModel(model), ...sums];
}

/** Finds flat prices that add up to more than an amount can hold. Takes models that `checkModel` finds nothing in. */
export function checkFlatSum(models: readonly PriceModel[]): InputFault[] {
  const amounts = models.map((model) => (model.model === 'flat' ? model.amount : '0'));
  return checkSum(amounts, (index) => `/${index}/model/amount`, 'the flat prices');
}

/** Finds entitlements that do not fit the features they name. */
export function checkEntitlements(
  entitlements: readonly Entitlement[],
  features: ReadonlyMap<string, GrantedFeature>,
  productId: string,
): InputFault[] {
  return entitlements.flatMap(({ feature: key, value }, index) => {
    const feature = features.get(key);
    if (feature?.productId !== productId) {
      return [{ path: `/entitlements/${index}/feature`, message: "is not the key of a feature of the plan's product" }];
    }
    const message = checkValue(feature, value);
    return message === undefined ? [] : [{ path: `/entitlements/${index}/value`, message }];
  });
}

function checkValue({ type }: GrantedFeature, value: boolean | string): string | undefined {
  if (type === 'boolean')
    return typeof value === 'boolean' ? undefined : 'must be true or false: the feature is boolean';
  if (typeof value === 'boolean') return `must be a decimal: the feature is of type ${type}`;
  return toScaled(value) < 0n ? 'must not be negative' : undefined;
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

/** The decimal as an integer of its twelfth place: addition without a decimal library and without loss. */
function toScaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(fractionDigits, '0'));
}
