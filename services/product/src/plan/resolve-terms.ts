import type { z } from 'zod';
import type { newTermsShape } from './plan-terms.dto.ts';
import type { VersionPrice, VersionTerms } from './plan.ts';

type Given = { readonly [Name in keyof typeof newTermsShape]?: z.output<(typeof newTermsShape)[Name]> | undefined };

/** What a version is published with, once its shape is known to be right. */
export interface NewTerms extends Given {
  readonly prices: z.output<typeof newTermsShape.prices>;
}

/** What a version takes over where it is given nothing: the version before, or the defaults. */
export type TermsBefore = Omit<VersionTerms, 'prices' | 'entitlements'>;

/** The terms of a version without its entitlements, which need the features; `newId` names its prices. */
export function resolveTerms(
  given: NewTerms,
  before: TermsBefore,
  newId: () => string,
): Omit<VersionTerms, 'entitlements'> {
  return {
    addOnTo: given.addOnTo === undefined ? before.addOnTo : given.addOnTo,
    currency: given.currency ?? before.currency,
    currencies: given.currencies ?? before.currencies,
    period: given.period ?? before.period,
    phases: given.phases ?? before.phases,
    prorationBasis: given.prorationBasis ?? before.prorationBasis,
    taxInclusive: given.taxInclusive ?? before.taxInclusive,
    minimumSpend: given.minimumSpend === undefined ? before.minimumSpend : given.minimumSpend,
    minimumSpends: given.minimumSpends ?? before.minimumSpends,
    maximumSpend: given.maximumSpend === undefined ? before.maximumSpend : given.maximumSpend,
    maximumSpends: given.maximumSpends ?? before.maximumSpends,
    prices: given.prices.map(
      ({ key, description, model, models = {}, taxCategory = 'standard', phases = null }): VersionPrice => ({
        id: newId(),
        key,
        description,
        model,
        models,
        taxCategory,
        phases,
      }),
    ),
  };
}
