import type { EventData, EventEnvelope } from '@plinth/contracts';
import type { BatchUseCase, Transaction } from '@plinth/common';
import type { PromptCharges } from './prompt-charges.service.ts';

type Finalized = EventData<'invoice.finalized'>;

/** Charges and mails invoices that have become final. */
export class InvoiceFinalized implements BatchUseCase<Finalized> {
  readonly #charges: Pick<PromptCharges, 'accept'>;
  readonly #notices: BatchUseCase<Finalized>;
  constructor(charges: Pick<PromptCharges, 'accept'>, notices: BatchUseCase<Finalized>) {
    this.#charges = charges;
    this.#notices = notices;
  }

  async handleBatch(transaction: Transaction, events: readonly EventEnvelope<Finalized>[]): Promise<void> {
    const { tenantId } = transaction;
    if (tenantId === undefined) return;
    await this.#notices.handleBatch(transaction, events);
    const owed = events.filter(({ data }) => BigInt(data.totalMinor) > 0n).map(({ data }) => data.invoiceId);
    // Behind the commit, where no transaction waits for a gateway.
    if (owed.length > 0) transaction.afterCommit(async () => this.#charges.accept(tenantId, owed));
  }
}
