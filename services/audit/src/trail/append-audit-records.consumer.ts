import type { AuditRecord, EventEnvelope } from '@plinth/contracts';
import type { BatchUseCase, Transaction } from '@plinth/common';
import type { EntryService } from './entry.service.ts';

/** Appends what the services recorded to the chain of the tenant, many records in one transaction. */
export class AppendAuditRecords implements BatchUseCase<AuditRecord> {
  readonly #entries: EntryService;
  constructor(entries: EntryService) {
    this.#entries = entries;
  }

  async handleBatch(transaction: Transaction, events: readonly EventEnvelope<AuditRecord>[]): Promise<void> {
    await this.#entries.appendIn(transaction, events);
  }
}
