import {
  NotFoundError,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { listLinesOf } from '../invoice/invoice-line.store.ts';
import { allotNumbers } from '../invoice/invoice-number.store.ts';
import { dueMinor, formatNumber, type Invoice } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import { insertPostings } from '../ledger/ledger.store.ts';
import { CreditExceedsError, InvoiceNotCreditableError } from './credit-note.errors.ts';
import {
  CreditExceeds,
  creditLines,
  refundableMinor,
  type CreditNote,
  type CreditNoteLine,
  type CreditRequest,
} from './credit-note.ts';
import * as store from './credit-note.store.ts';

export interface CreditNoteDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly invoices: InvoiceService;
  readonly entities: LegalEntityService;
}

export interface CreditNoteQuery extends store.CreditNoteFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Takes back what final invoices charged, by credit notes and write-offs. */
export class CreditNoteService {
  readonly #dependencies: CreditNoteDependencies;
  constructor(dependencies: CreditNoteDependencies) {
    this.#dependencies = dependencies;
  }

  async list(tenantId: string, { limit, cursor, ...filter }: CreditNoteQuery): Promise<Page<CreditNote>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#dependencies.database.transaction(tenantId, (transaction) =>
      store.listCreditNotes(transaction, filter, after, limit + 1),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (note) => note,
    );
  }

  async get(tenantId: string, id: string): Promise<CreditNote> {
    return this.#dependencies.database.transaction(tenantId, (transaction) => findExisting(transaction, id));
  }

  /**
   * Issues a credit note: it lowers what is open of the invoice, and what was paid already becomes refundable. Throws
   * where more is asked for than is left (rule 6).
   */
  async issue(tenantId: string, invoiceId: string, request: CreditRequest, reason: string): Promise<CreditNote> {
    return this.#dependencies.database.transaction(tenantId, async (transaction) => {
      const invoice = await this.#lockFinal(transaction, invoiceId);
      const lines = await this.#creditLines(transaction, invoice, request);
      const note = await this.#number(transaction, invoice, lines, reason);
      const totalMinor = note.netMinor + note.taxMinor;
      const left = invoice.totalMinor - invoice.creditedMinor - invoice.writtenOffMinor;
      if (totalMinor <= 0n || totalMinor > left) throw new CreditExceedsError('/', left);
      await store.insertCreditNote(transaction, note);
      await this.#dependencies.invoices.applySettlementIn(transaction, invoiceId, { creditedMinor: totalMinor });
      await insertPostings(transaction, [
        {
          ...postingBase(invoice, note.issuedAt),
          sourceType: 'credit_note',
          sourceId: note.id,
          entries: [
            { account: 'revenue', amountMinor: note.netMinor },
            { account: 'tax', amountMinor: note.taxMinor },
            { account: 'receivable', amountMinor: -totalMinor },
          ],
        },
      ]);
      record(transaction, note);
      return note;
    });
  }

  /** Gives up what is open of an invoice, or part of it. Throws where it is more than is open. */
  async writeOff(
    tenantId: string,
    invoiceId: string,
    amountMinor: bigint | undefined,
    reason: string,
  ): Promise<Invoice> {
    const { database, clock, invoices } = this.#dependencies;
    return database.transaction(tenantId, async (transaction) => {
      const invoice = await this.#lockFinal(transaction, invoiceId);
      const due = dueMinor(invoice);
      const amount = amountMinor ?? due;
      if (amount <= 0n || amount > due) throw new CreditExceedsError('/amountMinor', due > 0n ? due : 0n);
      const after = await invoices.applySettlementIn(transaction, invoiceId, { writtenOffMinor: amount });
      await insertPostings(transaction, [
        {
          ...postingBase(invoice, clock.now()),
          sourceType: 'write_off',
          sourceId: invoiceId,
          entries: [
            { account: 'write_offs', amountMinor: amount },
            { account: 'receivable', amountMinor: -amount },
          ],
        },
      ]);
      transaction.audit({
        action: 'invoice.write_off',
        resourceType: 'invoice',
        resourceId: invoiceId,
        after: { amountMinor: amount.toString(), reason },
      });
      return after;
    });
  }

  /**
   * Notes that so much of a credit note was given back, by a refund or as prepaid credit; negative where that failed
   * afterwards. Posts nothing to the ledger. Throws where it is more than the refundable rest.
   */
  async addRefundIn(transaction: Transaction, id: string, amountMinor: bigint): Promise<CreditNote> {
    const before = await findExisting(transaction, id);
    if (!(await store.addRefunded(transaction, id, amountMinor)))
      throw new CreditExceedsError('/amountMinor', refundableMinor(before));
    return findExisting(transaction, id);
  }

  async #lockFinal(transaction: Transaction, invoiceId: string): Promise<Invoice> {
    const invoice = await this.#dependencies.invoices.lockInvoiceIn(transaction, invoiceId);
    if (invoice.status === 'draft' || invoice.status === 'void') throw new InvoiceNotCreditableError(invoice.status);
    return invoice;
  }

  async #creditLines(transaction: Transaction, { id }: Invoice, request: CreditRequest): Promise<CreditNoteLine[]> {
    const lines = (await listLinesOf(transaction, [id])).get(id) ?? [];
    try {
      return creditLines(lines, await store.sumCredited(transaction, id), request);
    } catch (error) {
      if (error instanceof CreditExceeds) throw new CreditExceedsError(error.path, error.leftMinor);
      throw error;
    }
  }

  async #number(
    transaction: Transaction,
    invoice: Invoice,
    lines: readonly CreditNoteLine[],
    reason: string,
  ): Promise<CreditNote> {
    const { entities, clock } = this.#dependencies;
    const issuer = (await entities.loadIn(transaction)).get(invoice.legalEntityId);
    const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0n);
    const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
    const total = netMinor + taxMinor;
    const due = dueMinor(invoice) > 0n ? dueMinor(invoice) : 0n;
    return {
      id: newId(),
      legalEntityId: invoice.legalEntityId,
      legalEntityVersion: issuer.version,
      number: (await allotNumbers(transaction, invoice.legalEntityId, 'credit_note', 1)).toString(),
      numberPrefix: issuer.creditNotePrefix,
      invoiceId: invoice.id,
      accountId: invoice.accountId,
      currency: invoice.currency,
      reason,
      netMinor,
      taxMinor,
      settledMinor: total < due ? total : due,
      refundedMinor: 0n,
      issuedAt: clock.now(),
      version: 1,
      lines,
    };
  }
}

function postingBase({ legalEntityId, accountId, currency }: Invoice, postedAt: Date) {
  return { legalEntityId, accountId, currency, postedAt };
}

function record(transaction: Transaction, note: CreditNote): void {
  const { id, invoiceId, accountId, currency, reason } = note;
  const number = formatNumber(note.number, note.numberPrefix);
  const totalMinor = (note.netMinor + note.taxMinor).toString();
  const refundable = refundableMinor(note).toString();
  transaction.audit({
    action: 'credit_note.issued',
    resourceType: 'credit_note',
    resourceId: id,
    after: { number, invoiceId, accountId, currency, totalMinor, refundableMinor: refundable, reason },
  });
  transaction.publish('credit_note.issued', accountId, {
    creditNoteId: id,
    invoiceId,
    accountId,
    number,
    currency,
    totalMinor,
    refundableMinor: refundable,
  });
}

async function findExisting(transaction: Transaction, id: string): Promise<CreditNote> {
  const note = await store.findCreditNote(transaction, id);
  if (note === undefined) throw new NotFoundError('credit note', id);
  return note;
}
