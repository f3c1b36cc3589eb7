import { changeTrack, endTrack, pause, resume } from './life-cycle.ts';
import type { TrackPlan } from './phases.ts';
import { baseTrack, phasesOf, servedPhases, type Phase, type Subscription } from './subscription.ts';

export type ScheduledKind = 'change' | 'pause' | 'resume' | 'add_on' | 'add_on_end' | 'cancellation' | 'term_end';

/** Something that is to happen to a subscription and can still be taken back. */
export interface ScheduledChange {
  readonly id: string;
  readonly kind: ScheduledKind;
  /** The add-on that it concerns; null: the plan, or all of them. */
  readonly addOnId: string | null;
  readonly on: string;
  readonly at: Date;
  readonly planId: string;
  readonly planVersion: number;
  readonly quantity: number;
}

/** What lies ahead of `now`, in order of time. The phases of a plan that follow by themselves are not among it. */
export function listScheduledChanges(subscription: Subscription, now: Date): ScheduledChange[] {
  const served = { ...subscription, phases: servedPhases(subscription) };
  const tracks = [...new Set(served.phases.map(({ track }) => track))];
  const changes = tracks.flatMap((track) => listOfTrack(phasesOf(served, track), served, now));
  const last = phasesOf(served, baseTrack).at(-1);
  if (subscription.endsAt !== null && subscription.endsAt > now && last !== undefined)
    changes.push({
      ...toChange(subscription.status === 'canceled' ? 'cancellation' : 'term_end', last),
      on: subscription.endsOn ?? last.from,
      at: subscription.endsAt,
    });
  return changes.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** The subscription without something scheduled, other than its own end; `previous` is the plan that stays instead. */
export function removeScheduled(
  subscription: Subscription,
  { kind, addOnId, on, at }: ScheduledChange,
  previous: TrackPlan,
  newId: () => string,
): Subscription {
  const moment = { date: on, at };
  switch (kind) {
    case 'change':
    case 'add_on_end':
      return changeTrack(subscription, previous, moment, newId);
    case 'pause':
      return resume(subscription, moment, newId);
    case 'resume':
      return pause(subscription, { from: moment, to: null }, newId);
    case 'add_on':
      return endTrack(subscription, addOnId ?? baseTrack, moment);
    case 'cancellation':
    case 'term_end':
      return subscription;
  }
}

function listOfTrack(phases: readonly Phase[], { endsAt }: Subscription, now: Date): ScheduledChange[] {
  const changes = phases.flatMap((phase, position): ScheduledChange[] => {
    if (phase.startsAt <= now) return [];
    const before = phases[position - 1];
    if (before === undefined) return phase.track === baseTrack ? [] : [toChange('add_on', phase)];
    // Add-ons pause with their plan, which tells it for all.
    if (before.paused !== phase.paused)
      return phase.track === baseTrack ? [toChange(phase.paused ? 'pause' : 'resume', phase)] : [];
    const isSame =
      before.planId === phase.planId && before.planVersion === phase.planVersion && before.quantity === phase.quantity;
    return isSame ? [] : [toChange('change', phase)];
  });
  const last = phases.at(-1);
  if (last === undefined || last.track === baseTrack || last.endsAt === null) return changes;
  if (last.endsAt <= now || last.endsAt.getTime() === endsAt?.getTime()) return changes;
  return [...changes, { ...toChange('add_on_end', last), on: last.to ?? last.from, at: last.endsAt }];
}

function toChange(kind: ScheduledKind, phase: Phase): ScheduledChange {
  const { id, track, planId, planVersion, quantity, from, startsAt } = phase;
  const addOnId = track === baseTrack ? null : track;
  return { id: `${kind}.${id}`, kind, addOnId, on: from, at: startsAt, planId, planVersion, quantity };
}
