import { newId, runInContext, type Clock, type Database, type JobDefinition } from '@plinth/common';
import { listTenantsWithPayloads, purgePayloads } from './gateway-event-retention.store.ts';

const atOnce = 1000;

/** Removes what gateways said after a time. Ids stay, so that an event that comes once more is still known. */
export class GatewayEventRetention {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #retentionMs: number;

  /** The clock is the process's: how long data is kept does not depend on the time of a sandbox. */
  constructor(database: Database, clock: Clock, retentionMs: number) {
    this.#database = database;
    this.#clock = clock;
    this.#retentionMs = retentionMs;
  }

  get job(): JobDefinition {
    return { name: 'subscription.purge-gateway-events', schedule: '53 3 * * *', run: () => this.purge() };
  }

  async purge(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - this.#retentionMs);
    const tenants = await this.#database.platformTransaction((transaction) =>
      listTenantsWithPayloads(transaction, before),
    );
    for (const tenantId of tenants) await this.#purgeOf(tenantId, before);
  }

  async #purgeOf(tenantId: string, before: Date): Promise<void> {
    const principal = { kind: 'service' as const, subject: 'subscription', tenant: tenantId, roles: [] };
    await runInContext({ requestId: newId(), principal }, async () => {
      for (let purged = atOnce; purged === atOnce;) {
        purged = await this.#database.transaction(tenantId, async (transaction) => {
          const events = await purgePayloads(transaction, before, atOnce);
          if (events > 0)
            transaction.audit({
              action: 'gateway_events.purged',
              resourceType: 'tenant',
              resourceId: tenantId,
              after: { events, receivedBefore: before.toISOString() },
            });
          return events;
        });
      }
    });
  }
}
