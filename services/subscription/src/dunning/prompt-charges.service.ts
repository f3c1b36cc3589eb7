import { Semaphore, type Logger, type TenantClock } from '@plinth/common';
import { runForTenant } from '../tenant-job/tenant-job.ts';
import type { CollectionService } from './collection.service.ts';

export interface PromptChargesOptions {
  readonly collection: Pick<CollectionService, 'chargeOpened'>;
  readonly clock: TenantClock;
  readonly log: Logger;
}

const atOnce = 2;

/**
 * Charges invoices soon after they became final, behind whatever told of them. What a process loses when it ends is
 * charged by the next collection.
 */
export class PromptCharges {
  readonly #options: PromptChargesOptions;
  readonly #slots = new Semaphore(atOnce);
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: PromptChargesOptions) {
    this.#options = options;
  }

  /** Takes invoices of a tenant and returns at once. */
  accept(tenantId: string, invoiceIds: readonly string[]): void {
    const running: Promise<void> = this.#slots
      .run(() => this.#charge(tenantId, invoiceIds))
      .catch((error: unknown) =>
        this.#options.log.warn({ err: error, tenantId }, 'invoices were not charged right away'),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for all that was accepted. */
  async drain(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Begins nothing more and waits for what has begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.drain();
  }

  async #charge(tenantId: string, invoiceIds: readonly string[]): Promise<void> {
    if (this.#stopped) return;
    const { collection, clock, log } = this.#options;
    const charged = await runForTenant(clock, tenantId, () => collection.chargeOpened(tenantId, invoiceIds));
    if (charged > 0) log.info({ tenantId, charged }, 'invoices were charged when they became final');
  }
}
