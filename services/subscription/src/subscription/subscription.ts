import type { BillingPeriod } from '@plinth/contracts';
import { billingAt } from '../billing/billing.ts';
import { addDays, type LocalDate } from '../period/calendar.ts';
import { localDateAt, startOfDay } from '../period/local-date.ts';
import { periodOfDate, type BillingSchedule } from '../period/period.ts';

export type SubscriptionStatus = 'active' | 'canceled';

/** When a change or a cancellation takes effect. */
export type EffectiveTime = 'now' | 'period_end';

/** A plan version that applies from a date on, until `to` or without an end known. */
export interface Phase {
  readonly id: string;
  readonly planId: string;
  readonly planVersion: number;
  readonly quantity: number;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** What an account has subscribed to. Currency, zone and period are those at the time of the sale. */
export interface Subscription {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly startsOn: LocalDate;
  readonly period: BillingPeriod;
  /** `canceled` from the request on; it is served until `endsOn`, the first date that is no longer subscribed. */
  readonly status: SubscriptionStatus;
  readonly endsOn: LocalDate | null;
  readonly billNextIndex: number;
  readonly billNextAt: Date | null;
  readonly changedSinceBilling: boolean;
  readonly phases: readonly Phase[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type NewPhase = Omit<Phase, 'from' | 'to'>;

export function scheduleOf({
  startsOn,
  period,
  timeZone,
}: Pick<Subscription, 'startsOn' | 'period' | 'timeZone'>): BillingSchedule {
  return { anchor: startsOn, period, zone: timeZone };
}

/** The phase that applies on a date; before the start the first one, after the end the last one. */
export function phaseOn(phases: readonly Phase[], date: LocalDate): Phase {
  return phases.findLast((phase) => phase.from <= date) ?? phases[0]!;
}

/**
 * The subscription with another plan, version or quantity: from today, or from the end of the running period. What was
 * planned for later is replaced; the anchor is kept (rule 10).
 */
export function changePhase(subscription: Subscription, next: NewPhase, when: EffectiveTime, now: Date): Subscription {
  const from = effectiveDate(subscription, when, now);
  const kept = endPhases(subscription.phases, from);
  return { ...subscription, phases: [...kept, { ...next, from, to: null }], changedSinceBilling: true };
}

/**
 * The canceled subscription. The day of termination is consumed (rule 10), so it ends tomorrow or with the running
 * period. A second cancellation may only bring the end forward.
 */
export function cancel(subscription: Subscription, when: EffectiveTime, now: Date): Subscription {
  const endsOn = endDate(subscription, when, now);
  if (subscription.endsOn !== null && subscription.endsOn <= endsOn) return subscription;
  return {
    ...subscription,
    status: 'canceled',
    endsOn,
    phases: endAll(subscription.phases, endsOn),
    billNextAt: billingAt(scheduleOf(subscription), endsOn, subscription.billNextIndex),
    changedSinceBilling: true,
  };
}

/** The instant at which the subscription is over. */
export function endsAt({ endsOn, timeZone }: Pick<Subscription, 'endsOn' | 'timeZone'>): Date | null {
  return endsOn === null ? null : startOfDay(timeZone, endsOn);
}

function effectiveDate(subscription: Subscription, when: EffectiveTime, now: Date): LocalDate {
  const today = localDateAt(subscription.timeZone, now);
  const date = today < subscription.startsOn ? subscription.startsOn : today;
  return when === 'now' ? date : periodOfDate(scheduleOf(subscription), date).endDate;
}

/** A subscription that has not begun ends on its first date, unless its first period is to be served. */
function endDate(subscription: Subscription, when: EffectiveTime, now: Date): LocalDate {
  if (when === 'period_end') return effectiveDate(subscription, when, now);
  const today = localDateAt(subscription.timeZone, now);
  return today < subscription.startsOn ? subscription.startsOn : addDays(today, 1);
}

/** The phases before a date, the last of them ending at it. */
function endPhases(phases: readonly Phase[], date: LocalDate): Phase[] {
  const begun = phases.filter((phase) => phase.from < date);
  return begun.map((phase) => (phase.to === null || phase.to > date ? { ...phase, to: date } : phase));
}

/** The first phase of a subscription that never begins is kept, without length, to show what was sold. */
function endAll(phases: readonly Phase[], date: LocalDate): Phase[] {
  const ended = endPhases(phases, date);
  return ended.length > 0 ? ended : phases.slice(0, 1).map((phase) => ({ ...phase, to: phase.from }));
}
