import { lateUsageMs } from '@plinth/contracts';
import type { TenantClock, Transaction } from '@plinth/common';
import { touchQuotas } from '../quota/quota-touch.store.ts';
import { PAST_AFTER_MS } from './day-roll-up.ts';
import { markChanges } from './usage-changes.store.ts';
import { addToDays } from './usage-days.store.ts';
import * as store from './usage.store.ts';
import { WINDOW_MS, type Sums } from './usage-windows.ts';

/**
 * Usage of windows that ended an hour ago is listed as late: whoever billed their period may have done so without it.
 * Billing takes periods for complete half an hour later, see `usageCompleteMs` of the contract.
 */
const LATE_AFTER_MS = lateUsageMs + WINDOW_MS;

/** Adds sums to the windows and, where they are of the past, to the days. */
export class UsageCounter {
  readonly #clock: TenantClock;

  constructor(clock: TenantClock) {
    this.#clock = clock;
  }

  /** Reads the tenant's time, which tells what is late: before the transaction that adds. */
  async load(tenantId: string): Promise<void> {
    await this.#clock.load(tenantId);
  }

  /** All transactions lock in this order: windows, what belongs to them, days. */
  async add(transaction: Transaction, { windows, uniques, samples, groups, touched }: Sums): Promise<void> {
    const [tenantNow, processNow] = [this.#clock.loadedNowOf(transaction.tenantId!), this.#clock.processNow()];
    // Days are rolled up by everybody's time, wherever a sandbox's own stands.
    const pastBefore = Math.max(tenantNow.getTime(), processNow.getTime()) - LATE_AFTER_MS;
    const past = windows.filter(({ windowStart }) => windowStart < pastBefore);
    const late = past.filter(({ windowStart }) => windowStart < tenantNow.getTime() - LATE_AFTER_MS);
    await Promise.all([
      store.addToWindows(transaction, windows),
      store.addUniqueValues(transaction, uniques),
      store.addSamples(transaction, samples),
      store.addGroups(transaction, groups),
      touchQuotas(transaction, touched),
      addToDays(transaction, past),
      markChanges(transaction, late),
    ]);
  }

  /** Windows that began before this are in the days as well, if those are rolled up. Milliseconds since 1970. */
  past(): number {
    return this.#clock.processNow().getTime() - PAST_AFTER_MS;
  }
}
