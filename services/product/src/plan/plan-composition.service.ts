import { checkPriceMeters, type Entitlement, type MeterDimensions } from '@plinth/contracts';
import { newId, type Transaction } from '@plinth/common';
import { assertSound } from '../faults.ts';
import type { FamilyService } from '../family/family.service.ts';
import type { FeatureService } from '../feature/feature.service.ts';
import { changePlacement } from './change-placement.ts';
import {
  checkPlaces,
  resolvePlacement,
  type KnownPlan,
  type Placement,
  type ResolvedPlacement,
} from './check-places.ts';
import { checkTerms } from './check-terms.ts';
import type { NewPlan, NewPlanVersion, PlanChange } from './plan.dto.ts';
import { PlanArchivedError } from './plan.errors.ts';
import { defaultTerms, type Plan } from './plan.ts';
import { listKnownPlans } from './plan.store.ts';
import { resolveEntitlements, type NewEntitlement, type ResolvedEntitlements } from './resolve-entitlements.ts';
import { resolveTerms } from './resolve-terms.ts';

/** What a version is made with beside what callers say. */
export interface CompositionFacts {
  readonly now: Date;
  /** The meters in use that its prices name. */
  readonly meters: MeterDimensions;
}

/** Makes plans and versions of what callers say, and finds all faults of it. Writes nothing. */
export class PlanComposition {
  readonly #features: FeatureService;
  readonly #families: FamilyService;

  constructor(features: FeatureService, families: FamilyService) {
    this.#features = features;
    this.#families = families;
  }

  /** A plan with its first version. */
  async composePlan(transaction: Transaction, input: NewPlan, { now, meters }: CompositionFacts): Promise<Plan> {
    const grants = await this.#resolveGrants(transaction, input.entitlements ?? [], input.productId);
    const placement = await this.#resolvePlacement(transaction, input.family);
    const plan: Plan = {
      ...resolveTerms(input, { ...defaultTerms, currency: input.currency, period: input.period }, newId),
      id: newId(now.getTime()),
      productId: input.productId,
      key: input.key,
      name: input.name,
      kind: input.kind ?? 'plan',
      family: placement.family,
      archived: false,
      planVersion: 1,
      entitlements: grants.entitlements,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const known = await loadKnownPlans(transaction, plan);
    assertSound([
      ...checkTerms(plan),
      ...checkPriceMeters(plan.prices, meters),
      ...grants.faults,
      ...placement.faults,
      ...checkPlaces(plan, known),
    ]);
    return plan;
  }

  /** The plan in its next version. */
  async composeVersion(
    transaction: Transaction,
    before: Plan,
    content: NewPlanVersion,
    { now, meters }: CompositionFacts,
  ): Promise<Plan> {
    if (before.archived) throw new PlanArchivedError(before.id);
    const given = content.entitlements ?? before.entitlements;
    const grants = await this.#resolveGrants(transaction, given, before.productId);
    const after: Plan = {
      ...before,
      ...resolveTerms(content, before, newId),
      planVersion: before.planVersion + 1,
      entitlements: grants.entitlements,
      version: before.version + 1,
      updatedAt: now,
    };
    const known = await loadKnownPlans(transaction, after);
    // A version says nothing of the family, which is checked where it is set.
    assertSound([
      ...checkTerms(after),
      ...checkPriceMeters(after.prices, meters),
      ...grants.faults,
      ...checkPlaces({ ...after, family: null }, known),
    ]);
    return after;
  }

  /** The family of the plan after a change of its place. */
  async place(transaction: Transaction, plan: Plan, change: PlanChange['family']): Promise<Plan['family']> {
    const { placement, faults } = changePlacement(plan.family, change);
    assertSound(faults);
    const resolved = await this.#resolvePlacement(transaction, placement);
    const moved = { ...plan, addOnTo: null, family: resolved.family };
    const known = await loadKnownPlans(transaction, moved);
    assertSound([...resolved.faults, ...checkPlaces(moved, known)]);
    return resolved.family;
  }

  async #resolveGrants(
    transaction: Transaction,
    given: readonly (NewEntitlement | Entitlement)[],
    productId: string,
  ): Promise<ResolvedEntitlements> {
    const keys = given.map((entitlement) => entitlement.feature);
    return resolveEntitlements(given, await this.#features.resolveKeys(transaction, keys), productId);
  }

  async #resolvePlacement(transaction: Transaction, given: Placement | null | undefined): Promise<ResolvedPlacement> {
    const keys = given === undefined || given === null ? [] : [given.key];
    return resolvePlacement(given, await this.#families.resolveKeys(transaction, keys));
  }
}

/** The plans that a plan refers to. */
async function loadKnownPlans(transaction: Transaction, plan: Plan): Promise<ReadonlyMap<string, KnownPlan>> {
  const keys = [...(plan.addOnTo ?? []), ...(plan.family?.changesTo ?? [])];
  const plans = keys.length === 0 ? [] : await listKnownPlans(transaction, keys);
  return new Map(plans.map((known) => [known.key, known]));
}
