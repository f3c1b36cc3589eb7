import { Decimal } from 'decimal.js';
import type { QuotaReset, QuotaWindow } from './quota-window.ts';

/** Sums of quantities have up to 30 digits and more; they are added and compared without rounding. */
const Exact = Decimal.clone({ precision: 80 });

/** How much of a meter an account may use in a window. Quantities are exact decimals as text. */
export interface Quota {
  readonly id: string;
  /** Null: each account that has no quota of its own for the meter. */
  readonly accountId: string | null;
  readonly meterId: string;
  readonly meter: string;
  readonly feature: string | null;
  readonly limit: string;
  readonly reset: QuotaReset;
  /** Most that is carried into the next window; null: nothing. */
  readonly rollOver: string | null;
  /** Whether more than the limit may be used. */
  readonly overage: 'allow' | 'deny';
  /** Percent of the limit at which an alert is raised, ascending. */
  readonly alertsAt: readonly number[];
  /** Set by hand, or by the account's plans. */
  readonly source: 'manual' | 'entitlement';
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What an account has used of a quota in the window that runs. */
export interface QuotaState {
  readonly quota: Quota;
  readonly accountId: string;
  readonly window: QuotaWindow;
  readonly used: string;
  /** What was rolled over into the window. */
  readonly carried: string;
  /** The quota's limit with what was rolled over. */
  readonly limit: string;
  readonly remaining: string;
  /** Used beyond the limit. */
  readonly overage: string;
  /** Used of the limit, in whole percents, rounded down; 100 and more: used up. */
  readonly percent: string;
}

/** What a quota granted in a window, and what was rolled over into it. */
export interface GrantedWindow {
  readonly carried: string;
  readonly limit: string;
}

/** What is carried into the next window: what was left, up to the most that rolls over. */
export function carryOver(granted: GrantedWindow, used: string, rollOver: string): string {
  const left = new Exact(granted.limit).plus(granted.carried).minus(used);
  return Exact.max(0, Exact.min(left, rollOver)).toFixed();
}

/** The state of a quota after so much usage. */
export function stateOf(
  quota: Quota,
  accountId: string,
  window: QuotaWindow,
  { used, carried }: { readonly used: string; readonly carried: string },
): QuotaState {
  const limit = new Exact(quota.limit).plus(carried);
  const left = limit.minus(used);
  return {
    quota,
    accountId,
    window,
    used: new Exact(used).toFixed(),
    carried,
    limit: limit.toFixed(),
    remaining: Exact.max(0, left).toFixed(),
    overage: Exact.max(0, left.negated()).toFixed(),
    percent: percentOf(new Exact(used), limit),
  };
}

/** Whether an account may use so much more. */
export function allows(state: QuotaState, quantity: string): boolean {
  return state.quota.overage === 'allow' || new Exact(state.used).plus(quantity).lte(state.limit);
}

/** The percentages of the quota that the usage has reached, ascending. */
export function reachedAlerts(state: QuotaState): number[] {
  return state.quota.alertsAt.filter((percent) => new Exact(state.percent).gte(percent));
}

/** Whether nothing is left of a quota that must not be exceeded. */
export function isUsedUp(state: QuotaState): boolean {
  return state.quota.overage === 'deny' && new Exact(state.percent).gte(100);
}

/**
 * The quotas that hold for one account: its own, and those for all accounts where it has none of its own for the meter.
 */
export function selectQuotas(quotas: readonly Quota[]): Quota[] {
  const own = new Set(quotas.filter(({ accountId }) => accountId !== null).map(({ meterId }) => meterId));
  return quotas.filter(({ accountId, meterId }) => accountId !== null || !own.has(meterId));
}

/** The state that decides: one that refuses before others, then the one with the least left. */
export function pickDeciding(states: readonly QuotaState[], quantity: string): QuotaState | undefined {
  return [...states].sort(
    (left, right) =>
      Number(allows(left, quantity)) - Number(allows(right, quantity)) ||
      new Exact(left.remaining).cmp(right.remaining),
  )[0];
}

/** A limit of zero is used up with the first use, and not before. */
function percentOf(used: Decimal, limit: Decimal): string {
  if (limit.isZero()) return used.gt(0) ? '100' : '0';
  return Exact.max(0, used.times(100).divToInt(limit)).toFixed();
}
