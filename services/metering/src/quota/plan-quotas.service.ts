import type { QuotaGrant } from '@plinth/contracts';
import { newId, runInContext, type Database, type JobDefinition, type Logger, type TenantClock } from '@plinth/common';
import { listWaitingTenants, lockFulfillable, saveAwaited } from './awaited-quota.store.ts';
import type { QuotaService } from './quota.service.ts';
import { findMeterIds } from './quota.store.ts';

const accountsAtOnce = 200;

/** Makes what plans grant the quotas of accounts, also where a meter comes after the plan that names it. */
export class PlanQuotas {
  readonly #database: Database;
  readonly #quotas: QuotaService;
  readonly #clock: TenantClock;
  readonly #log: Logger;

  constructor(database: Database, quotas: QuotaService, clock: TenantClock, log: Logger) {
    this.#database = database;
    this.#quotas = quotas;
    this.#clock = clock;
    this.#log = log;
  }

  /** Replaces the quotas that come from an account's plans; those of meters that do not exist wait for them. */
  async apply(tenantId: string, accountId: string, grants: readonly QuotaGrant[]): Promise<void> {
    await this.#clock.load(tenantId);
    await this.#database.transaction(tenantId, async (transaction) => {
      const known = await findMeterIds(
        transaction,
        grants.map(({ meter }) => meter),
      );
      const missing = [...new Set(grants.map(({ meter }) => meter))].filter((meter) => !known.has(meter));
      // Before the quotas are locked, as whoever fulfils them does.
      await saveAwaited(transaction, { accountId, grants }, missing);
      await this.#quotas.replaceGranted(
        tenantId,
        accountId,
        grants.filter(({ meter }) => known.has(meter)),
      );
      if (missing.length > 0)
        this.#log.warn({ tenantId, accountId, meters: missing }, 'quotas of a plan wait for meters that do not exist');
    });
  }

  /** Sets what a tenant's accounts have waited for; gives how many accounts there were. */
  async fulfil(tenantId: string): Promise<number> {
    await this.#clock.load(tenantId);
    return this.#database.transaction(tenantId, async (transaction) => {
      const awaited = await lockFulfillable(transaction, accountsAtOnce);
      for (const { accountId, grants } of awaited) await this.apply(tenantId, accountId, grants);
      return awaited.length;
    });
  }

  /** Every minute: a meter that is made tells nobody which plans have named it. */
  job(): JobDefinition {
    return {
      name: 'metering.set-awaited-quotas',
      schedule: '* * * * *',
      run: async () => {
        for (const tenantId of await this.#database.platformTransaction(listWaitingTenants)) {
          const principal = { kind: 'service' as const, subject: 'metering', tenant: tenantId, roles: [] };
          try {
            await runInContext({ requestId: newId(), principal }, async () => {
              while ((await this.fulfil(tenantId)) === accountsAtOnce);
            });
          } catch (error) {
            this.#log.error({ err: error, tenantId }, 'awaited quotas could not be set; the next run tries again');
          }
        }
      },
    };
  }
}
