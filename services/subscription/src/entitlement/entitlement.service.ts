import { isDeepStrictEqual } from 'node:util';
import type { Database, JobDefinition, Logger, TenantClock, Transaction } from '@plinth/common';
import { runForTenant } from '../tenant-job/tenant-job.ts';
import type { TimedWork } from '../test-clock/timed-work.ts';
import * as store from './entitlement.store.ts';
import { mergeEntitlements, type AccountEntitlements } from './entitlement.ts';

const accountsAtOnce = 500;

/** Knows what the subscriptions of accounts grant, and tells other services when that changes. */
export class EntitlementService {
  readonly #database: Database;
  readonly #clock: TenantClock;

  constructor(database: Database, clock: TenantClock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** What an account may use now; nothing when it has no subscription. */
  async getEntitlements(tenantId: string, accountId: string): Promise<AccountEntitlements> {
    const now = this.#clock.now();
    const phases = await this.#database.transaction(tenantId, (transaction) =>
      store.listGrantingPhases(transaction, [accountId], now),
    );
    return resolveEntitlements(accountId, phases, now);
  }

  /**
   * Works out anew what accounts may use, in the transaction that changed their subscriptions, and publishes
   * `entitlements.changed` for those where it differs from what was told before.
   */
  async refreshIn(transaction: Transaction, accountIds: readonly string[]): Promise<void> {
    const distinct = [...new Set(accountIds)].sort();
    if (distinct.length === 0) return;
    const now = this.#clock.now();
    const known = new Map(
      (await store.listKnownForUpdate(transaction, distinct)).map((account) => [account.accountId, account]),
    );
    const phases = Map.groupBy(
      await store.listGrantingPhases(transaction, distinct, now),
      ({ accountId }) => accountId,
    );
    const resolved = distinct.map((accountId) => resolveEntitlements(accountId, phases.get(accountId) ?? [], now));
    const different = resolved.filter((account) => !isDeepStrictEqual(account, known.get(account.accountId)));
    if (different.length > 0) await store.saveEntitlements(transaction, different, now);
    for (const { changesAt: _, ...account } of different) {
      const before = known.get(account.accountId);
      if (isSame(account, before)) continue;
      transaction.publish('entitlements.changed', account.accountId, {
        ...account,
        entitlements: [...account.entitlements],
      });
    }
  }

  /** Every minute: phases begin and end whether or not somebody looks. */
  job(log: Logger): JobDefinition {
    return {
      name: 'subscription.refresh-entitlements',
      schedule: '* * * * *',
      run: async () => {
        const now = this.#clock.now();
        const due = await this.#database.platformTransaction((transaction) => store.listDueTenants(transaction, now));
        for (const tenantId of due) {
          try {
            await runForTenant(this.#clock, tenantId, () => this.refreshDue(tenantId));
          } catch (error) {
            log.error(
              { err: error, tenantId },
              "a tenant's entitlements could not be refreshed; the next run tries again",
            );
          }
        }
      },
    };
  }

  /** The same as a test clock lets it happen. */
  get timedRefresh(): TimedWork {
    return {
      name: 'entitlements',
      nextAt: (tenantId) => this.#database.transaction(tenantId, store.findNextChange),
      run: (tenantId) => this.refreshDue(tenantId),
    };
  }

  /** Refreshes the accounts of a tenant where a phase has begun or ended since; gives their number. */
  async refreshDue(tenantId: string): Promise<number> {
    let refreshed = 0;
    for (;;) {
      const count = await this.#database.transaction(tenantId, async (transaction) => {
        const due = await store.listDueAccountIds(transaction, this.#clock.now(), accountsAtOnce);
        await this.refreshIn(transaction, due);
        return due.length;
      });
      refreshed += count;
      if (count < accountsAtOnce) return refreshed;
    }
  }
}

function resolveEntitlements(
  accountId: string,
  phases: readonly store.GrantingPhase[],
  now: Date,
): store.KnownEntitlements {
  const inForce = phases.filter(({ startsAt }) => startsAt <= now);
  const changes = phases.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]).filter((time) => time !== null);
  const next = changes.filter((time) => time > now).sort((left, right) => left.getTime() - right.getTime())[0];
  return {
    accountId,
    entitlements: mergeEntitlements(
      inForce.map(({ entitlements, isAddOn, quantity }) => ({ entitlements, units: isAddOn ? quantity : 1 })),
    ),
    anchor: inForce[0]?.anchor ?? null,
    period: inForce[0]?.period ?? null,
    changesAt: next ?? null,
  };
}

function isSame(account: AccountEntitlements, before: store.KnownEntitlements | undefined): boolean {
  if (before === undefined) return account.entitlements.length === 0;
  const { changesAt: _, ...told } = before;
  return isDeepStrictEqual(account, told);
}
