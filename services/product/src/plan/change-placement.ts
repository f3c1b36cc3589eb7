import type { InputFault, PlanFamily } from '@plinth/contracts';
import type { Placement } from './check-places.ts';

/** A change of a plan's place as a merge patch says it; null: the plan leaves its family. */
export type PlacementChange = { readonly [Name in keyof Placement]?: Placement[Name] | undefined } | null | undefined;

/**
 * The place that a change makes of the one before. A plan that enters a family, or goes to another one, needs a rank
 * there and keeps nothing of the former place. Paths begin at the plan.
 */
export function changePlacement(
  before: PlanFamily | null,
  change: PlacementChange,
): { readonly placement: Placement | null; readonly faults: readonly InputFault[] } {
  if (change === undefined || change === null) return { placement: null, faults: [] };
  const key = change.key ?? before?.key;
  if (key === undefined)
    return { placement: null, faults: [{ path: '/family/key', message: 'is required: the plan is in no family' }] };
  const kept = before?.key === key ? before : undefined;
  const rank = change.rank ?? kept?.rank;
  if (rank === undefined)
    return { placement: null, faults: [{ path: '/family/rank', message: `is required: the plan enters "${key}"` }] };
  const changesTo = change.changesTo === undefined ? (kept?.changesTo ?? null) : change.changesTo;
  return { placement: { key, rank, changesTo }, faults: [] };
}
