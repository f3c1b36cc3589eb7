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
import type { CreditMovements } from '../credit/credit-movement.service.ts';
import { InvoiceStatusError } from './invoice.errors.ts';
import { releaseUses } from './coupon-use.store.ts';
import { insertPostings } from '../ledger/ledger.store.ts';
import {
  insertLines,
  listChargedInAdvance,
  listLastPositions,
  listLines,
  listMeasuredLines,
  type ChargedInvoiceLine,
} from './invoice-line.store.ts';
import { allotNumbersTo } from './invoice-number.store.ts';
import { postingOf, reversalOf } from './invoice-postings.ts';
import { listSpentByPeriod } from './spent.store.ts';
import * as store from './invoice.store.ts';
import { canBecome, type Invoice, type InvoiceDraft, type InvoiceLine, type InvoiceStatus } from './invoice.ts';
import { mergeDrafts } from './merge-drafts.ts';
import { recordStatus } from './record-invoice.ts';
import { settle, settleWithCredit, withFinalStatus, type Settlement } from './settlement.ts';

export interface InvoiceQuery extends store.InvoiceFilter {
  readonly sort: store.InvoiceOrder;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const firstLines = 200;
const pastDueAtOnce = 200;
const cursorKeys = {
  '-billedAt': z.tuple([z.iso.datetime(), z.uuid()]),
  '-total': z.tuple([z.string().regex(/^-?\d{1,60}$/), z.uuid()]),
};

/** Writes invoices, gives them numbers and leads them through their life cycle. */
export class InvoiceService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #credits: CreditMovements;

  constructor(database: Database, clock: Clock, credits: CreditMovements) {
    this.#database = database;
    this.#clock = clock;
    this.#credits = credits;
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
      const lines = await listLines(transaction, id, firstLines + 1, 0);
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
        await listLines(transaction, id, limit + 1, after),
        limit,
        ({ position }) => [position],
        (line) => line,
      );
    });
  }

  /**
   * Voids a draft, or a final invoice of which nothing was settled but by prepaid credit, which is given back; that
   * one's postings are reversed. Asking again changes nothing.
   */
  async void(tenantId: string, id: string, ifMatch: number | undefined, reason: string | undefined): Promise<Invoice> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await this.#lock(transaction, id, ifMatch, 'void');
      if (before.status === 'void') return before;
      if (!canBecome({ ...before, creditsMinor: 0n }, 'void')) throw new InvoiceStatusError(before.status, 'void');
      const now = this.#clock.now();
      if (before.creditsMinor !== 0n)
        await this.#credits.returnIn(transaction, id, undefined, reason ?? 'the invoice was voided');
      const after: Invoice = {
        ...before,
        creditsMinor: 0n,
        status: 'void',
        paidAt: null,
        voidedAt: now,
        version: before.version + 1,
        updatedAt: now,
      };
      await store.updateInvoices(transaction, [after]);
      await releaseUses(transaction, [id]);
      if (before.number !== null) await insertPostings(transaction, [reversalOf(before, now)]);
      recordStatus(transaction, after, before.status, reason);
      return after;
    });
  }

  /**
   * Adds what settles an invoice, under its row lock, and moves it to the status that follows. Posts nothing to the
   * ledger: who moves the money does. Throws where the invoice is a draft or void.
   */
  async applySettlementIn(transaction: Transaction, invoiceId: string, settlement: Settlement): Promise<Invoice> {
    const before = await store.findInvoiceForUpdate(transaction, invoiceId);
    if (before === undefined) throw new NotFoundError('invoice', invoiceId);
    const after = settle(before, settlement, this.#clock.now());
    await store.updateInvoices(transaction, [after]);
    recordStatus(transaction, after, before.status);
    return after;
  }

  /** An invoice that nobody else changes until the end of the transaction. */
  async lockInvoiceIn(transaction: Transaction, id: string): Promise<Invoice> {
    const invoice = await store.findInvoiceForUpdate(transaction, id);
    if (invoice === undefined) throw new NotFoundError('invoice', id);
    return invoice;
  }

  /** Writes many invoices with their lines inside a transaction; those that are final at once get their numbers in it. */
  async createInvoicesIn(transaction: Transaction, drafts: readonly InvoiceDraft[]): Promise<Invoice[]> {
    if (drafts.length === 0) return [];
    const now = this.#clock.now();
    const numbers = await allotNumbersTo(
      transaction,
      drafts.filter(({ finalizesAtOnce }) => finalizesAtOnce),
    );
    const invoices = drafts.map((draft) => toInvoice(draft, numbers.get(draft), now));
    const lines = drafts.flatMap(({ lines: own }, index) => {
      const invoiceId = invoices[index]!.id;
      return own.map((line, position) => ({ ...line, invoiceId, position: position + 1 }));
    });
    const rows = invoices.map((invoice, index) => ({ ...invoice, groupKey: drafts[index]!.groupKey }));
    const final = invoices.filter(({ number }) => number !== null);
    // Issued together: the lines are made ready for the wire while the database writes the invoices.
    await Promise.all([
      store.insertInvoices(transaction, rows),
      insertLines(transaction, lines),
      insertPostings(
        transaction,
        final.map((invoice) => postingOf(invoice, now)),
      ),
    ]);
    const settled = await this.#payFromCreditIn(transaction, invoices, final, now);
    for (const invoice of settled) recordStatus(transaction, invoice, undefined);
    return settled;
  }

  /**
   * Writes the drafts of a run: those with a group key are added to the draft that collects such billings. Gives what
   * was created, what was added to, and the invoice of each draft in their order.
   */
  async writeDraftsIn(
    transaction: Transaction,
    drafts: readonly InvoiceDraft[],
  ): Promise<{ created: Invoice[]; collected: Invoice[]; invoiceIds: string[] }> {
    const single = drafts.filter(({ groupKey }) => groupKey === null);
    const grouped = mergeDrafts(drafts.filter(({ groupKey }) => groupKey !== null));
    const open = await store.lockGroupDrafts(
      transaction,
      grouped.map(({ groupKey }) => groupKey!),
    );
    const created = await this.createInvoicesIn(transaction, [
      ...single,
      ...grouped.filter(({ groupKey }) => !open.has(groupKey!)),
    ]);
    const collected = await this.#addToDrafts(
      transaction,
      grouped.flatMap((draft) => {
        const invoice = open.get(draft.groupKey!);
        return invoice === undefined ? [] : [{ invoice, draft }];
      }),
    );
    const ids = new Map<string | InvoiceDraft, string>();
    for (const [position, draft] of single.entries()) ids.set(draft, created[position]!.id);
    const fresh = created.slice(single.length);
    const freshKeys = grouped.filter(({ groupKey }) => !open.has(groupKey!)).map(({ groupKey }) => groupKey!);
    for (const [position, key] of freshKeys.entries()) ids.set(key, fresh[position]!.id);
    for (const [key, { id }] of open) ids.set(key, id);
    return { created, collected, invoiceIds: drafts.map((draft) => ids.get(draft.groupKey ?? draft)!) };
  }

  /** Sums of invoices by currency, in smallest units. */
  async sumTotals(
    tenantId: string,
    ids: readonly string[],
  ): Promise<{ readonly currency: string; readonly totalMinor: bigint }[]> {
    if (ids.length === 0) return [];
    return this.#database.transaction(tenantId, (transaction) => store.sumTotals(transaction, ids));
  }

  /** Marks open invoices whose date has passed, and tells it. Gives how many. */
  async markPastDue(tenantId: string): Promise<number> {
    const now = this.#clock.now();
    let marked = 0;
    for (let count = pastDueAtOnce; count === pastDueAtOnce; marked += count)
      count = await this.#database.transaction(tenantId, async (transaction) => {
        const late = await store.listLateForUpdate(transaction, now, pastDueAtOnce);
        const invoices = late.map((invoice): Invoice => ({
          ...invoice,
          status: 'past_due',
          version: invoice.version + 1,
          updatedAt: now,
        }));
        await store.updateInvoices(transaction, invoices);
        for (const invoice of invoices) recordStatus(transaction, invoice, 'finalized');
        return invoices.length;
      });
    return marked;
  }

  /** What was billed for each period of the subscriptions, by subscription and index of the period. */
  async listSpentByPeriod(
    transaction: Transaction,
    subscriptionIds: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<number, bigint>>> {
    return listSpentByPeriod(transaction, subscriptionIds);
  }

  /** What was charged in advance for the given periods, by subscription. */
  async listChargedInAdvance(
    transaction: Transaction,
    periods: readonly { readonly subscriptionId: string; readonly periodIndex: number }[],
  ): Promise<ReadonlyMap<string, readonly ChargedInvoiceLine[]>> {
    return periods.length === 0 ? new Map() : listChargedInAdvance(transaction, periods);
  }

  /** What was billed by quantities for the given periods, by subscription and period. */
  async listMeasuredIn(
    transaction: Transaction,
    periods: readonly { readonly subscriptionId: string; readonly periodIndex: number }[],
  ): Promise<ReadonlyMap<string, readonly InvoiceLine[]>> {
    return listMeasuredLines(transaction, periods);
  }

  /** The invoices in their order, those settled that the credit of their payers pays. */
  async #payFromCreditIn(
    transaction: Transaction,
    invoices: readonly Invoice[],
    final: readonly Invoice[],
    now: Date,
  ): Promise<Invoice[]> {
    const credits = await this.#credits.applyIn(transaction, final);
    const settled = invoices.map((invoice) => settleWithCredit(invoice, credits.get(invoice.id), now));
    await store.updateInvoices(
      transaction,
      settled.filter(({ id }) => credits.has(id)),
    );
    return settled;
  }

  async #addToDrafts(
    transaction: Transaction,
    additions: readonly { readonly invoice: Invoice; readonly draft: InvoiceDraft }[],
  ): Promise<Invoice[]> {
    if (additions.length === 0) return [];
    const now = this.#clock.now();
    const last = await listLastPositions(
      transaction,
      additions.map(({ invoice }) => invoice.id),
    );
    const lines = additions.flatMap(({ invoice, draft }) =>
      draft.lines.map((line, index) => ({
        ...line,
        invoiceId: invoice.id,
        position: (last.get(invoice.id) ?? 0) + index + 1,
      })),
    );
    const invoices = additions.map(({ invoice, draft }): Invoice => ({
      ...invoice,
      subscriptionId: invoice.subscriptionId === draft.subscriptionId ? invoice.subscriptionId : null,
      lineCount: invoice.lineCount + draft.lines.length,
      calculation: 'pending',
      version: invoice.version + 1,
      updatedAt: now,
    }));
    await insertLines(transaction, lines);
    await store.updateInvoices(transaction, invoices);
    for (const { id, accountId, lineCount } of invoices)
      transaction.audit({
        action: 'invoice.lines_added',
        resourceType: 'invoice',
        resourceId: id,
        after: { accountId, lineCount },
      });
    return invoices;
  }

  async #lock(
    transaction: Transaction,
    id: string,
    ifMatch: number | undefined,
    wanted: InvoiceStatus,
  ): Promise<Invoice> {
    const invoice = await store.findInvoiceForUpdate(transaction, id);
    if (invoice === undefined) throw new NotFoundError('invoice', id);
    if (invoice.status !== wanted && ifMatch !== undefined && ifMatch !== invoice.version)
      throw new VersionMismatchError();
    return invoice;
  }
}

function toInvoice(
  { lines, groupKey: _groupKey, finalizesAtOnce, ...draft }: InvoiceDraft,
  number: bigint | undefined,
  now: Date,
): Invoice {
  const invoice: Invoice = {
    ...draft,
    id: newId(),
    number: number?.toString() ?? null,
    status: 'draft',
    creditsMinor: 0n,
    paidMinor: 0n,
    creditedMinor: 0n,
    writtenOffMinor: 0n,
    lineCount: lines.length,
    version: 1,
    createdAt: now,
    updatedAt: now,
    finalizedAt: finalizesAtOnce ? now : null,
    paidAt: null,
    voidedAt: null,
  };
  return finalizesAtOnce ? withFinalStatus(invoice, now) : invoice;
}

async function findExisting(transaction: Transaction, id: string): Promise<Invoice> {
  const invoice = await store.findInvoice(transaction, id);
  if (invoice === undefined) throw new NotFoundError('invoice', id);
  return invoice;
}
