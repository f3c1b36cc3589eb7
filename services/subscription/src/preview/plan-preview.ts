import type { PlanVersion } from '@plinth/contracts';
import { billPeriod } from '../billing/bill-period.ts';
import { listUsageWindows, type FindQuantity, type UsageWindow } from '../billing/bill-usage.ts';
import { compilePlan, type BillablePlan } from '../billing/billable-plan.ts';
import { planBilling, type BillableSubscription, type PeriodPart } from '../billing/billing.ts';
import { periodContaining } from '../period/period.ts';

/** Which part of a plan version a phase of a subscription is in. */
export interface PhasePart {
  readonly id: string;
  readonly phaseKey: string;
  readonly phaseKind: string;
  readonly paused: boolean;
}

/** A period under the versions it was sold under, and under a proposed one. */
export interface ComparedPeriod {
  readonly current: PeriodPart;
  readonly proposed: PeriodPart;
}

/**
 * The last period of a subscription that has ended, as it is and as it would be if the proposed version had applied
 * wherever another version of that plan did; undefined before the first one has ended.
 */
export function compareLastPeriod(
  subscription: BillableSubscription,
  parts: readonly PhasePart[],
  proposed: PlanVersion,
  now: Date,
): ComparedPeriod | undefined {
  const { index } = periodContaining(subscription.schedule, now);
  if (index <= subscription.firstIndex) return undefined;
  const current = planBilling(subscription, index)?.closing;
  if (current === undefined) return undefined;
  const byId = new Map(parts.map((part) => [part.id, part]));
  const compiled = new Map<string, BillablePlan>();
  const segments = current.segments.map((segment) => {
    const { phase } = segment;
    const part = byId.get(phase.id);
    if (phase.plan.planId !== proposed.planId || part === undefined) return segment;
    const feesWaived = part.phaseKind === 'trial' || part.paused;
    const key = `${part.phaseKey}/${feesWaived}`;
    const plan = compiled.get(key) ?? compilePlan(proposed, { phaseKey: part.phaseKey, feesWaived });
    compiled.set(key, plan);
    return { ...segment, phase: { ...phase, plan } };
  });
  return { current, proposed: { ...current, segments } };
}

/** The windows whose quantities both costs are made of. */
export function listComparedWindows({ current, proposed }: ComparedPeriod): UsageWindow[] {
  return [...listUsageWindows(current), ...listUsageWindows(proposed)];
}

/**
 * What a period costs in minor units, whenever its fees fall due: fees and seats, usage, and what lifts or lowers them
 * to the plan's limits; before coupons, credits and taxes.
 */
export function costOf(subscription: BillableSubscription, closing: PeriodPart, findQuantity: FindQuantity): bigint {
  const { index, end } = closing.period;
  const billing = { index: index + 1, billedAt: end, closing, advance: { ...closing, segments: [] } };
  const lines = billPeriod({ subscription, billing, findQuantity, charged: [] });
  return lines.reduce((sum, line) => sum + line.amountMinor, 0n);
}
