import type { PlanVersion } from '@plinth/contracts';
import type { SoldPlanVersion } from './plan-version.store.ts';

/** A plan version and how many of it. */
export interface PlanQuantity {
  readonly plan: Pick<SoldPlanVersion, 'planId' | 'planKey' | 'family'>;
  readonly quantity: number;
}

/**
 * When a change takes effect that does not say so: upgrades now, downgrades at the end of the term (rule 11), or as the
 * family says, which knows no terms: the end of a period is that of the term for it. Within one plan, more is an upgrade. Between plans without a common family nobody knows: now.
 */
export function defaultTiming(from: PlanQuantity, to: PlanQuantity): 'now' | 'term_end' {
  if (from.plan.planId === to.plan.planId) return to.quantity < from.quantity ? 'term_end' : 'now';
  const [before, after] = [from.plan.family, to.plan.family];
  if (before === null || after === null || before.key !== after.key) return 'now';
  if (after.rank === before.rank) return 'now';
  return (after.rank > before.rank ? before.upgrade : before.downgrade) === 'now' ? 'now' : 'term_end';
}

/** Whether the family of a plan lets its subscriptions change to another one. */
export function mayChange(from: PlanQuantity['plan'], to: PlanQuantity['plan']): boolean {
  if (from.planId === to.planId || from.family === null) return true;
  return from.family.changesTo === null
    ? to.family?.key === from.family.key
    : from.family.changesTo.includes(to.planKey);
}

/** Whom the trial of a plan counts for: an account has one for each plan family, or for a plan without one (rule 11). */
export function trialSubject({ planId, family }: Pick<PlanVersion, 'planId' | 'family'>): string {
  return family === null ? `plan:${planId}` : `family:${family.key}`;
}
