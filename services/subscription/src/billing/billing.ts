import type { LocalDate } from '../period/calendar.ts';
import { countDays, startOfDay } from '../period/local-date.ts';
import { boundaryAt, periodAt, type BillingSchedule, type Period } from '../period/period.ts';
import type { BillablePlan } from './billable-plan.ts';

/** A plan version for a span of dates, [from, to); `to` is null while no end is known. */
export interface BillablePhase {
  readonly id: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly quantity: number;
  readonly plan: BillablePlan;
}

/** Everything about a subscription that decides its lines; phases in order of time, without overlap. */
export interface BillableSubscription {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  readonly schedule: BillingSchedule;
  readonly endsOn: LocalDate | null;
  readonly phases: readonly BillablePhase[];
}

/** The part of a period during which one phase applied. */
export interface Segment {
  readonly phase: BillablePhase;
  readonly start: Date;
  readonly end: Date;
  /** Days used over those of the real full period (rule 9). */
  readonly used: number;
  readonly of: number;
}

export interface PeriodPart {
  readonly period: Period;
  readonly segments: readonly Segment[];
}

/** The k-th billing of a subscription: it closes period k − 1 and charges period k in advance. */
export interface Billing {
  readonly index: number;
  readonly billedAt: Date;
  readonly closing: PeriodPart | undefined;
  readonly advance: PeriodPart;
}

/**
 * When the k-th billing falls due: at the k-th boundary, or when the subscription ends before it. Null when its end
 * leaves nothing to bill.
 */
export function billingAt(schedule: BillingSchedule, endsOn: LocalDate | null, index: number): Date | null {
  const { anchor, period, zone } = schedule;
  const boundary = boundaryAt(anchor, period, index);
  if (endsOn === null) return startOfDay(zone, boundary);
  const opened = index === 0 ? anchor : boundaryAt(anchor, period, index - 1);
  if (endsOn <= opened) return null;
  return startOfDay(zone, endsOn < boundary ? endsOn : boundary);
}

/** What the k-th billing covers, or undefined when there is none. */
export function planBilling(subscription: BillableSubscription, index: number): Billing | undefined {
  const { schedule, endsOn } = subscription;
  const billedAt = billingAt(schedule, endsOn, index);
  if (billedAt === null) return undefined;
  return {
    index,
    billedAt,
    closing: index === 0 ? undefined : partOf(subscription, periodAt(schedule, index - 1)),
    advance: partOf(subscription, periodAt(schedule, index)),
  };
}

function partOf(subscription: BillableSubscription, period: Period): PeriodPart {
  return { period, segments: listSegments(subscription, period) };
}

/** The phases' parts of a period. A change's day belongs to the new phase, at local midnight (rule 10). */
export function listSegments({ schedule, phases }: BillableSubscription, period: Period): Segment[] {
  const { zone } = schedule;
  const of = countDays(zone, period.startDate, period.endDate);
  const segments: Segment[] = [];
  for (const phase of phases) {
    const from = phase.from > period.startDate ? phase.from : period.startDate;
    const to = phase.to !== null && phase.to < period.endDate ? phase.to : period.endDate;
    if (from >= to) continue;
    segments.push({
      phase,
      start: startOfDay(zone, from),
      end: startOfDay(zone, to),
      used: countDays(zone, from, to),
      of,
    });
  }
  return segments;
}
