import {
  NotFoundError,
  VersionMismatchError,
  type Clock,
  type Database,
  type Logger,
  type Transaction,
} from '@plinth/common';
import type { CreditMovements } from '../credit/credit-movement.service.ts';
import { insertPostings } from '../ledger/ledger.store.ts';
import type { ExternalTaxService } from '../tax/external-tax.service.ts';
import { TaxServiceFailedError } from '../tax/tax-service.errors.ts';
import type { DraftCalculation } from './draft-calculation.service.ts';
import { dueOn } from './compose-invoice.ts';
import { listLinesOf } from './invoice-line.store.ts';
import { allotNumbersTo } from './invoice-number.store.ts';
import { postingOf } from './invoice-postings.ts';
import { InvoiceStatusError } from './invoice.errors.ts';
import * as store from './invoice.store.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import type { IssuingRulesService } from './issuing-rules.service.ts';
import { recordStatus } from './record-invoice.ts';
import { settleWithCredit, withFinalStatus } from './settlement.ts';

export interface DraftCompletionDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly calculation: DraftCalculation;
  readonly rules: IssuingRulesService;
  readonly credits: CreditMovements;
  /** Undefined where none is configured. */
  readonly taxService: ExternalTaxService | undefined;
}

/** What a pass over the drafts came to. */
export interface CompletionSummary {
  readonly calculated: number;
  readonly finalized: number;
  /** Drafts that wait for the tax service. */
  readonly failed: number;
}

/** An invoice with all its lines. */
export interface CompletedInvoice extends Invoice {
  readonly lines: readonly InvoiceLine[];
}

const batchSize = 100;
const lowestId = '00000000-0000-0000-0000-000000000000';

/** Works out drafts and makes them final: when their review window is over, or when somebody asks for it. */
export class DraftCompletion {
  readonly #dependencies: DraftCompletionDependencies;
  constructor(dependencies: DraftCompletionDependencies) {
    this.#dependencies = dependencies;
  }

  /** Works out every draft of a tenant that is not, and finalizes those whose review is over unless asked not to. */
  async completeDrafts(tenantId: string, finalize: boolean): Promise<CompletionSummary> {
    const { clock } = this.#dependencies;
    const calculated = await this.#inBatches(
      tenantId,
      (transaction, after) => store.listUncalculatedIds(transaction, 'pending', after, batchSize),
      (transaction, ids) => this.#calculateIn(transaction, ids),
    );
    const failed = await this.#taxDrafts(tenantId);
    if (!finalize) return { calculated, finalized: 0, failed };
    const finalized = await this.#inBatches(
      tenantId,
      (transaction, after) => store.listReviewedDraftIds(transaction, clock.now(), after, batchSize),
      async (transaction, ids) => (await this.#finalizeIn(transaction, ids)).length,
    );
    return { calculated, finalized, failed };
  }

  /** Finalizes one draft now, whatever its review window. Asking again changes nothing. */
  async finalize(tenantId: string, id: string, ifMatch: number | undefined): Promise<Invoice> {
    const { database } = this.#dependencies;
    const draft = await database.transaction(tenantId, async (transaction) => {
      const [invoice] = await store.listInvoicesForUpdate(transaction, [id]);
      if (invoice === undefined) throw new NotFoundError('invoice', id);
      if (invoice.number !== null && invoice.status !== 'void') return invoice;
      if (ifMatch !== undefined && ifMatch !== invoice.version) throw new VersionMismatchError();
      if (invoice.status !== 'draft') throw new InvoiceStatusError(invoice.status, 'finalized');
      if (invoice.calculation !== 'pending') return invoice;
      return (await this.#dependencies.calculation.calculateIn(transaction, [invoice]))[0]!;
    });
    if (draft.status !== 'draft') return draft;
    if (draft.calculation === 'untaxed') await this.#tax(tenantId, id);
    return database.transaction(tenantId, async (transaction) => {
      const [invoice] = await this.#finalizeIn(transaction, [id]);
      if (invoice !== undefined) return invoice;
      // Somebody else was faster, or changed the draft meanwhile.
      const now = await store.findInvoice(transaction, id);
      if (now !== undefined && now.number !== null) return now;
      throw new VersionMismatchError();
    });
  }

  /**
   * Works out what has just been written, and finalizes it if asked to, inside the transaction that wrote it. What an
   * external service taxes stays an untaxed draft. Gives all of it as it is then, the oldest billing first.
   */
  async completeIn(transaction: Transaction, ids: readonly string[], finalize: boolean): Promise<CompletedInvoice[]> {
    await this.#calculateIn(transaction, ids);
    if (finalize) await this.#finalizeIn(transaction, ids);
    const lines = await listLinesOf(transaction, ids);
    return (await store.listInvoicesForUpdate(transaction, ids))
      .map((invoice) => ({ ...invoice, lines: lines.get(invoice.id) ?? [] }))
      .sort((one, other) => one.billedAt.getTime() - other.billedAt.getTime());
  }

  async #calculateIn(transaction: Transaction, ids: readonly string[]): Promise<number> {
    const drafts = await store.listInvoicesForUpdate(transaction, ids);
    const pending = drafts.filter(({ status, calculation }) => status === 'draft' && calculation === 'pending');
    return (await this.#dependencies.calculation.calculateIn(transaction, pending)).length;
  }

  /** Numbers, books and events of drafts that are worked out, and what the payers' credit settles of them. */
  async #finalizeIn(transaction: Transaction, ids: readonly string[]): Promise<Invoice[]> {
    const { clock, rules, credits } = this.#dependencies;
    const now = clock.now();
    const drafts = (await store.listInvoicesForUpdate(transaction, ids)).filter(
      ({ status, calculation }) => status === 'draft' && calculation === 'done',
    );
    if (drafts.length === 0) return [];
    const { entities } = await rules.loadIn(transaction);
    const numbers = await allotNumbersTo(transaction, drafts);
    const final = drafts.map((draft): Invoice => {
      const issuer = entities.get(draft.legalEntityId);
      const issued = {
        ...draft,
        number: numbers.get(draft)!.toString(),
        numberPrefix: issuer.invoicePrefix,
        legalEntityVersion: issuer.version,
        dueOn: dueOn(draft, issuer, now),
        finalizedAt: now,
        version: draft.version + 1,
        updatedAt: now,
      };
      return withFinalStatus(issued, now);
    });
    const paid = await credits.applyIn(transaction, final);
    const invoices = final.map((invoice) => settleWithCredit(invoice, paid.get(invoice.id), now));
    await store.updateInvoices(transaction, invoices);
    await insertPostings(
      transaction,
      invoices.map((invoice) => postingOf(invoice, now)),
    );
    for (const invoice of invoices) recordStatus(transaction, invoice, 'draft');
    return invoices;
  }

  /** Asks the tax service for the drafts that lack taxes. Once it is away, the others wait for the next pass. */
  async #taxDrafts(tenantId: string): Promise<number> {
    const { database, log } = this.#dependencies;
    let after = lowestId;
    for (;;) {
      const ids = await database.transaction(tenantId, (transaction) =>
        store.listUncalculatedIds(transaction, 'untaxed', after, batchSize),
      );
      for (const [position, id] of ids.entries()) {
        try {
          await this.#tax(tenantId, id);
        } catch (error) {
          if (!(error instanceof TaxServiceFailedError)) throw error;
          log.error({ err: error, tenantId, invoiceId: id }, 'invoices wait for the tax service');
          return ids.length - position;
        }
      }
      if (ids.length < batchSize) return 0;
      after = ids.at(-1)!;
    }
  }

  /** No transaction is open while the service is asked; a draft that changed meanwhile is asked for again later. */
  async #tax(tenantId: string, id: string): Promise<void> {
    const { database, rules, taxService, calculation } = this.#dependencies;
    if (taxService === undefined) throw new TaxServiceFailedError('none is configured');
    const { draft, lines, issuer } = await database.transaction(tenantId, async (transaction) => {
      const found = await store.findInvoice(transaction, id);
      const own = (await listLinesOf(transaction, [id])).get(id) ?? [];
      const { entities } = await rules.loadIn(transaction);
      return { draft: found, lines: own, issuer: entities.get(found?.legalEntityId ?? tenantId) };
    });
    if (draft?.status !== 'draft' || draft.calculation !== 'untaxed') return;
    const taxes = await taxService.calculate(draft, lines, issuer);
    await database.transaction(tenantId, async (transaction) => {
      const [now] = await store.listInvoicesForUpdate(transaction, [id]);
      if (now?.status !== 'draft' || now.calculation !== 'untaxed' || now.version !== draft.version) return;
      await calculation.applyTaxesIn(transaction, now, lines, taxes);
    });
  }

  async #inBatches(
    tenantId: string,
    list: (transaction: Transaction, after: string) => Promise<string[]>,
    work: (transaction: Transaction, ids: readonly string[]) => Promise<number>,
  ): Promise<number> {
    const { database } = this.#dependencies;
    let done = 0;
    let after = lowestId;
    for (;;) {
      const { ids, count } = await database.transaction(tenantId, async (transaction) => {
        const page = await list(transaction, after);
        return { ids: page, count: page.length === 0 ? 0 : await work(transaction, page) };
      });
      done += count;
      if (ids.length < batchSize) return done;
      after = ids.at(-1)!;
    }
  }
}
