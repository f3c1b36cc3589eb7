import type { Database } from '@plinth/common';
import type { LocalDate } from '@plinth/common/calendar';
import { periodAt, periodOfDate, type BillingSchedule } from '../period/period.ts';
import { findSubscription } from '../subscription/subscription.store.ts';
import { scheduleOf, type Subscription } from '../subscription/subscription.ts';
import { listOwnAmounts, listTheirAmounts } from './comparison.store.ts';

/** What the two engines charged for a period of a subscription: before discounts and tax. */
export interface ComparedPeriod {
  readonly subscriptionId: string;
  readonly from: LocalDate;
  /** The first date that is no longer in the period. */
  readonly to: LocalDate;
  readonly currency: string;
  readonly oursMinor: bigint;
  readonly killBillMinor: bigint;
  /** Ours less theirs. */
  readonly differenceMinor: bigint;
}

/** Holds our invoices against the mirrored ones. */
export class ComparisonService {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** Every period of an account's mirrored subscriptions for which either engine charged, in order of time. */
  async compare(tenantId: string, accountId: string): Promise<ComparedPeriod[]> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const ours = await listOwnAmounts(transaction, accountId);
      const theirs = await listTheirAmounts(transaction, accountId);
      const ids = new Set([...ours, ...theirs].map(({ subscriptionId }) => subscriptionId));
      const compared: ComparedPeriod[] = [];
      for (const id of ids) {
        const subscription = await findSubscription(transaction, id);
        if (subscription === undefined) continue;
        const schedule = scheduleOf(subscription);
        const periods = new Map<number, Amounts>();
        for (const part of ours)
          if (part.subscriptionId === id) add(periods, part.periodIndex, 'ours', part.amountMinor);
        for (const part of theirs)
          if (part.subscriptionId === id)
            add(periods, periodOfDate(schedule, part.startsOn).index, 'theirs', part.amountMinor);
        for (const [index, amounts] of periods) compared.push(toCompared(subscription, schedule, index, amounts));
      }
      return compared.toSorted((one, other) => (sortKeyOf(one) < sortKeyOf(other) ? -1 : 1));
    });
  }
}

interface Amounts {
  ours: bigint;
  theirs: bigint;
}

function add(periods: Map<number, Amounts>, index: number, side: keyof Amounts, amount: bigint): void {
  const amounts = periods.get(index) ?? { ours: 0n, theirs: 0n };
  amounts[side] += amount;
  periods.set(index, amounts);
}

function toCompared(
  { id, currency }: Subscription,
  schedule: BillingSchedule,
  index: number,
  { ours, theirs }: Amounts,
): ComparedPeriod {
  const { startDate, endDate } = periodAt(schedule, index);
  return {
    subscriptionId: id,
    from: startDate,
    to: endDate,
    currency,
    oursMinor: ours,
    killBillMinor: theirs,
    differenceMinor: ours - theirs,
  };
}

function sortKeyOf({ from, subscriptionId }: ComparedPeriod): string {
  return `${from}/${subscriptionId}`;
}
