import type { Clock, Database, Transaction } from '@plinth/common';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { findDunning, resumeDunning, saveDunning } from './dunning.store.ts';
import type { Dunning, PauseReason } from './dunning.ts';

/** Stops and resumes what is done by itself about an unpaid invoice. */
export class DunningPauseService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #invoices: InvoiceService;

  constructor(database: Database, clock: Clock, invoices: InvoiceService) {
    this.#database = database;
    this.#clock = clock;
    this.#invoices = invoices;
  }

  /** How far the dunning of an invoice has come; the first state for one that nothing happened to. */
  async get(tenantId: string, invoiceId: string): Promise<Dunning> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const { invoice } = await this.#invoices.getInvoice(tenantId, invoiceId);
      return (await findDunning(transaction, invoiceId)) ?? this.#untouched(invoice);
    });
  }

  /** Stops it at an agent's word. */
  async pause(tenantId: string, invoiceId: string): Promise<Dunning> {
    return this.#database.transaction(tenantId, async (transaction) =>
      this.pauseIn(transaction, await this.#invoices.lockInvoiceIn(transaction, invoiceId), 'agent'),
    );
  }

  /** Lets it go on, whatever it was stopped by. */
  async resume(tenantId: string, invoiceId: string): Promise<Dunning> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const invoice = await this.#invoices.lockInvoiceIn(transaction, invoiceId);
      const before = (await findDunning(transaction, invoiceId)) ?? this.#untouched(invoice);
      if (before.paused === null) return before;
      await this.resumeIn(transaction, [invoiceId], before.paused);
      return (await findDunning(transaction, invoiceId))!;
    });
  }

  /** Stops it until somebody resumes it. A pause that there is already stays. */
  async pauseIn(
    transaction: Transaction,
    invoice: Pick<Invoice, 'id' | 'accountId'>,
    reason: PauseReason,
  ): Promise<Dunning> {
    const before = (await findDunning(transaction, invoice.id)) ?? this.#untouched(invoice);
    if (before.paused !== null) return before;
    const after = { ...before, paused: reason, version: before.version + 1, updatedAt: this.#clock.now() };
    await saveDunning(transaction, after);
    record(transaction, 'paused', invoice.id, reason);
    return after;
  }

  /** Ends pauses that had this reason. */
  async resumeIn(transaction: Transaction, invoiceIds: readonly string[], reason: PauseReason): Promise<void> {
    for (const invoiceId of await resumeDunning(transaction, invoiceIds, reason, this.#clock.now()))
      record(transaction, 'resumed', invoiceId, reason);
  }

  #untouched({ id: invoiceId, accountId }: Pick<Invoice, 'id' | 'accountId'>): Dunning {
    const now = this.#clock.now();
    return {
      invoiceId,
      accountId,
      reached: [],
      paused: null,
      lastStepAt: null,
      version: 0,
      createdAt: now,
      updatedAt: now,
    };
  }
}

function record(transaction: Transaction, what: 'paused' | 'resumed', invoiceId: string, reason: PauseReason): void {
  const action = `dunning.${what}`;
  transaction.audit({ action, resourceType: 'invoice', resourceId: invoiceId, after: { reason } });
}
