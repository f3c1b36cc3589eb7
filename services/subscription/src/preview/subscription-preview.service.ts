import type { Clock, Database, Transaction } from '@plinth/common';
import type { BatchRating, ReadPage } from '../invoice-run/batch-rating.service.ts';
import { writeDrafts, type DraftWriters } from '../invoice-run/write-drafts.ts';
import type { CompletedInvoice, DraftCompletion } from '../invoice/draft-completion.service.ts';
import type { IssuingRules } from '../invoice/compose-invoice.ts';
import type { InvoiceDraft } from '../invoice/invoice.ts';
import type { IssuingRulesService } from '../invoice/issuing-rules.service.ts';
import type { ChangeRequest } from '../subscription/change-request.ts';
import type { DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { SaleService } from '../subscription/sale.service.ts';
import type { NewSubscription } from '../subscription/sale.ts';
import type { SubscriptionService } from '../subscription/subscription.service.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { groupByTime, previewUntil } from './subscription-preview.ts';

export interface SubscriptionPreviewDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly sales: SaleService;
  readonly subscriptions: SubscriptionService;
  readonly due: DueSubscriptions;
  readonly rating: BatchRating;
  readonly rules: IssuingRulesService;
  /** What writes invoices and completes them as of the time of a clock. */
  readonly createWriting: (clock: Clock) => DraftWriters & { readonly completion: DraftCompletion };
}

/** What would be, and the invoices that would come of it; `without` are those that would come anyway. */
export interface SubscriptionPreview {
  readonly subscription: Subscription;
  readonly now: Date;
  readonly invoices: readonly CompletedInvoice[];
  readonly without: readonly CompletedInvoice[];
}

/** What rating one state of a subscription needs, read in a transaction that is taken back. */
interface Reading {
  readonly page: ReadPage;
  readonly rules: IssuingRules;
}

/** One state of a subscription with what leads to it, which is done again where its invoices are written. */
interface BilledState {
  readonly reading: Reading;
  readonly until: Date;
  readonly redo: (transaction: Transaction) => Promise<unknown>;
}

/** Ends a transaction with a result and without a trace. */
class TakenBack<Result> extends Error {
  readonly result: Result;
  constructor(result: Result) {
    super('the transaction was for a preview');
    this.result = result;
  }
}

/**
 * Tells what a change would do before it is done. It is done indeed, by the same code, in a transaction that is taken
 * back; so are the invoices of what was there and of what came of it, down to the credit that pays them.
 */
export class SubscriptionPreviewService {
  readonly #dependencies: SubscriptionPreviewDependencies;
  constructor(dependencies: SubscriptionPreviewDependencies) {
    this.#dependencies = dependencies;
  }

  /** A subscription that is not there yet. */
  async previewNew(tenantId: string, input: NewSubscription): Promise<SubscriptionPreview> {
    const { sales, clock } = this.#dependencies;
    const sale = await sales.prepare(tenantId, input);
    const now = clock.now();
    const sell = (transaction: Transaction) => sales.sellIn(transaction, sale);
    const reading = await this.#takeBack(tenantId, async (transaction) =>
      this.#read(transaction, await sell(transaction)),
    );
    const subscription = subscriptionOf(reading);
    const until = previewUntil(subscription, now);
    return { subscription, now, invoices: await this.#bill(tenantId, { reading, until, redo: sell }), without: [] };
  }

  /** A change of a subscription, whichever it is. */
  async previewChange(tenantId: string, id: string, request: ChangeRequest): Promise<SubscriptionPreview> {
    const { subscriptions, clock } = this.#dependencies;
    const current = await subscriptions.getSubscription(tenantId, id);
    const anew = subscriptions.findRestart(current, request);
    if (anew !== undefined) return this.previewNew(tenantId, anew);
    const prepared = await subscriptions.prepare(tenantId, current, request);
    const now = clock.now();
    const change = (transaction: Transaction) => subscriptions.changeIn(transaction, id, prepared, undefined);
    const { before, after } = await this.#takeBack(tenantId, async (transaction) => ({
      before: await this.#read(transaction, current),
      after: await this.#read(transaction, await change(transaction)),
    }));
    const [then, anyway] = [subscriptionOf(after), subscriptionOf(before)];
    const until = new Date(Math.max(previewUntil(then, now).getTime(), previewUntil(anyway, now).getTime()));
    return {
      subscription: then,
      now,
      invoices: await this.#bill(tenantId, { reading: after, until, redo: change }),
      without: await this.#bill(tenantId, { reading: before, until, redo: async () => {} }),
    };
  }

  /**
   * The invoices of what is due and of the next billing, as a subscription stands; without what its account is to be
   * charged once, and before credit.
   */
  async previewNext(tenantId: string, subscription: Subscription): Promise<CompletedInvoice[]> {
    const { database, clock, createWriting } = this.#dependencies;
    const reading = await database.transaction(tenantId, (transaction) => this.#read(transaction, subscription));
    const drafts = await this.#rate(tenantId, reading, previewUntil(subscription, clock.now()), false);
    if (drafts.length === 0) return [];
    const { invoices, completion } = createWriting(clock);
    return this.#takeBack(tenantId, async (transaction) => {
      const { created } = await invoices.writeDraftsIn(transaction, drafts);
      return completion.completeIn(transaction, idsOf(created), false);
    });
  }

  /** At most as many invoices as one step of the invoice run makes. */
  async #bill(tenantId: string, { reading, until, redo }: BilledState): Promise<CompletedInvoice[]> {
    const { clock, createWriting } = this.#dependencies;
    const drafts = await this.#rate(tenantId, reading, until, true);
    if (drafts.length === 0) return [];
    return this.#takeBack(tenantId, async (transaction) => {
      await redo(transaction);
      const completed: CompletedInvoice[] = [];
      for (const { at, group } of groupByTime(drafts, clock.now())) {
        const writing = createWriting({ now: () => at });
        const written = await writeDrafts(transaction, writing, group);
        completed.push(...(await writing.completion.completeIn(transaction, idsOf(written), true)));
      }
      return completed;
    });
  }

  /** No transaction is open: usage is asked for. The part of a consolidated invoice stands alone. */
  async #rate(
    tenantId: string,
    { page, rules }: Reading,
    until: Date,
    finalize: boolean,
  ): Promise<readonly InvoiceDraft[]> {
    const { rated, failure } = await this.#dependencies.rating.rate({ tenantId, until, finalize, rules }, page);
    // Without it, what cannot be billed would look like nothing to pay.
    if (failure !== undefined) throw failure;
    return rated.flatMap(({ drafts }) => drafts.map((draft) => ({ ...draft, groupKey: null })));
  }

  /** Apart from the transaction of the request, which may have to store its answer. */
  async #takeBack<Result>(tenantId: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const { database } = this.#dependencies;
    try {
      return await database.apart(() =>
        database.transaction(tenantId, async (transaction): Promise<Result> => {
          throw new TakenBack(await work(transaction));
        }),
      );
    } catch (error) {
      if (error instanceof TakenBack) return (error as TakenBack<Result>).result;
      throw error;
    }
  }

  async #read(transaction: Transaction, subscription: Subscription): Promise<Reading> {
    const { due, rating, rules } = this.#dependencies;
    const plans = await due.preparePlansIn(transaction, [subscription]);
    return {
      page: await rating.readIn(transaction, { subscriptions: [subscription], plans }),
      rules: await rules.loadIn(transaction),
    };
  }
}

function subscriptionOf({ page }: Reading): Subscription {
  return page.subscriptions[0]!;
}

function idsOf(invoices: readonly { readonly id: string }[]): string[] {
  return invoices.map(({ id }) => id);
}
