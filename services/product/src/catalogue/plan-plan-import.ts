import { checkPriceMeters, type InputFault, type MeterDimensions } from '@plinth/contracts';
import { under } from '../faults.ts';
import type { Family } from '../family/family.ts';
import type { Feature } from '../feature/feature.ts';
import { checkPlaces, resolvePlacement, type KnownPlan } from '../plan/check-places.ts';
import { checkTerms } from '../plan/check-terms.ts';
import { compareTerms } from '../plan/compare-terms.ts';
import { describeTerms } from '../plan/describe-terms.ts';
import { defaultTerms, type Plan } from '../plan/plan.ts';
import { resolveEntitlements } from '../plan/resolve-entitlements.ts';
import { resolveTerms } from '../plan/resolve-terms.ts';
import type { Product } from '../product/product.ts';
import type { CatalogueDocument } from './catalogue.dto.ts';
import type { Catalogue, ImportStep, Stamp } from './catalogue.ts';
import { decide, fresh, sameText } from './decide.ts';

type GivenPlan = CatalogueDocument['plans'][number];
type PlanStep = Extract<ImportStep, { resource: 'plan' }>;

/** What plans refer to, as it is after the import. */
export interface References {
  readonly products: ReadonlyMap<string, Product>;
  readonly features: ReadonlyMap<string, Feature>;
  readonly families: ReadonlyMap<string, Family>;
  readonly meters: MeterDimensions;
}

export interface PlannedPlans {
  readonly steps: readonly PlanStep[];
  readonly faults: readonly InputFault[];
  /** Every plan that there is after the import. */
  readonly knownPlans: ReadonlyMap<string, KnownPlan>;
}

/** What an import does with plans. A version is published where the terms differ, and nowhere else. */
export function planPlans(
  current: Catalogue,
  { plans }: CatalogueDocument,
  references: References,
  stamp: Stamp,
): PlannedPlans {
  const found = new Map(current.plans.map((plan) => [plan.key, plan]));
  const knownPlans = new Map<string, KnownPlan>([
    ...current.plans.map(({ key, kind, family }) => [key, { kind, family: family?.key ?? null }] as const),
    ...plans.map(({ key, kind, family }) => [key, { kind, family: family?.key ?? null }] as const),
  ]);
  const planned = plans.map((given, index) => {
    const { step, faults } = planOne(given, found.get(given.key), references, stamp);
    return { step, faults: under(`/plans/${index}`, [...faults, ...checkPlaces(step.after, knownPlans)]) };
  });
  return { steps: planned.map(({ step }) => step), faults: planned.flatMap(({ faults }) => faults), knownPlans };
}

function planOne(
  given: GivenPlan,
  before: Plan | undefined,
  { products, features, families, meters }: References,
  stamp: Stamp,
): { step: PlanStep; faults: InputFault[] } {
  const productId = products.get(given.product)?.id;
  const grants = resolveEntitlements(given.entitlements ?? [], features, productId ?? '');
  const placement = resolvePlacement(given.family, families);
  const terms = {
    ...resolveTerms(given, { ...defaultTerms, currency: given.currency, period: given.period }, stamp.newId),
    entitlements: grants.entitlements,
  };
  const beside = { name: given.name, archived: given.archived, family: keepFamily(before, placement.family) };
  const faults = [
    ...(productId === undefined ? [{ path: '/product', message: 'is not the key of a product' }] : grants.faults),
    ...checkTerms(terms),
    ...placement.faults,
  ];
  if (before === undefined) {
    // An archived plan is sold to nobody, and its meters may be gone.
    if (!given.archived) faults.push(...checkPriceMeters(terms.prices, meters));
    const after = { ...fresh(stamp), ...terms, ...beside, key: given.key, kind: given.kind, planVersion: 1 };
    return { step: toStep({ action: 'created', before, after: { ...after, productId: productId ?? '' } }), faults };
  }
  faults.push(...checkIdentity(given, before, productId));
  const changes = compareTerms(describeTerms(before), describeTerms(terms));
  if (changes.length === 0) return { step: toStep(decide(before, { ...before, ...beside }, stamp)), faults };
  // What was published stays as it is, whatever has become of its meters.
  faults.push(...checkPriceMeters(terms.prices, meters));
  if (before.archived && given.archived)
    faults.push({
      path: '/archived',
      message: 'must be false: an archived plan gets no new version, and its terms differ',
    });
  const after: Plan = {
    ...before,
    ...terms,
    ...beside,
    planVersion: before.planVersion + 1,
    version: before.version + 1,
    updatedAt: stamp.now,
  };
  return { step: { ...toStep({ action: 'version_published', before, after }), changes }, faults };
}

/** A family that takes changes at another time is not a change of its plans. */
function keepFamily(before: Plan | undefined, family: Plan['family']): Plan['family'] {
  const placeOf = (place: Plan['family']) => place && [place.key, place.rank, place.changesTo];
  return before !== undefined && sameText(placeOf(before.family), placeOf(family)) ? before.family : family;
}

function checkIdentity(given: GivenPlan, before: Plan, productId: string | undefined): InputFault[] {
  const faults: InputFault[] = [];
  if (productId !== undefined && before.productId !== productId)
    faults.push({ path: '/product', message: 'never changes: use another key for a plan of another product' });
  if (before.kind !== given.kind)
    faults.push({ path: '/kind', message: `never changes: "${given.key}" is of the kind ${before.kind}` });
  return faults;
}

function toStep(decision: Pick<PlanStep, 'action' | 'before' | 'after'>): PlanStep {
  return { resource: 'plan', key: decision.after.key, changes: [], ...decision };
}
