import { priceModelSchema, type Entitlement, type PriceModel } from '@plinth/contracts';
import type { VersionPrice, VersionTerms } from './plan.ts';

/** What a version says by keys alone: without ids, and without what its features say. */
export interface DescribedTerms extends Omit<VersionTerms, 'prices' | 'entitlements'> {
  readonly prices: readonly Omit<VersionPrice, 'id'>[];
  readonly entitlements: readonly Omit<Entitlement, 'type' | 'meter'>[];
}

/**
 * The terms in one form, so that two versions that say the same are equal: models with their defaults, and lists whose
 * order means nothing in alphabetical order.
 */
export function describeTerms(terms: VersionTerms): DescribedTerms {
  return {
    addOnTo: terms.addOnTo === null ? null : terms.addOnTo.toSorted(),
    currency: terms.currency,
    currencies: terms.currencies.toSorted(),
    period: terms.period,
    phases: terms.phases.map(({ key, kind, length }) => ({ key, kind, length })),
    prorationBasis: terms.prorationBasis,
    taxInclusive: terms.taxInclusive,
    minimumSpend: terms.minimumSpend,
    minimumSpends: sortByName(terms.minimumSpends),
    maximumSpend: terms.maximumSpend,
    maximumSpends: sortByName(terms.maximumSpends),
    prices: terms.prices.map(({ key, description, model, models, taxCategory, phases }) => ({
      key,
      description,
      model: describeModel(model),
      models: sortByName(
        Object.fromEntries(Object.entries(models).map(([currency, other]) => [currency, describeModel(other)])),
      ),
      taxCategory,
      phases,
    })),
    entitlements: terms.entitlements.map(({ feature, value, reset, rollOver, overage, alertsAt }) => ({
      feature,
      value,
      reset,
      rollOver,
      overage,
      alertsAt,
    })),
  };
}

/** Models that were stored before a field had a default lack it. */
function describeModel(model: PriceModel): PriceModel {
  return priceModelSchema.parse(model);
}

function sortByName<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
