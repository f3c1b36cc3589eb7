import {
  decodeCursor,
  newId,
  NotFoundError,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { NothingDueError, PaymentRunningError } from '../payment/payment.errors.ts';
import type { ReceivedPaymentService } from '../payment/received-payment.service.ts';
import { TransferNotOpenError } from './bank-transfer.errors.ts';
import * as store from './bank-transfer.store.ts';
import { findNumbers, matchTransfer, type BankTransfer, type BookedTransfer, type Mismatch } from './bank-transfer.ts';
import { parseCamt053 } from './parse-camt053.ts';
import { parseCsvStatement } from './parse-csv-statement.ts';

export interface ImportSummary {
  readonly imported: number;
  readonly matched: number;
  readonly unmatched: number;
  /** Lines that an earlier statement had. */
  readonly known: number;
}

/** Takes transfers from bank statements and settles the invoices that they name. */
export class BankTransferService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #payments: ReceivedPaymentService;

  constructor(database: Database, clock: Clock, payments: ReceivedPaymentService) {
    this.#database = database;
    this.#clock = clock;
    this.#payments = payments;
  }

  /** Takes a statement, all or nothing. A line that is known is passed over, so a statement may be taken again. */
  async importStatement(tenantId: string, format: 'camt.053' | 'csv', content: string): Promise<ImportSummary> {
    const booked = format === 'csv' ? parseCsvStatement(content) : parseCamt053(content);
    return this.#database.transaction(tenantId, async (transaction) => {
      const summary = { imported: 0, matched: 0, unmatched: 0, known: 0 };
      for (const line of booked) {
        const transfer = await this.#takeIn(transaction, line);
        if (transfer === undefined) summary.known += 1;
        else {
          summary.imported += 1;
          summary[transfer.status === 'matched' ? 'matched' : 'unmatched'] += 1;
        }
      }
      return summary;
    });
  }

  async listTransfers(
    tenantId: string,
    query: {
      readonly status?: BankTransfer['status'] | undefined;
      readonly limit: number;
      readonly cursor?: string | undefined;
    },
  ): Promise<Page<BankTransfer>> {
    const before = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listTransfers(transaction, query.status, query.limit + 1, before),
    );
    return toPage(
      rows,
      query.limit,
      ({ id }) => [id],
      (transfer) => transfer,
    );
  }

  /** Settles an invoice with a transfer that was not matched by itself. What is too much stays unapplied. */
  async apply(tenantId: string, id: string, invoiceId: string): Promise<BankTransfer> {
    return this.#database.transaction(tenantId, async (transaction) =>
      this.#settleIn(transaction, await this.#lockOpenIn(transaction, id), invoiceId),
    );
  }

  /** Sets a transfer aside that is for no invoice. */
  async ignore(tenantId: string, id: string): Promise<BankTransfer> {
    return this.#database.transaction(tenantId, async (transaction) =>
      this.#changeIn(transaction, await this.#lockOpenIn(transaction, id), { status: 'ignored', mismatch: null }),
    );
  }

  /** A new transfer, matched where it can be; undefined for one that is known. */
  async #takeIn(transaction: Transaction, booked: BookedTransfer): Promise<BankTransfer | undefined> {
    const now = this.#clock.now();
    const transfer: BankTransfer = {
      ...booked,
      id: newId(),
      status: 'unmatched',
      mismatch: null,
      paymentId: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    if (!(await store.insertTransfer(transaction, transfer))) return undefined;
    record(transaction, 'imported', transfer);
    const candidates = await store.listCandidates(transaction, findNumbers(booked.reference));
    const match = matchTransfer(booked, candidates);
    const mismatch =
      'mismatch' in match ? match.mismatch : await this.#trySettleIn(transaction, transfer, match.invoiceId);
    return typeof mismatch === 'string' ? this.#changeIn(transaction, transfer, { mismatch }) : mismatch;
  }

  async #trySettleIn(
    transaction: Transaction,
    transfer: BankTransfer,
    invoiceId: string,
  ): Promise<BankTransfer | Mismatch> {
    try {
      return await this.#settleIn(transaction, transfer, invoiceId);
    } catch (error) {
      // While a card is being charged for it, an agent has to say which of the two counts.
      if (error instanceof PaymentRunningError) return 'payment_running';
      if (error instanceof NothingDueError) return 'not_open';
      throw error;
    }
  }

  async #settleIn(transaction: Transaction, transfer: BankTransfer, invoiceId: string): Promise<BankTransfer> {
    const payment = await this.#payments.recordReceivedIn(transaction, {
      gateway: 'bank_transfer',
      invoiceId,
      currency: transfer.currency,
      amountMinor: transfer.amountMinor,
      reference: transfer.bankReference,
      note: transfer.reference === '' ? null : transfer.reference,
      receivedOn: transfer.bookedOn,
      requestKey: null,
    });
    return this.#changeIn(transaction, transfer, { status: 'matched', mismatch: null, paymentId: payment.id });
  }

  async #lockOpenIn(transaction: Transaction, id: string): Promise<BankTransfer> {
    const transfer = await store.findTransferForUpdate(transaction, id);
    if (transfer === undefined) throw new NotFoundError('bank transfer', id);
    if (transfer.status !== 'unmatched') throw new TransferNotOpenError(id, transfer.status);
    return transfer;
  }

  async #changeIn(
    transaction: Transaction,
    before: BankTransfer,
    change: Partial<BankTransfer>,
  ): Promise<BankTransfer> {
    const after = { ...before, ...change, version: before.version + 1, updatedAt: this.#clock.now() };
    await store.updateTransfer(transaction, after);
    if (after.status !== before.status) record(transaction, after.status, after);
    return after;
  }
}

function record(transaction: Transaction, what: string, transfer: BankTransfer): void {
  const { id, status, currency, reference, payer, paymentId } = transfer;
  transaction.audit({
    action: `bank_transfer.${what}`,
    resourceType: 'bank_transfer',
    resourceId: id,
    after: { status, currency, amountMinor: transfer.amountMinor.toString(), reference, payer, paymentId },
  });
}
