import { type ContractFunctions, type meteringContract } from '@plinth/contracts';
import { InvalidInputError, type Clock, type Database, type Logger } from '@plinth/common';
import { listUsageWindows } from '../billing/bill-usage.ts';
import type { InvoiceDraft } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { toBillable, type DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { listDueBillings, rateBillings, type DueBillings } from './invoice-run.ts';
import { Quantities } from './quantities.ts';

export interface RunSummary {
  readonly subscriptions: number;
  readonly invoices: number;
  readonly skipped: number;
  readonly failed: number;
  /** Total in smallest units by currency. */
  readonly amounts: ReadonlyMap<string, bigint>;
  readonly durationMs: number;
}

export interface InvoiceRunDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly invoices: InvoiceService;
  readonly due: DueSubscriptions;
  readonly metering: ContractFunctions<typeof meteringContract>;
}

/** A subscription of a batch with its invoices worked out. */
interface RatedSubscription {
  readonly subscription: Subscription;
  readonly due: DueBillings;
  readonly drafts: readonly InvoiceDraft[];
}

interface Batch {
  readonly rated: readonly RatedSubscription[];
  readonly failed: number;
  readonly end: Position;
}

interface Position {
  readonly billNextAt: Date;
  readonly id: string;
}

// A batch is one transaction: large enough to share its statements' cost, small enough to redo after a crash.
const batchSize = 500;
// Subscriptions far behind are caught up over several batches, so that no batch grows without bound.
const billingsAtOnce = 6;
// The contract's own limit.
const maximumRequests = 20_000;
const beginning: Position = { billNextAt: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** Bills what is due, batch by batch. */
export class InvoiceRunService {
  readonly #dependencies: InvoiceRunDependencies;
  constructor(dependencies: InvoiceRunDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Walks over the due subscriptions until a walk finds nothing more to do. Each batch is read, rated, and then
   * written in one transaction that takes only subscriptions nobody has touched since.
   */
  async run(tenantId: string, until: Date | undefined, finalize: boolean): Promise<RunSummary> {
    const started = performance.now();
    const now = this.#dependencies.clock.now();
    if (until !== undefined && until > now)
      throw new InvalidInputError([{ path: '/until', message: 'must not lie in the future' }]);
    const total = new RunTotal();
    let mayFindMore = true;
    while (mayFindMore) {
      total.beginWalk();
      mayFindMore = await this.#walk({ tenantId, until: until ?? now, finalize }, total);
    }
    return total.summarize(Math.round(performance.now() - started));
  }

  /** The next batch is read and rated while the database writes the one before. Tells whether another walk may find more. */
  async #walk(run: Run, total: RunTotal): Promise<boolean> {
    let billed = 0;
    let next = this.#prepare(run, beginning);
    for (let batch = await next; batch !== undefined; batch = await next) {
      next = this.#prepare(run, batch.end);
      // Its failure is seen when it is awaited; until then it must not count as unhandled.
      next.catch(() => {});
      const written = await this.#write(run, batch.rated);
      billed += written.length;
      total.add(batch.rated, written, batch.failed);
      total.behind ||= written.some(({ due }) => due.nextAt !== null && due.nextAt <= run.until);
    }
    return billed > 0 && (total.behind || total.skipped > 0);
  }

  async #prepare({ tenantId, until }: Run, after: Position): Promise<Batch | undefined> {
    const { database, due, invoices } = this.#dependencies;
    const { subscriptions, plans, charged } = await database.transaction(tenantId, async (transaction) => {
      const page = await due.listDueIn(transaction, until, after, batchSize);
      const changed = page.subscriptions.filter(
        (subscription) => subscription.changedSinceBilling && subscription.billNextIndex > 0,
      );
      const billings = changed.map(({ id, billNextIndex }) => ({
        subscriptionId: id,
        billingIndex: billNextIndex - 1,
      }));
      return { ...page, charged: await invoices.listChargedInAdvance(transaction, billings) };
    });
    const last = subscriptions.at(-1);
    if (last === undefined || last.billNextAt === null) return undefined;
    const failures = new Failures(this.#dependencies.log);
    const planned = failures.keepSound(subscriptions, (subscription) => ({
      subscription,
      due: listDueBillings(toBillable(subscription, plans), subscription.billNextIndex, until, billingsAtOnce),
    }));
    const quantities = await this.#loadQuantities(tenantId, planned);
    const rated = failures.keepSound(planned, ({ subscription, due: dueBillings }): RatedSubscription => {
      // A period that was open when a change came is compared with what was charged for it, if only to find nothing.
      const settled =
        subscription.changedSinceBilling && subscription.billNextIndex > 0
          ? (charged.get(subscription.id) ?? [])
          : undefined;
      const billed = rateBillings(dueBillings, quantities.finderFor(subscription.accountId), settled);
      const { id: subscriptionId, accountId, currency, timeZone } = subscription;
      const drafts = billed.map(({ billing, lines }) => ({
        subscriptionId,
        accountId,
        currency,
        timeZone,
        billingIndex: billing.index,
        billedAt: billing.billedAt,
        lines,
      }));
      return { subscription, due: dueBillings, drafts };
    });
    return { rated, failed: failures.count, end: { billNextAt: last.billNextAt, id: last.id } };
  }

  /** One call for the whole batch, but for the contract's limit. No transaction is open. */
  async #loadQuantities(tenantId: string, planned: readonly { readonly due: DueBillings }[]): Promise<Quantities> {
    const quantities = new Quantities();
    for (const { due } of planned) {
      for (const { closing } of due.billings) {
        for (const window of closing === undefined ? [] : listUsageWindows(closing))
          quantities.add(due.subscription.accountId, window);
      }
    }
    const answers: string[] = [];
    for (let from = 0; from < quantities.requests.length; from += maximumRequests) {
      const requests = quantities.requests.slice(from, from + maximumRequests);
      for (const quantity of await this.#dependencies.metering.listQuantities({ tenantId, requests }))
        answers.push(quantity);
    }
    quantities.answer(answers);
    return quantities;
  }

  /** Writes a batch's invoices and progress together. Gives those that it could take. */
  async #write({ tenantId, finalize }: Run, rated: readonly RatedSubscription[]): Promise<RatedSubscription[]> {
    if (rated.length === 0) return [];
    const { database, due, invoices } = this.#dependencies;
    return database.transaction(tenantId, async (transaction) => {
      const locked = await due.lockUnchangedIn(
        transaction,
        rated.map(({ subscription }) => subscription),
      );
      const taken = rated.filter(({ subscription }) => locked.has(subscription.id));
      const progress = taken.map(({ subscription, due: { nextIndex, nextAt } }) => ({
        id: subscription.id,
        billNextIndex: nextIndex,
        billNextAt: nextAt,
      }));
      await Promise.all([
        due.saveProgressIn(transaction, progress),
        invoices.createInvoicesIn(
          transaction,
          taken.flatMap(({ drafts }) => drafts),
          finalize,
        ),
      ]);
      return taken;
    });
  }
}

interface Run {
  readonly tenantId: string;
  readonly until: Date;
  readonly finalize: boolean;
}

/** Sets aside what cannot be rated, so that one broken price does not stop everybody's invoices. */
class Failures {
  readonly #log: Logger;
  count = 0;
  constructor(log: Logger) {
    this.#log = log;
  }

  keepSound<Input extends Subscription | { readonly subscription: Subscription }, Output>(
    inputs: readonly Input[],
    work: (input: Input) => Output,
  ): Output[] {
    return inputs.flatMap((input) => {
      try {
        return [work(input)];
      } catch (error) {
        this.count += 1;
        this.#log.error(
          { err: error, subscriptionId: 'subscription' in input ? input.subscription.id : input.id },
          'a subscription could not be billed',
        );
        return [];
      }
    });
  }
}

/** Adds up what a run has done. What was skipped or failed counts as the last walk saw it. */
class RunTotal {
  readonly #amounts = new Map<string, bigint>();
  readonly #subscriptions = new Set<string>();
  #invoices = 0;
  #failed = 0;
  skipped = 0;
  behind = false;

  beginWalk(): void {
    this.skipped = 0;
    this.#failed = 0;
    this.behind = false;
  }

  add(rated: readonly RatedSubscription[], written: readonly RatedSubscription[], failed: number): void {
    this.skipped += rated.length - written.length;
    this.#failed += failed;
    for (const { subscription, drafts } of written) {
      this.#subscriptions.add(subscription.id);
      for (const { currency, lines } of drafts) {
        this.#invoices += 1;
        const amount = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
        this.#amounts.set(currency, (this.#amounts.get(currency) ?? 0n) + amount);
      }
    }
  }

  summarize(durationMs: number): RunSummary {
    return {
      subscriptions: this.#subscriptions.size,
      invoices: this.#invoices,
      skipped: this.skipped,
      failed: this.#failed,
      amounts: this.#amounts,
      durationMs,
    };
  }
}
