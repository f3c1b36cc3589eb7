import type { ContractFunctions, DeletionCertificate, iamContract } from '@plinth/contracts';
import { newId, type Clock, type Database, type JobDefinition, type Logger } from '@plinth/common';
import type { DataHolder } from '../data-holders.ts';
import { findTenant } from '../tenant/tenant.store.ts';
import { countRows, type CountedRows } from './count-rows.ts';
import * as store from './deletion.store.ts';
import type { Deletion, FoundRows } from './deletion.ts';

export interface DeletionRunServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly holders: readonly DataHolder[];
  readonly iam: Pick<ContractFunctions<typeof iamContract>, 'signCertificate'>;
  readonly publicUrl: string;
}

/** Longer than any batch takes. */
const leaseMs = 120_000;
const pauseAfterFailureMs = 60_000;

/**
 * Deletes tenants whose grace period is over, service by service in batches. A run that dies is taken up by the next
 * one: what is deleted stays deleted, and what was there was counted before the first batch.
 */
export class DeletionRunService {
  readonly #options: DeletionRunServiceOptions;

  constructor(options: DeletionRunServiceOptions) {
    this.#options = options;
  }

  get job(): JobDefinition {
    return { name: 'tenant.deletions', schedule: '* * * * *', run: () => this.run() };
  }

  /** Deletes every tenant that is due. One that fails does not keep the others waiting. */
  async run(): Promise<void> {
    const { database, clock, log } = this.#options;
    for (;;) {
      const now = clock.now();
      const deletion = await database.platformTransaction((transaction) =>
        store.claimDue(transaction, now, later(now, leaseMs)),
      );
      if (deletion === undefined) return;
      try {
        await this.#delete(deletion);
      } catch (error) {
        log.error({ err: error, tenantId: deletion.tenantId }, 'a tenant could not be deleted; it is tried again');
        const message = error instanceof Error ? error.message : String(error);
        await database.platformTransaction((transaction) =>
          store.saveFailure(transaction, deletion.tenantId, later(clock.now(), pauseAfterFailureMs), message),
        );
      }
    }
  }

  async #delete(deletion: Deletion): Promise<void> {
    const { tenantId } = deletion;
    const found = deletion.found ?? (await this.#count(tenantId));
    for (const { functions } of this.#options.holders) {
      for (let done = false; !done;) {
        ({ done } = await functions.deleteTenantData({ tenantId }));
        await this.#keepLease(tenantId);
      }
    }
    await this.#complete(deletion, found, await this.#prove(tenantId));
  }

  async #count(tenantId: string): Promise<FoundRows[]> {
    const found: FoundRows[] = [];
    for (const holder of this.#options.holders) {
      found.push({ service: holder.service, rows: (await countRows(holder, tenantId)).remaining });
      await this.#keepLease(tenantId);
    }
    await this.#options.database.platformTransaction((transaction) => store.saveFound(transaction, tenantId, found));
    return found;
  }

  /** Counts again in every service; anything that is left ends the run. */
  async #prove(tenantId: string): Promise<CountedRows[]> {
    const proofs: CountedRows[] = [];
    for (const holder of this.#options.holders) {
      const counted = await countRows(holder, tenantId);
      const left = Object.entries(counted.remaining).filter(([, rows]) => rows > 0);
      if (left.length > 0)
        throw new Error(`rows are left: ${left.map(([table, rows]) => `${rows} in ${table}`).join(', ')}`);
      proofs.push(counted);
    }
    return proofs;
  }

  async #complete(deletion: Deletion, found: readonly FoundRows[], proofs: readonly CountedRows[]): Promise<void> {
    const { database, clock, iam, publicUrl } = this.#options;
    const { tenantId } = deletion;
    const tenant = await database.platformTransaction((transaction) => findTenant(transaction, tenantId));
    const now = clock.now();
    const certificate: DeletionCertificate = {
      certificate: 'plinth.tenant-deletion/1',
      id: newId(now.getTime()),
      tenantId,
      organizationId: tenant!.organizationId,
      requestedBy: deletion.requestedBy,
      requestedAt: deletion.requestedAt.toISOString(),
      startedAt: (deletion.startedAt ?? now).toISOString(),
      completedAt: now.toISOString(),
      services: proofs.map(({ service, remaining, kept, facts }) => ({
        service,
        deleted: { ...found.find((one) => one.service === service)?.rows },
        remaining: { ...remaining },
        kept: [...kept],
        facts: { ...facts },
      })),
      platform: publicUrl,
    };
    const { jws } = await iam.signCertificate({ certificate });
    // Of the platform, not of the tenant: its trail is closed.
    await database.platformTransaction(async (transaction) => {
      await store.completeDeletion(transaction, { id: certificate.id, tenantId, jws, now });
      transaction.audit({ action: 'tenant.deleted', resourceType: 'tenant', resourceId: tenantId, after: certificate });
      transaction.publish('tenant.status_changed', tenantId, { tenantId, status: 'deleted' });
      transaction.publish('tenant.deleted', tenantId, { tenantId, certificateId: certificate.id });
    });
  }

  async #keepLease(tenantId: string): Promise<void> {
    const { database, clock } = this.#options;
    await database.platformTransaction((transaction) =>
      store.extendLease(transaction, tenantId, later(clock.now(), leaseMs)),
    );
  }
}

function later(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}
