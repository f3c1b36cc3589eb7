import { billingAt } from '../billing/billing.ts';
import { cutAt, layPhases, mergePhases, pausedSpans, setPaused, type PausedSpan, type TrackPlan } from './phases.ts';
import { baseTrack, spanOf, type Moment, type Phase, type Subscription } from './subscription.ts';
import { termAt, type Term } from './term.ts';

/** The subscription with a plan, version or quantity on a track from a moment on. What was planned for later is replaced. */
export function changeTrack(
  subscription: Subscription,
  track: TrackPlan,
  from: Moment,
  newId: () => string,
): Subscription {
  const others = subscription.phases.filter((phase) => phase.track !== track.track);
  const own = subscription.phases.filter((phase) => phase.track === track.track);
  const laid = layPhases(subscription, track, from, newId);
  const spans = pausedSpans(subscription.phases);
  const phases = spans.reduce((changed, span) => setPaused(changed, span, true, newId), laid);
  return withPhases(subscription, [...others, ...cutAt(own, from), ...phases]);
}

/** The subscription without an add-on from a moment on; one that has not begun by then is gone. */
export function endTrack(subscription: Subscription, track: string, at: Moment): Subscription {
  const others = subscription.phases.filter((phase) => phase.track !== track);
  const own = subscription.phases.filter((phase) => phase.track === track);
  return withPhases(subscription, [...others, ...cutAt(own, at)]);
}

/** The canceled subscription. A second cancellation may only bring the end forward; it is the same object otherwise. */
export function cancel(subscription: Subscription, end: Moment): Subscription {
  if (subscription.endsAt !== null && subscription.endsAt <= end.at) return subscription;
  return rescheduled({ ...subscription, status: 'canceled', endsOn: end.date, endsAt: end.at });
}

/** The subscription without its cancellation: what was planned for later holds again. */
export function reactivate(subscription: Subscription, now: Date): Subscription {
  return bind({ ...subscription, status: 'active' }, subscription.term, now);
}

/** The active subscription with another term, or none; one that does not renew ends with the term that runs. */
export function bind(subscription: Subscription, term: Term | null, now: Date): Subscription {
  const last = subscription.phases.findLast(({ track }) => track === baseTrack);
  const phases = subscription.phases.map((phase) => (phase === last ? { ...phase, to: null, endsAt: null } : phase));
  const open = { ...subscription, term, endsOn: null, endsAt: null, phases };
  if (term === null || term.renews) return rescheduled(open);
  const { to } = termAt(open, term, now);
  return rescheduled({ ...open, endsOn: to.date, endsAt: to.at });
}

/** The subscription and its add-ons paused for a span. */
export function pause(subscription: Subscription, span: PausedSpan, newId: () => string): Subscription {
  return withPhases(subscription, setPaused(subscription.phases, span, true, newId));
}

/** The subscription running again from a moment on. */
export function resume(subscription: Subscription, from: Moment, newId: () => string): Subscription {
  return withPhases(subscription, setPaused(subscription.phases, { from, to: null }, false, newId));
}

/** The subscription with its next billing where its end, or the lack of one, puts it. */
export function rescheduled(subscription: Subscription): Subscription {
  return {
    ...subscription,
    billNextAt: billingAt(spanOf(subscription), subscription.billNextIndex),
    changedSinceBilling: true,
  };
}

function withPhases(subscription: Subscription, phases: readonly Phase[]): Subscription {
  return { ...subscription, phases: mergePhases(phases), changedSinceBilling: true };
}
