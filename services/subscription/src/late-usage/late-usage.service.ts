import type { ContractFunctions, meteringContract } from '@plinth/contracts';
import type { Clock, Database, Transaction } from '@plinth/common';
import { noteLateDays } from './ended-usage.store.ts';
import * as store from './late-usage.store.ts';

export interface LateUsageDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly metering: Pick<ContractFunctions<typeof meteringContract>, 'listLateChanges'>;
}

const changesAtOnce = 10_000;
const beginning = new Date(0);
// The longest period is several years; older days are in none that can still be one period back.
const keptMs = 10 * 366 * 86_400_000;

/** Knows of which days usage came late. */
export class LateUsage {
  readonly #dependencies: LateUsageDependencies;
  constructor(dependencies: LateUsageDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Takes over what metering lists since the last time, and notes the ended subscriptions that it concerns. Reading the
   * same twice changes nothing.
   */
  async sync(tenantId: string): Promise<void> {
    const { database, metering, clock } = this.#dependencies;
    const now = clock.now();
    for (;;) {
      const { sequence: after, readAt } = await database.transaction(tenantId, store.findPosition);
      const changes = await metering.listLateChanges({ tenantId, after, limit: changesAtOnce });
      const last = changes.at(-1);
      if (last !== undefined) {
        const days = changes.map(({ accountId, meter, from, to }) => ({
          accountId,
          meter,
          from: new Date(from),
          to: new Date(to),
        }));
        await database.transaction(tenantId, async (transaction) => {
          // Another process may have read on meanwhile.
          const position = await store.lockPosition(transaction);
          await store.insertLateDays(transaction, days);
          await noteLateDays(transaction, days, { now, cameAfter: readAt ?? beginning });
          if (last.sequence > position) await store.savePosition(transaction, last.sequence);
          await store.deleteDaysBefore(transaction, new Date(now.getTime() - keptMs));
        });
      }
      if (changes.length === changesAtOnce) continue;
      return database.transaction(tenantId, (transaction) => store.saveReadAt(transaction, now));
    }
  }

  /** Late days by account. */
  async listIn(
    transaction: Transaction,
    accountIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly store.LateDay[]>> {
    return Map.groupBy(await store.listLateDays(transaction, accountIds), ({ accountId }) => accountId);
  }
}
