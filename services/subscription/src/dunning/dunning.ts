import type { LocalDate } from '@plinth/common/calendar';

export type DunningAction = 'none' | 'write_off' | 'pause_subscriptions' | 'cancel_subscriptions';

/** What happens so many days after an invoice fell due. */
export interface DunningStep {
  readonly key: string;
  readonly afterDays: number;
  /** Whether the payment method is charged again. */
  readonly retry: boolean;
  /** Name of the text that is sent; null: none. */
  readonly notice: string | null;
  readonly action: DunningAction;
}

export interface DunningPolicy {
  readonly id: string;
  /** Whose invoices it is for; null: of every legal entity without one of its own. */
  readonly legalEntityId: string | null;
  readonly steps: readonly DunningStep[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type PauseReason = 'refund' | 'chargeback' | 'agent' | 'dispute';

/** How far the dunning of an invoice has come. */
export interface Dunning {
  readonly invoiceId: string;
  readonly accountId: string;
  readonly reached: readonly string[];
  readonly paused: PauseReason | null;
  readonly lastStepAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const step = (afterDays: number, notice: string | null): DunningStep => ({
  key: `day-${afterDays}`,
  afterDays,
  retry: true,
  notice,
  action: 'none',
});

/** What holds where the tenant has set nothing: four tries within a week, three notices, and nothing that cannot be undone. */
export const defaultSteps: readonly DunningStep[] = [
  step(1, 'first'),
  step(3, 'second'),
  step(5, null),
  step(7, 'last'),
];

/** The steps that are due on a date, in order, without those that were reached. */
export function dueSteps(
  steps: readonly DunningStep[],
  reached: readonly string[],
  daysPastDue: number,
): readonly DunningStep[] {
  return steps
    .filter((candidate) => candidate.afterDays <= daysPastDue && !reached.includes(candidate.key))
    .toSorted((a, b) => a.afterDays - b.afterDays);
}

/** The last attempt on an invoice, as far as it decides about the next one. */
export interface LastAttempt {
  readonly paymentMethodId: string | null;
  readonly failure: string | null;
}

/**
 * Whether an invoice is charged now: at first as soon as it is open; after that when a step says so, unless the same
 * payment method would be declined again; at once when there is another payment method, when nothing was tried, or when
 * the invoice was opened again after a success.
 */
export function isChargeDue(
  last: LastAttempt | undefined,
  paymentMethodId: string,
  retryStepReached: boolean,
): boolean {
  if (last === undefined || last.paymentMethodId !== paymentMethodId) return true;
  if (last.failure === null || last.failure === 'temporary') return true;
  const wouldFailAgain = last.failure === 'hard' || last.failure === 'authentication';
  return retryStepReached && !wouldFailAgain;
}

/** Whole days from the due date to a date; negative before it. */
export function daysAfter(dueOn: LocalDate, today: LocalDate): number {
  return Math.round((Date.parse(today) - Date.parse(dueOn)) / 86_400_000);
}
