import type { BillingPeriod, PlanPhase } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import { startOfDay } from '@plinth/common/local-date';
import type { BilledSpan } from '../billing/billing.ts';
import type { CommittedSpend } from '../billing/commitment.ts';
import { periodOfDate, type BillingSchedule } from '../period/period.ts';
import type { ProrationBasis } from '../period/prorate.ts';
import type { Term } from './term.ts';

/** `canceled` from the request on, although it is served until the end. One that only does not renew stays active. */
export type SubscriptionStatus = 'active' | 'canceled';

/** What a reader wants to know: whether it has begun, is tried, paused or over. */
export type SubscriptionState = 'scheduled' | 'trialing' | 'active' | 'paused' | 'ended';

/** The track of the plan that the subscription is for; every other track is an add-on's, named by its id. */
export const baseTrack = 'base';

/** A point between two phases: an instant, and the calendar date in the subscription's zone that it lies in. */
export interface Moment {
  readonly date: LocalDate;
  readonly at: Date;
}

/** A plan version that applies for a span of one track; `to` and `endsAt` are null while no end is known. */
export interface Phase {
  readonly id: string;
  readonly track: string;
  readonly planId: string;
  readonly planVersion: number;
  readonly phaseKey: string;
  readonly phaseKind: PlanPhase['kind'];
  /** Costs no fees; usage in it is rated. */
  readonly paused: boolean;
  readonly quantity: number;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  /** Local midnights of the dates, unless the subscription is prorated by seconds. */
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/** What an account has subscribed to. Currency, zone, period and proration are those at the time of the sale. */
export interface Subscription {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly startsOn: LocalDate;
  /** The date that every period boundary is counted from; it may lie before or after the start. */
  readonly anchor: LocalDate;
  readonly period: BillingPeriod;
  readonly prorationBasis: ProrationBasis;
  readonly status: SubscriptionStatus;
  /** The first date that is no longer subscribed, or, prorated by seconds, the one in which it ends. */
  readonly endsOn: LocalDate | null;
  readonly endsAt: Date | null;
  /** Whether the plan's trial was left out, because the account had one before. */
  readonly trialSkipped: boolean;
  readonly commitment: CommittedSpend | null;
  /** How long it is bound; null: from period to period. */
  readonly term: Term | null;
  readonly billNextIndex: number;
  readonly billNextAt: Date | null;
  readonly changedSinceBilling: boolean;
  /** Whether usage of the period that was closed last may have come after its billing. */
  readonly billedEarly: boolean;
  /** In order of track and time. They may reach beyond the end, which cuts them off. */
  readonly phases: readonly Phase[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function scheduleOf({
  anchor,
  period,
  timeZone,
}: Pick<Subscription, 'anchor' | 'period' | 'timeZone'>): BillingSchedule {
  return { anchor, period, zone: timeZone };
}

/** When its billings fall due: the first one at the start, whatever part of a period that leaves. */
export function spanOf(
  subscription: Pick<Subscription, 'startsOn' | 'anchor' | 'period' | 'timeZone' | 'endsAt'>,
): BilledSpan {
  const schedule = scheduleOf(subscription);
  const { startsOn, anchor, timeZone, endsAt } = subscription;
  return {
    schedule,
    firstIndex: startsOn === anchor ? 0 : periodOfDate(schedule, startsOn).index,
    startsAt: startOfDay(timeZone, startsOn),
    endsAt,
  };
}

/** Whether what was charged in advance for the running period must be compared with the phases. */
export function mustSettle(subscription: Subscription): boolean {
  return subscription.changedSinceBilling && subscription.billNextIndex > spanOf(subscription).firstIndex;
}

/** The local midnight with which a date begins. */
export function midnightOf({ timeZone }: Pick<Subscription, 'timeZone'>, date: LocalDate): Moment {
  return { date, at: startOfDay(timeZone, date) };
}

/** The phases of one track, in order of time. */
export function phasesOf({ phases }: Pick<Subscription, 'phases'>, track: string): Phase[] {
  return phases.filter((phase) => phase.track === track);
}

/** The phase of a track that applies at an instant; before the start the first one, after the end the last one. */
export function phaseAt(subscription: Pick<Subscription, 'phases'>, track: string, instant: Date): Phase {
  const phases = phasesOf(subscription, track);
  const phase = phases.findLast(({ startsAt }) => startsAt <= instant) ?? phases[0];
  if (phase === undefined) throw new RangeError(`the subscription has no track ${track}`);
  return phase;
}

/** The phases as they are served: cut off by the end of the subscription. */
export function servedPhases({ phases, endsOn, endsAt }: Subscription): Phase[] {
  if (endsOn === null || endsAt === null) return [...phases];
  return phases
    .filter((phase, position) => phase.startsAt < endsAt || position === 0)
    .map((phase) =>
      phase.endsAt !== null && phase.endsAt <= endsAt
        ? phase
        : phase.startsAt > endsAt
          ? { ...phase, to: phase.from, endsAt: phase.startsAt }
          : { ...phase, to: endsOn, endsAt },
    );
}

export function stateAt(subscription: Subscription, now: Date): SubscriptionState {
  if (subscription.endsAt !== null && subscription.endsAt <= now) return 'ended';
  if (spanOf(subscription).startsAt > now) return 'scheduled';
  const phase = phaseAt(subscription, baseTrack, now);
  if (phase.paused) return 'paused';
  return phase.phaseKind === 'trial' ? 'trialing' : 'active';
}
