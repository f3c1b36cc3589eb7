import type { Clock, Database, JobDefinition, Logger } from '@plinth/common';
import * as store from './usage-days.store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Writers add windows that are older than this to the days as well, if those are rolled up. */
export const PAST_AFTER_MS = 24 * HOUR_MS;
/**
 * Days are rolled up this long after their end. The time between the two is for clocks that differ and transactions
 * that take long: whoever may write without looking at the days must have committed by then.
 */
const ROLL_UP_AFTER_MS = 26 * HOUR_MS;
const ACCOUNTS_PER_STATEMENT = 500;

/** Adds the windows of past days up, each tenant's in one transaction. */
export class DayRollUp {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Rolls up every tenant's past days. One tenant's failure does not keep the others waiting. */
  async run(log: Logger): Promise<void> {
    const until = new Date(Math.floor((this.#clock.now().getTime() - ROLL_UP_AFTER_MS) / DAY_MS) * DAY_MS);
    const tenants = await this.#database.platformTransaction((transaction) =>
      store.listTenantsToRollUp(transaction, until),
    );
    for (const tenantId of tenants) {
      try {
        await this.#rollUp(tenantId, until);
      } catch (error) {
        log.error({ err: error, tenantId }, "a tenant's usage could not be rolled up; the next run tries again");
      }
    }
  }

  async #rollUp(tenantId: string, until: Date): Promise<void> {
    await this.#database.transaction(tenantId, async (transaction) => {
      await store.lockDays(transaction);
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const accountIds = await store.listAccountsAfter(transaction, after, ACCOUNTS_PER_STATEMENT);
        const last = accountIds.at(-1);
        if (last === undefined) break;
        await store.insertDays(transaction, accountIds, until);
        after = last;
      }
      await store.setRolledUntil(transaction, until);
    });
  }
}

/** Rolls days up once an hour. */
export function dayRollUpJob(rollUp: DayRollUp, log: Logger): JobDefinition {
  return { name: 'metering.day-roll-up', schedule: '20 * * * *', run: () => rollUp.run(log) };
}
