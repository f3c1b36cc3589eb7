import type { AccountSummary, PlanVersion } from '@plinth/contracts';
import { localDateAt } from '@plinth/common/local-date';
import { billingAt } from '../billing/billing.ts';
import { layPhases, mergePhases, trialEnd } from './phases.ts';
import type { CommitmentWish } from './change-request.ts';
import { bind } from './life-cycle.ts';
import { baseTrack, midnightOf, spanOf, type Subscription } from './subscription.ts';
import { openTerms, type TermWish } from './term.ts';

/** What an account asks for. */
export interface NewSubscription {
  readonly accountId: string;
  readonly planId: string;
  readonly planVersion?: number | undefined;
  /** Today when absent; may lie in the past. */
  readonly startsOn?: string | undefined;
  readonly endsOn?: string | undefined;
  /** The date that the periods are counted from; the end of the trial or else the start when absent. */
  readonly billingAnchor?: string | undefined;
  readonly quantity?: number | undefined;
  readonly commitment?: CommitmentWish | undefined;
  readonly term?: TermWish | undefined;
}

/** A sale that nothing speaks against. */
export interface Sale {
  readonly id: string;
  readonly input: NewSubscription;
  readonly account: AccountSummary;
  readonly plan: PlanVersion;
  readonly startsOn: string;
}

/** Whether the plan begins with a trial. */
export function hasTrial({ phases }: Pick<PlanVersion, 'phases'>): boolean {
  return phases.some(({ kind }) => kind === 'trial');
}

/** The first date that an account is subscribed, unless it asks for another one. */
export function startOf({ startsOn }: NewSubscription, { timeZone }: AccountSummary, now: Date): string {
  return startsOn ?? localDateAt(timeZone, now);
}

/**
 * The subscription of a sale. After a trial the periods are counted from its end, so that the first one that costs
 * something is a whole one. `newId` gives the ids of the phases.
 */
export function buildSubscription(sale: Sale, withTrial: boolean, now: Date, newId: () => string): Subscription {
  const { id, input, account, plan, startsOn } = sale;
  const trialUntil = withTrial ? trialEnd(plan.phases, startsOn) : undefined;
  const span = {
    startsOn,
    anchor: input.billingAnchor ?? trialUntil ?? startsOn,
    period: plan.period,
    timeZone: account.timeZone,
    endsAt: input.endsOn === undefined ? null : midnightOf(account, input.endsOn).at,
  };
  const { firstIndex } = spanOf(span);
  const track = { track: baseTrack, plan, quantity: input.quantity ?? 1, withTrial, countedFrom: startsOn };
  const sold: Subscription = {
    ...span,
    id,
    accountId: account.id,
    currency: plan.currency,
    prorationBasis: plan.prorationBasis,
    status: input.endsOn === undefined ? 'active' : 'canceled',
    endsOn: input.endsOn ?? null,
    trialSkipped: !withTrial && hasTrial(plan),
    commitment: input.commitment === undefined ? null : { ...input.commitment, firstIndex: Math.max(firstIndex, 0) },
    term: input.term === undefined ? null : openTerms(input.term, Math.max(firstIndex, 0)),
    billNextIndex: firstIndex,
    billNextAt: billingAt(spanOf(span), firstIndex),
    changedSinceBilling: false,
    billedEarly: false,
    phases: mergePhases(layPhases(account, track, midnightOf(account, startsOn), newId)),
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  return sold.status === 'active' && sold.term?.renews === false
    ? { ...bind(sold, sold.term, midnightOf(account, startsOn).at), changedSinceBilling: false }
    : sold;
}
