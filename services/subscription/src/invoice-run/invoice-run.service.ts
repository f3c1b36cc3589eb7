import { InvalidInputError, type Clock, type Database } from '@plinth/common';
import { usageCompleteMs } from '@plinth/contracts';
import { listUsageWindows } from '../billing/bill-usage.ts';
import type { Billing } from '../billing/billing.ts';
import type { DraftCompletion } from '../invoice/draft-completion.service.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { IssuingRulesService } from '../invoice/issuing-rules.service.ts';
import type { EndedUsageBilling } from '../late-usage/ended-usage.service.ts';
import type { LateUsage } from '../late-usage/late-usage.service.ts';
import type { OneOffChargeService } from '../one-off/one-off-charge.service.ts';
import type { ThresholdBilling } from '../threshold/threshold-billing.service.ts';
import type { DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { Batch, BatchRating, Position, RatedSubscription, Run } from './batch-rating.service.ts';
import { RunTotal, type RunSummary } from './run-total.ts';
import { writeDrafts } from './write-drafts.ts';

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
  readonly endedUsage: EndedUsageBilling;
}

interface Written {
  readonly taken: readonly RatedSubscription[];
  readonly invoices: readonly Invoice[];
}

/** A batch whose transaction is under way. */
interface Writing {
  readonly batch: Batch;
  readonly written: Promise<Written>;
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
    const { database, clock, rules, completion, invoices, lateUsage, thresholds, endedUsage } = this.#dependencies;
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
    if (until === undefined) {
      total.addInvoices(await thresholds.bill(run));
      total.addInvoices(await endedUsage.bill(run));
    }
    await completion.completeDrafts(tenantId, finalize);
    const sums = await invoices.sumTotals(tenantId, total.unfinishedIds);
    for (const { currency, totalMinor } of sums) total.addAmount(currency, totalMinor);
    return total.summarize(Math.round(performance.now() - started));
  }

  /**
   * The next batch is read and rated, and its writing begun, while the database writes the one before: two transactions
   * overlap until the later one needs the numbers that the earlier one holds until its commit. Tells whether another
   * walk may find more.
   */
  async #walk(run: Run, total: RunTotal): Promise<boolean> {
    const { rating } = this.#dependencies;
    let billed = 0;
    const finish = async ({ batch, written }: Writing): Promise<void> => {
      const { taken, invoices } = await written;
      billed += taken.length;
      total.add({
        rated: batch.rated.length,
        failed: batch.failed,
        subscriptionIds: taken.map(({ subscription }) => subscription.id),
        invoices,
      });
      total.behind ||= taken.some(({ due }) => due.nextAt !== null && due.nextAt <= run.until);
    };
    let next = rating.prepare(run, beginning);
    const underWay: Writing[] = [];
    try {
      for (let batch = await next; batch !== undefined; batch = await next) {
        next = seenLater(rating.prepare(run, batch.end));
        underWay.push({ batch, written: seenLater(this.#write(run, batch)) });
        if (underWay.length > 1) await finish(underWay.shift()!);
      }
      for (const writing of underWay) await finish(writing);
    } catch (error) {
      // Nothing of this run goes on behind the caller's back.
      await Promise.allSettled([next, ...underWay.map(({ written }) => written)]);
      throw error;
    }
    return billed > 0 && (total.behind || total.skipped > 0);
  }

  /** Writes a batch's invoices and progress together. Gives those that it could take. */
  async #write({ tenantId }: Run, { rated }: Batch): Promise<Written> {
    if (rated.length === 0) return { taken: [], invoices: [] };
    const { clock, database, due, endedUsage } = this.#dependencies;
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
        writeDrafts(
          transaction,
          this.#dependencies,
          taken.flatMap(({ drafts }) => drafts),
        ),
      ]);
      const ended = taken.filter(({ due: { nextAt } }) => nextAt === null);
      if (ended.length > 0) {
        await endedUsage.noteIn(
          transaction,
          ended.map((one) => one.due),
        );
      }
      return { taken, invoices };
    });
  }
}

/** Whether usage of the period that a billing closes may still be on its way without being listed as late. */
function isEarly(billing: Billing | undefined, completeBefore: Date): boolean {
  return (
    billing?.closing !== undefined && billing.billedAt > completeBefore && listUsageWindows(billing.closing).length > 0
  );
}

/** A failure is seen when the promise is awaited; until then it must not count as unhandled. */
function seenLater<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => {});
  return promise;
}
