import type { BillingPeriod, PlanVersion } from '@plinth/contracts';
import { NotFoundError } from '@plinth/common';
import { periodsOf } from '../billing/commitment.ts';
import type { CommitmentWish } from './change-request.ts';
import { earliestMoment } from './moments.ts';
import { BilledAlreadyError, CommitmentTermError, PeriodDiffersError } from './subscription.errors.ts';
import { phaseAt, phasesOf, type Moment, type Phase, type Subscription } from './subscription.ts';

/** The phase of a track that applies at an instant. Throws where the subscription has no such add-on. */
export function getPhase(subscription: Subscription, track: string, instant: Date): Phase {
  if (phasesOf(subscription, track).length === 0) throw new NotFoundError('add-on', track);
  return phaseAt(subscription, track, instant);
}

/** Gives the moment back. Throws where it lies in what has been billed in arrears, or before the start. */
export function assertNotBilled(subscription: Subscription, moment: Moment): Moment {
  const earliest = earliestMoment(subscription);
  if (moment.at < earliest.at) throw new BilledAlreadyError(moment.date, earliest.date);
  return moment;
}

/** Throws where a plan or an add-on is billed in other periods than the subscription. */
export function assertSamePeriod({ period }: Subscription, plan: Pick<PlanVersion, 'period'>): void {
  if (plan.period.unit !== period.unit || plan.period.count !== period.count) throw new PeriodDiffersError();
}

/** Throws where the term of a commitment is not a whole number of billing periods. */
export function assertWholePeriods({ term }: CommitmentWish, period: BillingPeriod): void {
  if (periodsOf(term, period) === undefined) throw new CommitmentTermError(`${period.count} ${period.unit}`);
}
