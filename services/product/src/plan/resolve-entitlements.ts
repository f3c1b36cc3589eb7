import type { Entitlement, InputFault } from '@plinth/contracts';
import { checkDistinct, toScaled } from '../faults.ts';

/** An entitlement as a version is published with it; what is absent has its default. */
export interface NewEntitlement {
  readonly feature: string;
  readonly value: boolean | string;
  readonly reset?: Entitlement['reset'] | undefined;
  readonly rollOver?: string | null | undefined;
  readonly overage?: Entitlement['overage'] | undefined;
  readonly alertsAt?: readonly number[] | undefined;
}

/** What an entitlement needs to know of a feature. */
export interface GrantedFeature {
  readonly productId: string;
  readonly type: Entitlement['type'];
  readonly meter: string | null;
}

export interface ResolvedEntitlements {
  readonly entitlements: readonly Entitlement[];
  readonly faults: readonly InputFault[];
}

const meteredFields = ['reset', 'rollOver', 'overage', 'alertsAt'] as const;

/**
 * Fills in what entitlements leave out, and finds those that do not fit the features they name. A metered one is by
 * default a hard quota of the billing period, of which nothing is carried over. Paths begin at the version.
 */
export function resolveEntitlements(
  entitlements: readonly NewEntitlement[],
  features: ReadonlyMap<string, GrantedFeature>,
  productId: string,
): ResolvedEntitlements {
  const resolved: Entitlement[] = [];
  const faults: InputFault[] = [];
  for (const [index, entitlement] of entitlements.entries()) {
    const at = `/entitlements/${index}`;
    const feature = features.get(entitlement.feature);
    if (feature?.productId !== productId) {
      faults.push({ path: `${at}/feature`, message: "is not the key of a feature of the plan's product" });
      continue;
    }
    faults.push(...checkEntitlement(entitlement, feature, at));
    resolved.push(resolveEntitlement(entitlement, feature));
  }
  return { entitlements: resolved, faults };
}

function resolveEntitlement(given: NewEntitlement, { type, meter }: GrantedFeature): Entitlement {
  const isMetered = type === 'metered';
  return {
    feature: given.feature,
    type,
    value: given.value,
    meter,
    reset: isMetered ? (given.reset ?? 'period') : null,
    rollOver: given.rollOver ?? null,
    overage: isMetered ? (given.overage ?? 'deny') : null,
    alertsAt: [...(given.alertsAt ?? [])],
  };
}

function checkEntitlement(given: NewEntitlement, feature: GrantedFeature, at: string): InputFault[] {
  const message = checkValue(feature.type, given.value);
  const faults = message === undefined ? [] : [{ path: `${at}/value`, message }];
  if (feature.type !== 'metered') {
    const named = meteredFields.filter((field) => isGiven(given[field]));
    return [
      ...faults,
      ...named.map((field) => ({ path: `${at}/${field}`, message: 'belongs to metered features only' })),
    ];
  }
  return [
    ...faults,
    ...checkRollOver(given, at),
    ...checkDistinct((given.alertsAt ?? []).map(String), `${at}/alertsAt`),
  ];
}

function isGiven(value: NewEntitlement[(typeof meteredFields)[number]]): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

function checkValue(type: GrantedFeature['type'], value: boolean | string): string | undefined {
  if (type === 'boolean')
    return typeof value === 'boolean' ? undefined : 'must be true or false: the feature is boolean';
  if (typeof value === 'boolean') return `must be a decimal: the feature is of type ${type}`;
  return toScaled(value) < 0n ? 'must not be negative' : undefined;
}

function checkRollOver({ rollOver, reset }: NewEntitlement, at: string): InputFault[] {
  if (rollOver === undefined || rollOver === null) return [];
  const path = `${at}/rollOver`;
  if (reset === 'never')
    return [{ path, message: 'must be null: an allowance that never begins anew carries nothing over' }];
  return toScaled(rollOver) > 0n ? [] : [{ path, message: 'must be greater than zero' }];
}
