import type { BillingPeriod, PlanPhase, PlanVersion } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import { boundaryAt } from '../period/period.ts';
import { baseTrack, midnightOf, type Moment, type Phase, type Subscription } from './subscription.ts';

/** A phase of a plan, laid on the calendar. */
export interface Stage {
  readonly key: string;
  readonly kind: PlanPhase['kind'];
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** What a track gets. */
export interface TrackPlan {
  readonly track: string;
  readonly plan: Pick<PlanVersion, 'planId' | 'version' | 'phases'>;
  readonly quantity: number;
  readonly withTrial: boolean;
  /** The date from which the plan's phases are counted: the subscription's start, or the add-on's own. */
  readonly countedFrom: LocalDate;
}

/** A span of time; `to` is null while no end is known. */
export interface PausedSpan {
  readonly from: Moment;
  readonly to: Moment | null;
}

/** The plan's phases counted from a date, with or without its trial. The last one has no end, whatever its length. */
export function stagesFrom(phases: readonly PlanPhase[], start: LocalDate, withTrial: boolean): Stage[] {
  const kept = phases.filter(({ kind }) => withTrial || kind !== 'trial');
  let from = start;
  return kept.map(({ key, kind, length }, position): Stage => {
    const to = position === kept.length - 1 || length === null ? null : dateAfter(from, length);
    const stage = { key, kind, from, to };
    from = to ?? from;
    return stage;
  });
}

/** The date on which the trial of a plan that is sold on `start` ends; undefined when it has none. */
export function trialEnd(phases: readonly PlanPhase[], start: LocalDate): LocalDate | undefined {
  return stagesFrom(phases, start, true).findLast(({ kind, to }) => kind === 'trial' && to !== null)?.to ?? undefined;
}

/** The phases of a plan from a moment on. A change does not begin a trial or an introduction anew (rule 11). */
export function layPhases(
  subscription: Pick<Subscription, 'timeZone'>,
  { track, plan, quantity, withTrial, countedFrom }: TrackPlan,
  from: Moment,
  newId: () => string,
): Phase[] {
  return stagesFrom(plan.phases, countedFrom, withTrial).flatMap((stage): Phase[] => {
    const begins = midnightOf(subscription, stage.from);
    const ends = stage.to === null ? null : midnightOf(subscription, stage.to);
    const start = begins.at > from.at ? begins : from;
    if (ends !== null && ends.at <= start.at) return [];
    return [
      {
        id: newId(),
        track,
        planId: plan.planId,
        planVersion: plan.version,
        phaseKey: stage.key,
        phaseKind: stage.kind,
        paused: false,
        quantity,
        from: start.date,
        to: ends?.date ?? null,
        startsAt: start.at,
        endsAt: ends?.at ?? null,
      },
    ];
  });
}

/** The phases before a moment, the last of them ending at it. */
export function cutAt(phases: readonly Phase[], moment: Moment): Phase[] {
  return phases
    .filter(({ startsAt }) => startsAt < moment.at)
    .map((phase) =>
      phase.endsAt === null || phase.endsAt > moment.at ? { ...phase, to: moment.date, endsAt: moment.at } : phase,
    );
}

/** When the subscription is paused, as the phases of its plan say. */
export function pausedSpans(phases: readonly Phase[]): PausedSpan[] {
  return phases
    .filter(({ track, paused }) => track === baseTrack && paused)
    .map(({ from, to, startsAt, endsAt }) => ({
      from: { date: from, at: startsAt },
      to: to === null || endsAt === null ? null : { date: to, at: endsAt },
    }));
}

/** The phases with a span paused, or no longer: those that reach over an edge of it are divided there. */
export function setPaused(
  phases: readonly Phase[],
  { from, to }: PausedSpan,
  paused: boolean,
  newId: () => string,
): Phase[] {
  return phases.flatMap((phase): Phase[] => {
    const inside = phase.startsAt < (to?.at ?? forever) && (phase.endsAt ?? forever) > from.at;
    if (!inside || phase.paused === paused) return [phase];
    const parts: Phase[] = [];
    let rest = phase;
    if (rest.startsAt < from.at) {
      parts.push({ ...rest, to: from.date, endsAt: from.at });
      rest = { ...rest, id: newId(), from: from.date, startsAt: from.at };
    }
    if (to !== null && (rest.endsAt === null || rest.endsAt > to.at)) {
      parts.push({ ...rest, paused, to: to.date, endsAt: to.at });
      return [...parts, { ...rest, id: newId(), from: to.date, startsAt: to.at }];
    }
    return [...parts, { ...rest, paused }];
  });
}

/** In order of track and time, with neighbours that do not differ as one. */
export function mergePhases(phases: readonly Phase[]): Phase[] {
  const merged: Phase[] = [];
  for (const phase of phases.toSorted(byTrackAndTime)) {
    const before = merged.at(-1);
    if (before === undefined || !continues(before, phase)) merged.push(phase);
    else merged[merged.length - 1] = { ...before, to: phase.to, endsAt: phase.endsAt };
  }
  return merged;
}

function byTrackAndTime(one: Phase, other: Phase): number {
  if (one.track === other.track) return one.startsAt.getTime() - other.startsAt.getTime();
  if (one.track === baseTrack) return -1;
  if (other.track === baseTrack) return 1;
  return one.track < other.track ? -1 : 1;
}

function continues(before: Phase, phase: Phase): boolean {
  return (
    before.endsAt?.getTime() === phase.startsAt.getTime() &&
    before.track === phase.track &&
    before.planId === phase.planId &&
    before.planVersion === phase.planVersion &&
    before.phaseKey === phase.phaseKey &&
    before.paused === phase.paused &&
    before.quantity === phase.quantity
  );
}

function dateAfter(date: LocalDate, length: BillingPeriod): LocalDate {
  return boundaryAt(date, length, 1);
}

const forever = new Date(8_640_000_000_000_000);
