import type {
  BillingPeriod,
  Entitlement,
  PlanFamily,
  PlanPhase,
  PlanVersion,
  Price,
  PriceModel,
} from '@plinth/contracts';

/** A price as a version is published with it: `model` in the main currency, `models` in each of the others. */
export interface VersionPrice extends Price {
  readonly models: Readonly<Record<string, PriceModel>>;
}

/** What a plan version says; final once published. Amounts are exact decimals in major units. */
export interface VersionTerms {
  /** Keys of the plans that an add-on may be sold with; null: with any. */
  readonly addOnTo: readonly string[] | null;
  /** The main currency, in which `minimumSpend`, `maximumSpend` and the prices' `model` are. */
  readonly currency: string;
  /** The others. */
  readonly currencies: readonly string[];
  readonly period: BillingPeriod;
  readonly phases: readonly PlanPhase[];
  readonly prorationBasis: PlanVersion['prorationBasis'];
  readonly taxInclusive: boolean;
  readonly minimumSpend: string | null;
  /** By the currencies beside the main one. */
  readonly minimumSpends: Readonly<Record<string, string>>;
  readonly maximumSpend: string | null;
  readonly maximumSpends: Readonly<Record<string, string>>;
  readonly prices: readonly VersionPrice[];
  readonly entitlements: readonly Entitlement[];
}

/** A plan and one of its versions. Versions are final: subscriptions keep the one that they were sold under. */
export interface Plan extends VersionTerms {
  readonly id: string;
  readonly productId: string;
  readonly key: string;
  readonly name: string;
  readonly kind: PlanVersion['kind'];
  readonly family: PlanFamily | null;
  readonly archived: boolean;
  readonly planVersion: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The terms of a plan that says nothing but its currency, its period and its prices. */
export const defaultTerms: Omit<VersionTerms, 'currency' | 'period' | 'prices'> = {
  addOnTo: null,
  currencies: [],
  phases: [{ key: 'evergreen', kind: 'evergreen', length: null }],
  prorationBasis: 'day',
  taxInclusive: false,
  minimumSpend: null,
  minimumSpends: {},
  maximumSpend: null,
  maximumSpends: {},
  entitlements: [],
};

/**
 * The version as other services get it, with the prices of one currency, the main one unless another is asked for;
 * undefined when the plan is not sold in it.
 */
export function resolveVersion(plan: Plan, currency = plan.currency): PlanVersion | undefined {
  const isMain = currency === plan.currency;
  if (!isMain && !plan.currencies.includes(currency)) return undefined;
  return {
    planId: plan.id,
    planKey: plan.key,
    planName: plan.name,
    version: plan.planVersion,
    kind: plan.kind,
    family: plan.family,
    addOnTo: plan.addOnTo === null ? null : [...plan.addOnTo],
    currency,
    period: plan.period,
    phases: [...plan.phases],
    prorationBasis: plan.prorationBasis,
    taxInclusive: plan.taxInclusive,
    minimumSpend: isMain ? plan.minimumSpend : (plan.minimumSpends[currency] ?? null),
    maximumSpend: isMain ? plan.maximumSpend : (plan.maximumSpends[currency] ?? null),
    prices: plan.prices.map(({ models, ...price }) => ({
      ...price,
      model: isMain ? price.model : (models[currency] ?? price.model),
    })),
    entitlements: [...plan.entitlements],
    archived: plan.archived,
  };
}
