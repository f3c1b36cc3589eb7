import type { BillingPeriod } from '@plinth/contracts';
import type { Timing } from './moments.ts';
import type { TermWish } from './term.ts';

/** When a change is to take effect; neither: as the catalogue says, or else at once. */
export interface ChangeTime {
  readonly when?: 'now' | 'period_end' | 'term_end' | undefined;
  readonly on?: string | undefined;
}

/** What a plan or an add-on is to become; what is absent stays. */
export interface PlanChange {
  readonly planId?: string | undefined;
  readonly planVersion?: number | undefined;
  readonly quantity?: number | undefined;
}

/** What an account promises to spend in each term, in major units. */
export interface CommitmentWish {
  readonly amount: string;
  readonly term: BillingPeriod;
}

/** Everything that can be asked of a subscription that is there. Each may be previewed first. */
export type ChangeRequest =
  | (PlanChange & ChangeTime & { readonly action: 'change' })
  | (ChangeTime & { readonly action: 'cancel' })
  | { readonly action: 'reactivate' }
  | (ChangeTime & { readonly action: 'pause'; readonly resumesOn?: string | undefined })
  | (ChangeTime & { readonly action: 'resume' })
  | (PlanChange & ChangeTime & { readonly action: 'add_add_on'; readonly planId: string })
  | (PlanChange & ChangeTime & { readonly action: 'change_add_on'; readonly addOnId: string })
  | (ChangeTime & { readonly action: 'remove_add_on'; readonly addOnId: string })
  | { readonly action: 'remove_scheduled'; readonly scheduledChangeId: string }
  | { readonly action: 'commit'; readonly commitment: CommitmentWish | null }
  | { readonly action: 'set_term'; readonly term: TermWish | null }
  | { readonly action: 'renew'; readonly renews: boolean };

/** The time that was asked for; undefined when it was left open. */
export function timingOf({ when, on }: ChangeTime): Timing | undefined {
  return on === undefined ? when : { on };
}
