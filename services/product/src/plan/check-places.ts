import type { InputFault, PlanFamily, PlanVersion } from '@plinth/contracts';
import { checkDistinct } from '../faults.ts';
import type { Plan } from './plan.ts';

/** What a reference to another plan needs to know of it. */
export interface KnownPlan {
  readonly kind: PlanVersion['kind'];
  /** Key of its family. */
  readonly family: string | null;
}

/** A family as placing a plan in it needs it. */
export type KnownFamily = Pick<PlanFamily, 'key' | 'upgrade' | 'downgrade'>;

/** Where a plan stands in a family. */
export interface Placement {
  readonly key: string;
  readonly rank: number;
  readonly changesTo?: readonly string[] | null | undefined;
}

export interface ResolvedPlacement {
  readonly family: PlanFamily | null;
  readonly faults: readonly InputFault[];
}

/** The plan's family with what it says about changes. Paths begin at the plan. */
export function resolvePlacement(
  placement: Placement | null | undefined,
  families: ReadonlyMap<string, KnownFamily>,
): ResolvedPlacement {
  if (placement === undefined || placement === null) return { family: null, faults: [] };
  const family = families.get(placement.key);
  if (family === undefined)
    return { family: null, faults: [{ path: '/family/key', message: 'is not the key of a plan family' }] };
  const { key, upgrade, downgrade } = family;
  const changesTo = placement.changesTo ?? null;
  return {
    family: { key, rank: placement.rank, upgrade, downgrade, changesTo: changesTo === null ? null : [...changesTo] },
    faults: [],
  };
}

/**
 * Finds references to other plans that lead nowhere: an add-on is sold with plans, and a plan of a family changes to
 * others of it. Paths begin at the plan.
 */
export function checkPlaces(
  { key, kind, addOnTo, family }: Pick<Plan, 'key' | 'kind' | 'addOnTo' | 'family'>,
  known: ReadonlyMap<string, KnownPlan>,
): InputFault[] {
  const faults: InputFault[] = [];
  if (kind === 'plan' && addOnTo !== null)
    faults.push({ path: '/addOnTo', message: 'belongs to add-ons only: set "kind" to "add_on" or leave it out' });
  if (kind === 'add_on') faults.push(...checkAddOnTo(addOnTo ?? [], known));
  if (kind === 'add_on' && family !== null)
    faults.push({ path: '/family', message: 'must be absent: add-ons belong to no family' });
  if (kind === 'plan' && family !== null) faults.push(...checkChanges(key, family, known));
  return faults;
}

function checkAddOnTo(keys: readonly string[], known: ReadonlyMap<string, KnownPlan>): InputFault[] {
  return [
    ...checkDistinct(keys, '/addOnTo'),
    ...keys.flatMap((key, index) =>
      known.get(key)?.kind === 'plan' ? [] : [{ path: `/addOnTo/${index}`, message: 'is not the key of a plan' }],
    ),
  ];
}

function checkChanges(own: string, family: PlanFamily, known: ReadonlyMap<string, KnownPlan>): InputFault[] {
  const keys = family.changesTo ?? [];
  return [
    ...checkDistinct(keys, '/family/changesTo'),
    ...keys.flatMap((key, index) =>
      key !== own && known.get(key)?.family === family.key
        ? []
        : [
            {
              path: `/family/changesTo/${index}`,
              message: `is not the key of another plan of the family "${family.key}"`,
            },
          ],
    ),
  ];
}
