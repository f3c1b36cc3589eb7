import type { Clock, Database, Transaction } from '@plinth/common';
import type { CouponService } from '../coupon/coupon.service.ts';
import type { BatchRating, ReadPage } from '../invoice-run/batch-rating.service.ts';
import type { InvoiceDraft } from '../invoice/invoice.ts';
import type { IssuingRulesService } from '../invoice/issuing-rules.service.ts';
import type { IssuingRules } from '../invoice/compose-invoice.ts';
import type { ChangeRequest } from '../subscription/change-request.ts';
import type { DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { SaleService } from '../subscription/sale.service.ts';
import type { NewSubscription } from '../subscription/sale.ts';
import type { SubscriptionService } from '../subscription/subscription.service.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { calculateDrafts, previewUntil } from './subscription-preview.ts';

export interface SubscriptionPreviewDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly sales: SaleService;
  readonly subscriptions: SubscriptionService;
  readonly due: DueSubscriptions;
  readonly rating: BatchRating;
  readonly rules: IssuingRulesService;
  readonly coupons: CouponService;
}

/** What would be, and the invoices that would come of it; `without` are those that would come anyway. */
export interface SubscriptionPreview {
  readonly subscription: Subscription;
  readonly now: Date;
  readonly invoices: readonly InvoiceDraft[];
  readonly without: readonly InvoiceDraft[];
}

/** What rating one state of a subscription needs, read in the transaction that is taken back. */
interface Reading {
  readonly page: ReadPage;
  readonly rules: IssuingRules;
  readonly planKeys: ReadonlyMap<string, string>;
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
 * back; the invoices of what was there and of what came of it are worked out as the invoice run would.
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
    const after = await this.#takeBack(tenantId, async (transaction) =>
      this.#read(transaction, await sales.sellIn(transaction, sale)),
    );
    const until = previewUntil(after.page.subscriptions[0]!, now);
    return {
      subscription: after.page.subscriptions[0]!,
      now,
      invoices: await this.#bill(tenantId, after, until),
      without: [],
    };
  }

  /** A change of a subscription, whichever it is. */
  async previewChange(tenantId: string, id: string, request: ChangeRequest): Promise<SubscriptionPreview> {
    const { subscriptions, clock } = this.#dependencies;
    const current = await subscriptions.getSubscription(tenantId, id);
    const anew = subscriptions.findRestart(current, request);
    if (anew !== undefined) return this.previewNew(tenantId, anew);
    const prepared = await subscriptions.prepare(tenantId, current, request);
    const now = clock.now();
    const { before, after } = await this.#takeBack(tenantId, async (transaction) => ({
      before: await this.#read(transaction, current),
      after: await this.#read(transaction, await subscriptions.changeIn(transaction, id, prepared, undefined)),
    }));
    const [then, anyway] = [after.page.subscriptions[0]!, before.page.subscriptions[0]!];
    const until = new Date(Math.max(previewUntil(then, now).getTime(), previewUntil(anyway, now).getTime()));
    return {
      subscription: then,
      now,
      invoices: await this.#bill(tenantId, after, until),
      without: await this.#bill(tenantId, before, until),
    };
  }

  /** The invoices of what is due and of the next billing, as a subscription stands. */
  async previewNext(tenantId: string, subscription: Subscription): Promise<InvoiceDraft[]> {
    const { database, clock } = this.#dependencies;
    const reading = await database.transaction(tenantId, (transaction) => this.#read(transaction, subscription));
    return this.#bill(tenantId, reading, previewUntil(subscription, clock.now()));
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
      planKeys: await due.listPlanKeysIn(transaction, subscription),
    };
  }

  /** At most as many invoices as one step of the invoice run makes. */
  async #bill(tenantId: string, { page, rules, planKeys }: Reading, until: Date): Promise<InvoiceDraft[]> {
    const { rating, database, coupons } = this.#dependencies;
    const { rated } = await rating.rate({ tenantId, until, finalize: true, rules }, page);
    const drafts = rated.flatMap((subscription) => subscription.drafts);
    const { id, accountId } = page.subscriptions[0]!;
    const payers = [...new Set([accountId, ...drafts.map((draft) => draft.accountId)])];
    const redemptions = await database.transaction(tenantId, (transaction) =>
      coupons.listActiveIn(transaction, [id], payers, false),
    );
    const charged = [...page.charged.values()].flat();
    return calculateDrafts(drafts, { ...rules, redemptions, charged, planKeys });
  }
}
