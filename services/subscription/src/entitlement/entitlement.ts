import type { BillingPeriod, Entitlement } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import { exact } from '../money/exact-decimal.ts';

/** What one phase of a subscription that is in force grants. */
export interface Grant {
  readonly entitlements: readonly Entitlement[];
  /** An add-on grants its values once for each unit; a plan grants them once, whatever its seats. */
  readonly units: number;
}

/** What an account may use, all of its subscriptions together. */
export interface AccountEntitlements {
  readonly accountId: string;
  readonly entitlements: readonly Entitlement[];
  readonly anchor: LocalDate | null;
  readonly period: BillingPeriod | null;
}

/**
 * Adds up what plans and add-ons grant: a boolean feature is there if one of them grants it; limits and quotas add up;
 * more than a quota may be used if one of them allows it. How a quota begins anew is as the first of them says.
 */
export function mergeEntitlements(grants: readonly Grant[]): Entitlement[] {
  const merged = new Map<string, Entitlement>();
  for (const { entitlements, units } of grants) {
    for (const entitlement of entitlements) {
      const granted = multiply(entitlement, units);
      const before = merged.get(granted.feature);
      merged.set(granted.feature, before === undefined ? granted : add(before, granted));
    }
  }
  return [...merged.values()].sort((left, right) => (left.feature < right.feature ? -1 : 1));
}

function multiply(entitlement: Entitlement, units: number): Entitlement {
  const { value, rollOver } = entitlement;
  if (typeof value === 'boolean' || units === 1) return entitlement;
  const times = (amount: string): string => exact(amount).times(units).toFixed();
  return { ...entitlement, value: times(value), rollOver: rollOver === null ? null : times(rollOver) };
}

function add(before: Entitlement, more: Entitlement): Entitlement {
  const overage = before.overage === 'allow' || more.overage === 'allow' ? 'allow' : before.overage;
  return {
    ...before,
    value:
      typeof before.value === 'boolean' || typeof more.value === 'boolean'
        ? before.value === true || more.value === true
        : sum(before.value, more.value),
    rollOver: before.rollOver === null && more.rollOver === null ? null : sum(before.rollOver, more.rollOver),
    overage,
    alertsAt: [...new Set([...before.alertsAt, ...more.alertsAt])].sort((left, right) => left - right),
  };
}

function sum(left: string | null, right: string | null): string {
  return exact(left ?? '0')
    .plus(right ?? '0')
    .toFixed();
}
