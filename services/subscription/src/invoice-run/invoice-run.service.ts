import { InvalidInputError, type Clock, type Database, type Transaction } from '@plinth/common';
import { usageCompleteMs } from '@plinth/contracts';
import { listUsageWindows } from '../billing/bill-usage.ts';
import type { Billing } from '../billing/billing.ts';
import type { DraftCompletion } from '../invoice/draft-completion.service.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { IssuingRulesService } from '../invoice/issuing-rules.service.ts';
import type { LateUsage } from '../late-usage/late-usage.service.ts';
import type { OneOffChargeService } from '../one-off/one-off-charge.service.ts';
import type { ThresholdBilling } from '../threshold/threshold-billing.service.ts';
import type { DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { Batch, BatchRating, Position, RatedSubscription, Run } from './batch-rating.service.ts';
import { RunTotal, type RunSummary } from './run-total.ts';

export interface InvoiceRunDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly invoices: InvoiceService;
  readonly due: DueSubscriptions;
  readonly rating: BatchRating;
  readonly rules: IssuingRulesService;
  readonly charges: OneOffChargeService;
  readonly completion: DraftCompletion;
  readonly lateUsage: LateUsage;
  readonly thresholds: ThresholdBilling;
}

interface Written {
  readonly taken: readonly RatedSubscription[];
  readonly invoices: readonly Invoice[];
}

const beginning: Position = { billNextAt: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** Bills what is due, batch by batch. */
export class InvoiceRunService {
  readonly #dependencies: InvoiceRunDependencies;
  constructor(dependencies: InvoiceRunDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Walks over the due subscriptions until a walk finds nothing more to do. Each batch is read, rated, and then
   * written in one transaction that takes only subscriptions nobody has touched since. Drafts that could not be worked
   * out alone, such as those that collect billings, are worked out at the end.
   * `graceMs`: without `until`, what fell due later than so long ago waits, because usage of it may be on its way.
   */
  async run(tenantId: string, until: Date | undefined, finalize: boolean, graceMs = 0): Promise<RunSummary> {
    const { database, clock, rules, completion, invoices, lateUsage, thresholds } = this.#dependencies;
    const started = performance.now();
    const now = clock.now();
    if (until !== undefined && until > now)
      throw new InvalidInputError([{ path: '/until', message: 'must not lie in the future' }]);
    await lateUsage.sync(tenantId);
    const loaded = await database.transaction(tenantId, (transaction) => rules.loadIn(transaction));
    const run: Run = {
      tenantId,
      until: until ?? new Date(now.getTime() - graceMs),
      finalize,
      rules: loaded,
    };
    const total = new RunTotal();
    let mayFindMore = true;
    while (mayFindMore) {
      total.beginWalk();
      mayFindMore = await this.#walk(run, total);
    }
    const atThreshold = until === undefined ? await thresholds.bill(run) : [];
    total.addInvoices(atThreshold);
    await completion.completeDrafts(tenantId, finalize);
    const sums = await invoices.sumTotals(tenantId, total.unfinishedIds);
    for (const { currency, totalMinor } of sums) total.addAmount(currency, totalMinor);
    return total.summarize(Math.round(performance.now() - started));
  }

  /** The next batch is read and rated while the database writes the one before. Tells whether another walk may find more. */
  async #walk(run: Run, total: RunTotal): Promise<boolean> {
    const { rating } = this.#dependencies;
    let billed = 0;
    let next = rating.prepare(run, beginning);
    for (let batch = await next; batch !== undefined; batch = await next) {
      next = rating.prepare(run, batch.end);
      // Its failure is seen when it is awaited; until then it must not count as unhandled.
      next.catch(() => {});
      const written = await this.#write(run, batch);
      billed += written.taken.length;
      total.add({
        rated: batch.rated.length,
        failed: batch.failed,
        subscriptionIds: written.taken.map(({ subscription }) => subscription.id),
        invoices: written.invoices,
      });
      total.behind ||= written.taken.some(({ due }) => due.nextAt !== null && due.nextAt <= run.until);
    }
    return billed > 0 && (total.behind || total.skipped > 0);
  }

  /** Writes a batch's invoices and progress together. Gives those that it could take. */
  async #write({ tenantId }: Run, { rated }: Batch): Promise<Written> {
    if (rated.length === 0) return { taken: [], invoices: [] };
    const { clock, database, due } = this.#dependencies;
    const completeBefore = new Date(clock.now().getTime() - usageCompleteMs);
    return database.transaction(tenantId, async (transaction) => {
      const locked = await due.lockUnchangedIn(
        transaction,
        rated.map(({ subscription }) => subscription),
      );
      const taken = rated.filter(({ subscription }) => locked.has(subscription.id));
      const progress = taken.map(({ subscription, due: { billings, nextIndex, nextAt } }) => ({
        id: subscription.id,
        billNextIndex: nextIndex,
        billNextAt: nextAt,
        billedEarly: isEarly(billings.at(-1), completeBefore),
      }));
      const [, invoices] = await Promise.all([
        due.saveProgressIn(transaction, progress),
        this.#writeInvoices(transaction, taken),
      ]);
      return { taken, invoices };
    });
  }

  /** With what the accounts are to be charged once. */
  async #writeInvoices(transaction: Transaction, taken: readonly RatedSubscription[]): Promise<Invoice[]> {
    const { invoices, charges } = this.#dependencies;
    const own = taken.flatMap(({ drafts }) => drafts);
    if (own.length === 0) return [];
    const { drafts, taken: placed } = await charges.addPendingIn(transaction, own);
    const { created, collected, invoiceIds } = await invoices.writeDraftsIn(transaction, drafts);
    await charges.assignIn(
      transaction,
      placed.map(({ id, position }) => ({ id, invoiceId: invoiceIds[position]! })),
    );
    return [...created, ...collected];
  }
}

/** Whether usage of the period that a billing closes may still be on its way without being listed as late. */
function isEarly(billing: Billing | undefined, completeBefore: Date): boolean {
  return (
    billing?.closing !== undefined && billing.billedAt > completeBefore && listUsageWindows(billing.closing).length > 0
  );
}
