import type { LocalDate } from '@plinth/common/calendar';
import { countDays, startOfDay } from '@plinth/common/local-date';
import { boundaryAt, periodAt, type BillingSchedule, type Period } from '../period/period.ts';
import type { ProrationBasis } from '../period/prorate.ts';
import type { BillablePlan } from './billable-plan.ts';

/** A plan version for a span of one track, [from, to); `to` and `endsAt` are null while no end is known. */
export interface BillablePhase {
  readonly id: string;
  /** The plan itself, or an add-on: each is billed by itself. */
  readonly track: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  /** Local midnights of the dates, unless parts are measured in seconds. */
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly quantity: number;
  readonly plan: BillablePlan;
}

/** What decides when billings fall due. */
export interface BilledSpan {
  readonly schedule: BillingSchedule;
  /** Index of the period in which it starts: negative before the anchor. */
  readonly firstIndex: number;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/** Everything about a subscription that decides its lines; the phases of a track in order of time, without overlap. */
export interface BillableSubscription extends BilledSpan {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  readonly basis: ProrationBasis;
  readonly phases: readonly BillablePhase[];
}

/** The part of a period during which one phase applied. */
export interface Segment {
  readonly phase: BillablePhase;
  readonly start: Date;
  readonly end: Date;
  /** Days or seconds used over those of the real full period (rule 9). */
  readonly used: number;
  readonly of: number;
}

export interface PeriodPart {
  readonly period: Period;
  readonly basis: ProrationBasis;
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
 * When the k-th billing falls due: at the k-th boundary, the first one at the start, or when the subscription ends
 * before it. Null when its end leaves nothing to bill. A subscription that ends as a period begins still has that
 * period's closing, in which what was charged for it in advance is given back.
 */
export function billingAt({ schedule, firstIndex, startsAt, endsAt }: BilledSpan, index: number): Date | null {
  if (index <= firstIndex) return endsAt !== null && endsAt <= startsAt ? null : startsAt;
  const { anchor, period, zone } = schedule;
  const boundary = startOfDay(zone, boundaryAt(anchor, period, index));
  if (endsAt === null) return boundary;
  const opened = index - 1 === firstIndex ? startsAt : startOfDay(zone, boundaryAt(anchor, period, index - 1));
  if (endsAt < opened) return null;
  return endsAt < boundary ? endsAt : boundary;
}

/** What the k-th billing covers, or undefined when there is none. */
export function planBilling(subscription: BillableSubscription, index: number): Billing | undefined {
  const billedAt = billingAt(subscription, index);
  if (billedAt === null) return undefined;
  const { schedule, firstIndex } = subscription;
  return {
    index,
    billedAt,
    closing: index === firstIndex ? undefined : partOf(subscription, periodAt(schedule, index - 1)),
    advance: partOf(subscription, periodAt(schedule, index)),
  };
}

function partOf(subscription: BillableSubscription, period: Period): PeriodPart {
  return { period, basis: subscription.basis, segments: listSegments(subscription, period) };
}

/**
 * The phases' parts of a period. A change's day belongs to the new phase, at local midnight (rule 10), or its second
 * where parts are measured in seconds.
 */
export function listSegments({ schedule: { zone }, basis, phases }: BillableSubscription, period: Period): Segment[] {
  const of = measure(basis, zone, [period.startDate, period.start], [period.endDate, period.end]);
  const segments: Segment[] = [];
  for (const phase of phases) {
    if (phase.startsAt >= period.end || (phase.endsAt !== null && phase.endsAt <= period.start)) continue;
    const from: Edge = phase.startsAt > period.start ? [phase.from, phase.startsAt] : [period.startDate, period.start];
    const to: Edge =
      phase.endsAt !== null && phase.to !== null && phase.endsAt < period.end
        ? [phase.to, phase.endsAt]
        : [period.endDate, period.end];
    if (from[1] >= to[1]) continue;
    segments.push({ phase, start: from[1], end: to[1], used: measure(basis, zone, from, to), of });
  }
  return segments;
}

type Edge = readonly [date: LocalDate, at: Date];

function measure(basis: ProrationBasis, zone: string, from: Edge, to: Edge): number {
  if (basis === 'day') return countDays(zone, from[0], to[0]);
  return Math.floor(to[1].getTime() / 1000) - Math.floor(from[1].getTime() / 1000);
}
