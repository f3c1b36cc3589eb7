import type { PlanVersion } from '@plinth/contracts';
import { newId, type Transaction } from '@plinth/common';
import { assertNotBilled, assertSamePeriod, getPhase } from './change-checks.ts';
import { timingOf, type ChangeTime, type PlanChange } from './change-request.ts';
import { changeTrack, endTrack } from './life-cycle.ts';
import { changeMoment, endMoment } from './moments.ts';
import { stagesFrom } from './phases.ts';
import { defaultTiming, trialSubject } from './plan-change.ts';
import { getSoldPlan, type SoldPlanVersion } from './plan-version.store.ts';
import { AddOnExistsError, AddOnNotAllowedError, NotAnAddOnError, PlanArchivedError } from './subscription.errors.ts';
import { baseTrack, phaseAt, phasesOf, type Subscription } from './subscription.ts';
import { claimTrials } from './trial.store.ts';

/** What a change of an add-on is worked out from; `offered` is the plan version that the catalogue gave for it. */
export interface AddOnChangeInput {
  readonly transaction: Transaction;
  readonly before: Subscription;
  readonly now: Date;
  readonly offered: PlanVersion | undefined;
}

/** Adds add-ons to a subscription, changes and ends them. Each is a track of phases, billed beside the plan's. */
export class AddOnChanges {
  async add(input: AddOnChangeInput, request: PlanChange & ChangeTime): Promise<Subscription> {
    const { before, now } = input;
    const offered = await this.#getOffered(input, request.planId ?? '');
    if (offered.archived) throw new PlanArchivedError(offered.planKey);
    const from = assertNotBilled(before, changeMoment(before, timingOf(request) ?? 'now', now));
    const existing = before.phases.find(
      ({ track, planId, endsAt }) =>
        track !== baseTrack && planId === offered.planId && (endsAt === null || endsAt > from.at),
    );
    if (existing !== undefined) throw new AddOnExistsError(offered.planKey, existing.track);
    await this.#assertSoldWith(input, offered, from.at);
    const withTrial = await this.#claimTrial(input, offered, from.date);
    const quantity = request.quantity ?? 1;
    return changeTrack(
      before,
      { track: newId(), plan: offered, quantity, withTrial, countedFrom: from.date },
      from,
      newId,
    );
  }

  async change(
    input: AddOnChangeInput,
    request: PlanChange & ChangeTime & { readonly addOnId: string },
  ): Promise<Subscription> {
    const { transaction, before, now, offered } = input;
    const running = getPhase(before, request.addOnId, now);
    const current = await getSoldPlan(transaction, before.currency, running);
    const plan = offered === undefined ? current : await this.#getOffered(input, offered.planId);
    const quantity = request.quantity ?? running.quantity;
    const usual = defaultTiming({ plan: current, quantity: running.quantity }, { plan, quantity });
    const from = assertNotBilled(before, changeMoment(before, timingOf(request) ?? usual, now));
    if (offered !== undefined) await this.#assertSoldWith(input, offered, from.at);
    const own = phasesOf(before, request.addOnId);
    const withTrial = own.some(({ phaseKind }) => phaseKind === 'trial');
    const track = { track: request.addOnId, plan, quantity, withTrial, countedFrom: own[0]!.from };
    return changeTrack(before, track, from, newId);
  }

  /** As with a cancellation, its last day is consumed. */
  async remove(
    { before, now }: AddOnChangeInput,
    request: ChangeTime & { readonly addOnId: string },
  ): Promise<Subscription> {
    const running = getPhase(before, request.addOnId, now);
    const timing = timingOf(request) ?? 'term_end';
    const moment =
      timing === 'now' && running.startsAt > now ? { date: running.from, at: running.startsAt } : undefined;
    return endTrack(before, request.addOnId, assertNotBilled(before, moment ?? endMoment(before, timing, now)));
  }

  async #getOffered({ before, offered }: AddOnChangeInput, planId: string): Promise<PlanVersion> {
    if (offered === undefined) throw new NotAnAddOnError(planId);
    if (offered.kind !== 'add_on') throw new NotAnAddOnError(offered.planKey);
    assertSamePeriod(before, offered);
    return offered;
  }

  async #assertSoldWith({ transaction, before }: AddOnChangeInput, addOn: SoldPlanVersion, at: Date): Promise<void> {
    if (addOn.addOnTo === null) return;
    const base = await getSoldPlan(transaction, before.currency, phaseAt(before, baseTrack, at));
    if (!addOn.addOnTo.includes(base.planKey))
      throw new AddOnNotAllowedError(addOn.planKey, base.planKey, addOn.addOnTo);
  }

  async #claimTrial({ transaction, before, now }: AddOnChangeInput, plan: PlanVersion, from: string): Promise<boolean> {
    if (!stagesFrom(plan.phases, from, true).some(({ kind }) => kind === 'trial')) return false;
    const claim = { accountId: before.accountId, subject: trialSubject(plan), subscriptionId: before.id };
    return (await claimTrials(transaction, [claim], now)).has(before.id);
  }
}
