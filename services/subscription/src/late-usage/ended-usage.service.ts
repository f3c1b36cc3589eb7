import { usageCompleteMs } from '@plinth/contracts';
import type { Clock, Database, Logger, Transaction } from '@plinth/common';
import { listUsageWindows } from '../billing/bill-usage.ts';
import type { BillableSubscription, Billing } from '../billing/billing.ts';
import type { CommitmentProgress } from '../billing/commitment.ts';
import type { Invoice, InvoiceDraft } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { BatchRating, Run } from '../invoice-run/batch-rating.service.ts';
import { composeBillings, type ComposeRules } from '../invoice-run/compose-billings.ts';
import type { Quantities } from '../invoice-run/quantities.ts';
import { Failures } from '../invoice-run/run-total.ts';
import { toBillable, type DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { SubscriptionService } from '../subscription/subscription.service.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { acceptedUntil, billLate, findLastBilling, type ClosedBilling } from './bill-late.ts';
import * as store from './ended-usage.store.ts';
import { sharePosition } from './late-usage.store.ts';

export interface EndedUsageDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly invoices: InvoiceService;
  readonly due: DueSubscriptions;
  readonly subscriptions: Pick<SubscriptionService, 'getSubscription'>;
  readonly rating: BatchRating;
}

/** A subscription of which a batch did the last billing. */
export interface LastBilled {
  readonly subscription: BillableSubscription;
  readonly nextIndex: number;
}

/** An ended subscription with the billing that closed its last period; undefined: nothing is accepted of it any more. */
interface Ended {
  readonly noted: store.EndedUsage;
  readonly subscription: Subscription;
  readonly billable: BillableSubscription;
  readonly billing: Billing | undefined;
}

interface Facts {
  readonly quantities: Quantities;
  readonly rules: ComposeRules;
  readonly failures: Failures;
}

const atOnce = 100;
const lowestId = '00000000-0000-0000-0000-000000000000';

/** Bills usage of a subscription's last period that came after its last invoice, on invoices of their own (rule 18). */
export class EndedUsageBilling {
  readonly #dependencies: EndedUsageDependencies;
  constructor(dependencies: EndedUsageDependencies) {
    this.#dependencies = dependencies;
  }

  /** Notes, in the transaction of their last billings, those that must be looked at once more. */
  async noteIn(transaction: Transaction, ended: readonly LastBilled[]): Promise<void> {
    const now = this.#dependencies.clock.now();
    const completeBefore = new Date(now.getTime() - usageCompleteMs);
    const periods = ended.flatMap(({ subscription, nextIndex }): store.LastPeriod[] => {
      const billing = findLastBilling(subscription, nextIndex);
      const windows = billing?.closing === undefined ? [] : listUsageWindows(billing.closing);
      if (billing === undefined || windows.length === 0) return [];
      const { id: subscriptionId, accountId } = subscription;
      const from = new Date(Math.min(...windows.map((window) => window.from.getTime())));
      const to = new Date(Math.max(...windows.map((window) => window.to.getTime())));
      const completeAt =
        billing.billedAt > completeBefore ? new Date(billing.billedAt.getTime() + usageCompleteMs) : undefined;
      return [{ subscriptionId, accountId, from, to, completeAt }];
    });
    if (periods.length === 0) return;
    // Late days that are read from here on find the subscriptions ended.
    await sharePosition(transaction);
    await store.noteLastPeriods(transaction, periods, now);
  }

  /** Writes an invoice for each ended subscription that owes, or is owed, another amount than was billed. */
  async bill(run: Run): Promise<Invoice[]> {
    const { database, clock } = this.#dependencies;
    const now = clock.now();
    const invoices: Invoice[] = [];
    let after = lowestId;
    for (;;) {
      const page = await database.transaction(run.tenantId, (transaction) =>
        store.listDueEnded(transaction, now, after, atOnce),
      );
      if (page.length > 0) invoices.push(...(await this.#billPage(run, page)));
      if (page.length < atOnce) return invoices;
      after = page.at(-1)!.subscriptionId;
    }
  }

  async #billPage(run: Run, page: readonly store.EndedUsage[]): Promise<Invoice[]> {
    const { rating, log } = this.#dependencies;
    const failures = new Failures(log);
    const ended = await this.#listEnded(run.tenantId, page, failures);
    const planned = ended.flatMap(({ billable, billing }) =>
      billing === undefined ? [] : [{ due: { subscription: billable, billings: [billing] }, lateBilling: undefined }],
    );
    const [quantities, rules] = await Promise.all([
      rating.loadQuantities(run.tenantId, planned),
      rating.loadRules(
        run,
        ended.map(({ subscription }) => subscription),
      ),
    ]);
    return this.#write(run, ended, { quantities, rules, failures });
  }

  async #listEnded(tenantId: string, page: readonly store.EndedUsage[], failures: Failures): Promise<Ended[]> {
    const { database, due, subscriptions } = this.#dependencies;
    const { found, plans } = await database.transaction(tenantId, async (transaction) => {
      const all: { noted: store.EndedUsage; subscription: Subscription }[] = [];
      for (const noted of page)
        all.push({ noted, subscription: await subscriptions.getSubscription(tenantId, noted.subscriptionId) });
      const read = all.map(({ subscription }) => subscription);
      return { found: all, plans: await due.preparePlansIn(transaction, read) };
    });
    return failures.keepSound(found, ({ noted, subscription }): Ended => {
      const billable = toBillable(subscription, plans);
      const last = findLastBilling(billable, subscription.billNextIndex);
      const until = last && acceptedUntil(billable, last);
      const isAccepted = subscription.billNextAt === null && until !== undefined && noted.cameAfter < until;
      return { noted, subscription, billable, billing: isAccepted ? last : undefined };
    });
  }

  /**
   * What was billed before is read under the locks. Who read the usage before more of it came, or before another run
   * billed it, finds that its note is another one, and writes nothing.
   */
  async #write({ tenantId }: Run, ended: readonly Ended[], facts: Facts): Promise<Invoice[]> {
    const { database, due, invoices } = this.#dependencies;
    return database.transaction(tenantId, async (transaction) => {
      const unchanged = await due.lockUnchangedIn(
        transaction,
        ended.map(({ subscription }) => subscription),
      );
      const locked = await store.lockEnded(
        transaction,
        ended.filter(({ subscription }) => unchanged.has(subscription.id)).map(({ noted }) => noted),
      );
      const taken = ended.filter(({ subscription }) => locked.has(subscription.id));
      const billed = await this.#composeIn(transaction, taken, facts);
      await store.deleteEnded(
        transaction,
        billed.map(({ subscriptionId }) => subscriptionId),
      );
      const { created, collected } = await invoices.writeDraftsIn(
        transaction,
        billed.flatMap(({ drafts }) => drafts),
      );
      return [...created, ...collected];
    });
  }

  async #composeIn(
    transaction: Transaction,
    taken: readonly Ended[],
    facts: Facts,
  ): Promise<{ readonly subscriptionId: string; readonly drafts: readonly InvoiceDraft[] }[]> {
    const { invoices } = this.#dependencies;
    const periods = taken.flatMap(({ subscription: { id }, billing }) =>
      billing === undefined ? [] : [{ subscriptionId: id, periodIndex: billing.index - 1 }],
    );
    const committed = taken.filter(({ subscription }) => subscription.commitment !== null);
    const measured = await invoices.listMeasuredIn(transaction, periods);
    const spent = await invoices.listSpentByPeriod(
      transaction,
      committed.map(({ subscription }) => subscription.id),
    );
    return facts.failures.keepSound(taken, (one) => {
      const { id, commitment } = one.subscription;
      const { billing } = one;
      if (billing === undefined) return { subscriptionId: id, drafts: [] };
      const closed = { billing, measured: measured.get(`${id}/${billing.index - 1}`) ?? [] };
      const progress = commitment === null ? undefined : { commitment, spent: spent.get(id) ?? new Map() };
      return { subscriptionId: id, drafts: composeLate(one, closed, progress, facts) };
    });
  }
}

/** The invoice of the difference; none where there is no difference. */
function composeLate(
  { subscription, billable }: Ended,
  closed: ClosedBilling,
  progress: CommitmentProgress | undefined,
  { quantities, rules }: Facts,
): InvoiceDraft[] {
  const findQuantity = quantities.finderFor(billable.accountId);
  const lines = billLate({ subscription: billable, findQuantity }, closed, progress);
  if (lines.length === 0) return [];
  const billing = { ...closed.billing, billedAt: rules.now };
  const { timeZone } = subscription;
  return composeBillings({ subscription: billable, timeZone, billed: [{ billing, lines }], charged: undefined }, rules);
}
