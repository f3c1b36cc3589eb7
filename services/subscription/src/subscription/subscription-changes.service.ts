import type { PlanVersion } from '@plinth/contracts';
import { NotFoundError, newId, type Transaction } from '@plinth/common';
import { AddOnChanges, type AddOnChangeInput } from './add-on-changes.service.ts';
import { assertNotBilled, assertSamePeriod, getPhase } from './change-checks.ts';
import { timingOf, type ChangeRequest, type ChangeTime, type PlanChange } from './change-request.ts';
import { cancel, changeTrack, pause, reactivate, resume } from './life-cycle.ts';
import { changeMoment, endMoment, type Timing } from './moments.ts';
import { stagesFrom, type TrackPlan } from './phases.ts';
import { defaultTiming, mayChange, trialSubject } from './plan-change.ts';
import { getSoldPlan, insertPlanVersions, type SoldPlanVersion } from './plan-version.store.ts';
import { listScheduledChanges, removeScheduled } from './scheduled-changes.ts';
import type { SubscriptionChecks } from './subscription-checks.service.ts';
import {
  ChangeNotAllowedError,
  NotAPlanError,
  PauseError,
  PlanArchivedError,
  SubscriptionCanceledError,
} from './subscription.errors.ts';
import {
  baseTrack,
  midnightOf,
  phaseAt,
  phasesOf,
  type Moment,
  type Phase,
  type Subscription,
} from './subscription.ts';
import { changeRenewal, changeTerm, commit } from './term-changes.ts';
import { claimTrials } from './trial.store.ts';

/** What a change is worked out from. */
export type ChangeInput = AddOnChangeInput;

/** Works out what a request makes of a subscription, inside the transaction that writes it or takes it back. */
export class SubscriptionChanges {
  readonly #checks: SubscriptionChecks;
  readonly #addOns = new AddOnChanges();
  constructor(checks: SubscriptionChecks) {
    this.#checks = checks;
  }

  /** Asks the catalogue what the request needs to know. Called before a transaction is opened. */
  async loadOffered(
    tenantId: string,
    current: Subscription,
    request: ChangeRequest,
    now: Date,
  ): Promise<PlanVersion | undefined> {
    if (request.action !== 'change' && request.action !== 'add_add_on' && request.action !== 'change_add_on') return;
    if (request.planId === undefined && request.planVersion === undefined) return;
    const track = request.action === 'change_add_on' ? request.addOnId : baseTrack;
    const planId = request.planId ?? getPhase(current, track, now).planId;
    return this.#checks.getPlan(tenantId, { planId, planVersion: request.planVersion, currency: current.currency });
  }

  /** The subscription after a request; the same object when it changes nothing. Throws why it cannot be done. */
  async apply(input: ChangeInput, request: ChangeRequest): Promise<Subscription> {
    const { before, now } = input;
    if (request.action === 'cancel')
      return cancel(before, assertNotBilled(before, endMoment(before, timingOf(request) ?? 'now', now)));
    if (request.action === 'reactivate') return before.status === 'canceled' ? reactivate(before, now) : before;
    if (before.status !== 'active' || hasEnded(before, now)) throw new SubscriptionCanceledError();
    if (input.offered !== undefined) await insertPlanVersions(input.transaction, [input.offered]);
    switch (request.action) {
      case 'change':
        return this.#changePlan(input, request);
      case 'pause':
        return pauseFrom(input, timingOf(request) ?? 'now', request.resumesOn);
      case 'resume':
        return resumeFrom(input, timingOf(request) ?? 'now');
      case 'add_add_on':
        return this.#addOns.add(input, request);
      case 'change_add_on':
        return this.#addOns.change(input, request);
      case 'remove_add_on':
        return this.#addOns.remove(input, request);
      case 'remove_scheduled':
        return this.#removeScheduled(input, request.scheduledChangeId);
      case 'commit':
        return commit(before, request.commitment, now);
      case 'set_term':
        return changeTerm(before, request.term, now);
      case 'renew':
        return changeRenewal(before, request.renews, now);
    }
  }

  /** The earlier of a plan's versions may be kept with another quantity, archived or not. */
  async #changePlan(input: ChangeInput, request: PlanChange & ChangeTime): Promise<Subscription> {
    const { transaction, before, now } = input;
    const running = phaseAt(before, baseTrack, now);
    const current = await getSoldPlan(transaction, before.currency, running);
    const timing = timingOf(request);
    const asked = timing === undefined ? undefined : changeMoment(before, timing, now);
    const kept = phaseAt(before, baseTrack, asked?.at ?? now);
    const plan = input.offered ?? (await getSoldPlan(transaction, before.currency, kept));
    assertSellable(before, input.offered);
    if (!mayChange(current, plan))
      throw new ChangeNotAllowedError(current.planKey, plan.planKey, current.family?.changesTo ?? null);
    const quantity = request.quantity ?? kept.quantity;
    const usual = defaultTiming({ plan: current, quantity: running.quantity }, { plan, quantity });
    const moment = assertNotBilled(before, asked ?? changeMoment(before, usual, now));
    const withTrial = await this.#claimTrial(input, plan, moment);
    const track = { track: baseTrack, plan, quantity, withTrial, countedFrom: before.startsOn };
    return changeTrack(before, track, moment, newId);
  }

  /** Whether what is left of the plan's trial, counted from the first start, may be had. */
  async #claimTrial({ transaction, before, now }: ChangeInput, plan: SoldPlanVersion, from: Moment): Promise<boolean> {
    const { id: subscriptionId, accountId, startsOn } = before;
    const isOpen = stagesFrom(plan.phases, startsOn, true).some(
      ({ kind, to }) => kind === 'trial' && to !== null && to > from.date,
    );
    if (!isOpen) return before.phases.some(({ phaseKind }) => phaseKind === 'trial');
    const claim = { accountId, subject: trialSubject(plan), subscriptionId };
    return (await claimTrials(transaction, [claim], now)).has(subscriptionId);
  }

  async #removeScheduled({ transaction, before, now }: ChangeInput, id: string): Promise<Subscription> {
    const change = listScheduledChanges(before, now).find((scheduled) => scheduled.id === id);
    if (change === undefined) throw new NotFoundError('scheduled change', id);
    const track = change.addOnId ?? baseTrack;
    const phases = phasesOf(before, track);
    if (change.kind === 'term_end') return changeRenewal(before, true, now);
    const previous = phases.findLast(({ startsAt }) => startsAt < change.at) ?? phases[0]!;
    return removeScheduled(before, change, await keepPlan(transaction, before, previous), newId);
  }
}

/** Whether it did not renew, and its term is over. */
function hasEnded({ endsAt }: Subscription, now: Date): boolean {
  return endsAt !== null && endsAt <= now;
}

/** The plan of a phase, to be laid on its track anew. */
async function keepPlan(transaction: Transaction, subscription: Subscription, phase: Phase): Promise<TrackPlan> {
  const own = phasesOf(subscription, phase.track);
  return {
    track: phase.track,
    plan: await getSoldPlan(transaction, subscription.currency, phase),
    quantity: phase.quantity,
    withTrial: own.some(({ phaseKind }) => phaseKind === 'trial'),
    countedFrom: phase.track === baseTrack ? subscription.startsOn : own[0]!.from,
  };
}

function assertSellable(before: Subscription, plan: PlanVersion | undefined): void {
  if (plan === undefined) return;
  if (plan.kind !== 'plan') throw new NotAPlanError(plan.planKey);
  assertSamePeriod(before, plan);
  // Who has an archived plan keeps it, with another quantity too.
  if (plan.archived && !before.phases.some(({ planId }) => planId === plan.planId))
    throw new PlanArchivedError(plan.planKey);
}

function pauseFrom({ before, now }: ChangeInput, timing: Timing, resumesOn: string | undefined): Subscription {
  const from = assertNotBilled(before, changeMoment(before, timing, now));
  const to = resumesOn === undefined ? null : midnightOf(before, resumesOn);
  if (to !== null && to.at <= from.at)
    throw new PauseError(`The pause would begin on ${from.date} and end on ${to.date}.`, 'Give a later resumesOn.');
  if (phaseAt(before, baseTrack, from.at).paused)
    throw new PauseError(
      `The subscription is paused on ${from.date} already.`,
      'Resume it first, or choose another date.',
    );
  return pause(before, { from, to }, newId);
}

function resumeFrom({ before, now }: ChangeInput, timing: Timing): Subscription {
  const from = assertNotBilled(before, changeMoment(before, timing, now));
  const isPaused = phasesOf(before, baseTrack).some(
    ({ paused, endsAt }) => paused && (endsAt === null || endsAt > from.at),
  );
  if (!isPaused)
    throw new PauseError(`The subscription is not paused on ${from.date} or later.`, 'Nothing is to be done.');
  return resume(before, from, newId);
}
