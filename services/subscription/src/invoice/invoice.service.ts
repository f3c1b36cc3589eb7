import {
  NotFoundError,
  VersionMismatchError,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { ChargedLine } from '../billing/bill-period.ts';
import { InvoiceStatusError } from './invoice.errors.ts';
import * as store from './invoice.store.ts';
import {
  canBecome,
  formatNumber,
  type Invoice,
  type InvoiceDraft,
  type InvoiceLine,
  type InvoiceStatus,
} from './invoice.ts';

export interface InvoiceQuery extends store.InvoiceFilter {
  readonly sort: store.InvoiceOrder;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const firstLines = 200;
const cursorKeys = {
  '-billedAt': z.tuple([z.iso.datetime(), z.uuid()]),
  '-total': z.tuple([z.string().regex(/^-?\d{1,60}$/), z.uuid()]),
};

/** Writes invoices, gives them numbers and leads them through their life cycle. */
export class InvoiceService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async listInvoices(tenantId: string, { sort, limit, cursor, ...filter }: InvoiceQuery): Promise<Page<Invoice>> {
    const after = decodeCursor(cursor, cursorKeys[sort]);
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listInvoices(transaction, filter, sort, { limit: limit + 1, after }),
    );
    return toPage(
      rows,
      limit,
      (invoice) => [sort === '-total' ? invoice.totalMinor.toString() : invoice.billedAt.toISOString(), invoice.id],
      (invoice) => invoice,
    );
  }

  async getInvoice(tenantId: string, id: string): Promise<{ invoice: Invoice; lines: Page<InvoiceLine> }> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const invoice = await findExisting(transaction, id);
      const lines = await store.listLines(transaction, id, firstLines + 1, 0);
      return {
        invoice,
        lines: toPage(
          lines,
          firstLines,
          ({ position }) => [position],
          (line) => line,
        ),
      };
    });
  }

  async listLines(tenantId: string, id: string, limit: number, cursor: string | undefined): Promise<Page<InvoiceLine>> {
    const after = decodeCursor(cursor, z.tuple([z.int().min(0).max(2_147_483_647)]))?.[0] ?? 0;
    return this.#database.transaction(tenantId, async (transaction) => {
      await findExisting(transaction, id);
      return toPage(
        await store.listLines(transaction, id, limit + 1, after),
        limit,
        ({ position }) => [position],
        (line) => line,
      );
    });
  }

  /** Moves an invoice to another status. Asking for the status that it has changes nothing. */
  async changeStatus(
    tenantId: string,
    id: string,
    status: InvoiceStatus,
    ifMatch: number | undefined,
  ): Promise<Invoice> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findInvoiceForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('invoice', id);
      if (before.status === status) return before;
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      if (!canBecome(before.status, status)) throw new InvoiceStatusError(before.status, status);
      const now = this.#clock.now();
      const after: Invoice = {
        ...before,
        ...(status === 'finalized'
          ? { number: (await store.allotNumbers(transaction, 1)).toString(), finalizedAt: now }
          : {}),
        ...(status === 'paid' ? { paidAt: now } : {}),
        ...(status === 'void' ? { voidedAt: now } : {}),
        status,
        version: before.version + 1,
        updatedAt: now,
      };
      await store.updateStatus(transaction, after);
      recordStatus(transaction, after, before.status);
      return after;
    });
  }

  /** Writes many invoices with their lines inside a transaction; finalized ones get their numbers in it. */
  async createInvoicesIn(
    transaction: Transaction,
    drafts: readonly InvoiceDraft[],
    finalize: boolean,
  ): Promise<Invoice[]> {
    if (drafts.length === 0) return [];
    const last = finalize ? await store.allotNumbers(transaction, drafts.length) : 0n;
    const now = this.#clock.now();
    const invoices = drafts.map((draft, index): Invoice => {
      const { lines: own, ...facts } = draft;
      const number = finalize ? (last - BigInt(drafts.length - index - 1)).toString() : null;
      return {
        ...facts,
        number,
        id: newId(),
        status: finalize ? 'finalized' : 'draft',
        lineCount: own.length,
        version: 1,
        totalMinor: own.reduce((total, line) => total + line.amountMinor, 0n),
        createdAt: now,
        updatedAt: now,
        finalizedAt: finalize ? now : null,
        paidAt: null,
        voidedAt: null,
      };
    });
    const lines = drafts.flatMap(({ lines: own, subscriptionId }, index) => {
      const invoiceId = invoices[index]!.id;
      return own.map((line, position) => ({ ...line, invoiceId, subscriptionId, position: position + 1 }));
    });
    // Issued together: the lines are made ready for the wire while the database writes the invoices.
    await Promise.all([store.insertInvoices(transaction, invoices), store.insertLines(transaction, lines)]);
    for (const invoice of invoices) recordStatus(transaction, invoice, undefined);
    return invoices;
  }

  /** What the given billings charged in advance, by subscription. */
  async listChargedInAdvance(
    transaction: Transaction,
    billings: readonly { readonly subscriptionId: string; readonly billingIndex: number }[],
  ): Promise<ReadonlyMap<string, readonly ChargedLine[]>> {
    return billings.length === 0 ? new Map() : store.listChargedInAdvance(transaction, billings);
  }
}

function recordStatus(transaction: Transaction, invoice: Invoice, before: InvoiceStatus | undefined): void {
  const { id, accountId, subscriptionId, status, currency } = invoice;
  const totalMinor = invoice.totalMinor.toString();
  const number = invoice.number === null ? null : formatNumber(invoice.number);
  transaction.audit({
    action: status === 'draft' ? 'invoice.created' : `invoice.${status}`,
    resourceType: 'invoice',
    resourceId: id,
    ...(before === undefined ? {} : { before: { status: before } }),
    after: { status, number, accountId, subscriptionId, currency, totalMinor },
  });
  // The account's invoices are told in order.
  if (status === 'finalized')
    transaction.publish('invoice.finalized', accountId, {
      invoiceId: id,
      accountId,
      number: number!,
      currency,
      totalMinor,
    });
}

async function findExisting(transaction: Transaction, id: string): Promise<Invoice> {
  const invoice = await store.findInvoice(transaction, id);
  if (invoice === undefined) throw new NotFoundError('invoice', id);
  return invoice;
}
