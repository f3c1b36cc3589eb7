import type { InputFault, PlanPhase } from '@plinth/contracts';
import { checkDistinct, toScaled } from '../faults.ts';
import { checkPrices } from './check-prices.ts';
import type { VersionTerms } from './plan.ts';

/**
 * Finds what does not fit together in a version: phases, currencies, least and most that a period costs, and prices.
 * Takes fields that their schemas accept; paths begin at the version. Entitlements have `resolveEntitlements`.
 */
export function checkTerms(terms: VersionTerms): InputFault[] {
  return [
    ...checkPhases(terms.phases),
    ...checkCurrencies(terms),
    ...checkSpend(terms, 'minimumSpend'),
    ...checkSpend(terms, 'maximumSpend'),
    ...checkSpendOrder(terms),
    ...checkPrices(terms),
  ];
}

/** Stages follow one another and the last one has no end. */
function checkPhases(phases: readonly PlanPhase[]): InputFault[] {
  const last = phases.length - 1;
  const faults = phases.flatMap(({ kind, length }, index) => {
    const at = `/phases/${index}`;
    if (index === last)
      return [
        ...(kind === 'evergreen'
          ? []
          : [{ path: `${at}/kind`, message: 'must be evergreen: the last phase has no end' }]),
        ...(length === null ? [] : [{ path: `${at}/length`, message: 'must be null: the last phase has no end' }]),
      ];
    return [
      ...(kind === 'evergreen' ? [{ path: `${at}/kind`, message: 'must be trial or intro: a phase follows it' }] : []),
      ...(length === null ? [{ path: `${at}/length`, message: 'must be a length: a phase follows it' }] : []),
    ];
  });
  const keys = phases.map((phase) => phase.key);
  return [...checkDistinct(keys, '/phases', 'key'), ...faults];
}

function checkCurrencies({ currency, currencies }: VersionTerms): InputFault[] {
  return [
    ...checkDistinct(currencies, '/currencies'),
    ...currencies.flatMap((other, index) =>
      other === currency ? [{ path: `/currencies/${index}`, message: 'is the main currency of the plan' }] : [],
    ),
  ];
}

/** An amount holds in every currency that the plan is sold in, or in none. */
function checkSpend(terms: VersionTerms, name: 'minimumSpend' | 'maximumSpend'): InputFault[] {
  const [main, others] = [terms[name], terms[`${name}s`]];
  const faults = Object.entries(others).flatMap(([currency, amount]) => {
    const path = `/${name}s/${currency}`;
    if (main === null) return [{ path, message: `must be absent: the plan has no ${name}` }];
    if (!terms.currencies.includes(currency))
      return [{ path, message: 'is not one of the further currencies of the plan' }];
    return toScaled(amount) < 0n ? [{ path, message: 'must not be negative' }] : [];
  });
  if (main === null) return faults;
  const missing = terms.currencies.filter((currency) => others[currency] === undefined);
  return [
    ...(toScaled(main) < 0n ? [{ path: `/${name}`, message: 'must not be negative' }] : []),
    ...missing.map((currency) => ({
      path: `/${name}s`,
      message: `must have an amount in ${currency}, in which the plan is sold`,
    })),
    ...faults,
  ];
}

function checkSpendOrder(terms: VersionTerms): InputFault[] {
  const pairs = [
    ['/maximumSpend', terms.minimumSpend, terms.maximumSpend] as const,
    ...terms.currencies.map(
      (currency) =>
        [`/maximumSpends/${currency}`, terms.minimumSpends[currency], terms.maximumSpends[currency]] as const,
    ),
  ];
  return pairs.flatMap(([path, minimum, maximum]) =>
    typeof minimum === 'string' && typeof maximum === 'string' && toScaled(maximum) < toScaled(minimum)
      ? [{ path, message: `must not be less than the minimum of ${minimum}` }]
      : [],
  );
}
