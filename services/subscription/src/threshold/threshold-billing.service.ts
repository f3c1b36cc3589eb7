import { NotFoundError, type Clock, type Database, type Logger } from '@plinth/common';
import { billPeriod } from '../billing/bill-period.ts';
import { planBilling, type BillableSubscription, type Billing } from '../billing/billing.ts';
import type { Invoice, InvoiceDraft } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { BatchRating, Run } from '../invoice-run/batch-rating.service.ts';
import { composeBillings, type ComposeRules } from '../invoice-run/compose-billings.ts';
import type { Quantities } from '../invoice-run/quantities.ts';
import { Failures } from '../invoice-run/run-total.ts';
import { settleMeasured, type EarlierLine } from '../late-usage/settle-measured.ts';
import { roundMoney } from '../money/round-money.ts';
import { toBillable, type DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { SubscriptionService } from '../subscription/subscription.service.ts';
import type { Subscription } from '../subscription/subscription.ts';
import * as store from './threshold.store.ts';

export interface ThresholdBillingDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly invoices: InvoiceService;
  readonly due: DueSubscriptions;
  readonly subscriptions: Pick<SubscriptionService, 'getSubscription'>;
  readonly rating: BatchRating;
}

/** A subscription in the midst of a period, with the billing that will close it. */
interface Running {
  readonly subscription: Subscription;
  readonly billable: BillableSubscription;
  readonly billing: Billing;
  readonly amount: string;
}

const atOnce = 100;
const lowestId = '00000000-0000-0000-0000-000000000000';

/** Bills usage before its period ends, once it has passed an amount. */
export class ThresholdBilling {
  readonly #dependencies: ThresholdBillingDependencies;
  constructor(dependencies: ThresholdBillingDependencies) {
    this.#dependencies = dependencies;
  }

  async get(tenantId: string, subscriptionId: string): Promise<store.Threshold> {
    const { database } = this.#dependencies;
    const threshold = await database.transaction(tenantId, (transaction) =>
      store.findThreshold(transaction, subscriptionId),
    );
    if (threshold === undefined) throw new NotFoundError('billing threshold of subscription', subscriptionId);
    return threshold;
  }

  /** Sets the amount, in major units of the subscription's currency, from the next run on. */
  async set(tenantId: string, threshold: store.Threshold): Promise<store.Threshold> {
    const { database, clock, subscriptions } = this.#dependencies;
    const { subscriptionId } = threshold;
    await subscriptions.getSubscription(tenantId, subscriptionId);
    return database.transaction(tenantId, async (transaction) => {
      const before = await store.findThreshold(transaction, subscriptionId);
      await store.saveThreshold(transaction, threshold, clock.now());
      transaction.audit({
        action: 'billing_threshold.set',
        resourceType: 'subscription',
        resourceId: subscriptionId,
        ...(before === undefined ? {} : { before }),
        after: threshold,
      });
      return threshold;
    });
  }

  async remove(tenantId: string, subscriptionId: string): Promise<void> {
    await this.#dependencies.database.transaction(tenantId, async (transaction) => {
      if (!(await store.deleteThreshold(transaction, subscriptionId)))
        throw new NotFoundError('billing threshold of subscription', subscriptionId);
      transaction.audit({
        action: 'billing_threshold.removed',
        resourceType: 'subscription',
        resourceId: subscriptionId,
      });
    });
  }

  /** Writes an invoice for each subscription whose usage, less what was billed of it, has reached its threshold. */
  async bill(run: Run): Promise<Invoice[]> {
    const { database } = this.#dependencies;
    const invoices: Invoice[] = [];
    let after = lowestId;
    for (;;) {
      const page = await database.transaction(run.tenantId, (transaction) =>
        store.listThresholds(transaction, after, atOnce),
      );
      if (page.length > 0) invoices.push(...(await this.#billPage(run, page)));
      if (page.length < atOnce) return invoices;
      after = page.at(-1)!.subscriptionId;
    }
  }

  async #billPage(run: Run, page: readonly store.Threshold[]): Promise<Invoice[]> {
    const { rating, log } = this.#dependencies;
    const failures = new Failures(log);
    const running = await this.#listRunning(run, page, failures);
    if (running.length === 0) return [];
    const planned = running.map(({ billable, billing }) => ({
      due: { subscription: billable, billings: [billing] },
      lateBilling: undefined,
    }));
    const [quantities, rules] = await Promise.all([
      rating.loadQuantities(run.tenantId, planned),
      rating.loadRules(
        run,
        running.map(({ subscription }) => subscription),
      ),
    ]);
    return this.#write(run, running, { quantities, rules, failures });
  }

  /** Those whose running period is not due yet: what is due, the run bills whole. */
  async #listRunning(
    { tenantId, until }: Run,
    page: readonly store.Threshold[],
    failures: Failures,
  ): Promise<Running[]> {
    const { database, due, subscriptions } = this.#dependencies;
    const { found, plans } = await database.transaction(tenantId, async (transaction) => {
      const all: { subscription: Subscription; amount: string }[] = [];
      for (const { subscriptionId, amount } of page)
        all.push({ subscription: await subscriptions.getSubscription(tenantId, subscriptionId), amount });
      const billed = all.filter(({ subscription: { billNextAt } }) => billNextAt !== null && billNextAt > until);
      return {
        found: billed,
        plans: await due.preparePlansIn(
          transaction,
          billed.map(({ subscription }) => subscription),
        ),
      };
    });
    return failures
      .keepSound(found, ({ subscription, amount }) => {
        const billable = toBillable(subscription, plans);
        return { subscription, billable, amount, billing: planBilling(billable, subscription.billNextIndex) };
      })
      .filter((one): one is Running => one.billing?.closing !== undefined);
  }

  /** What was billed before is read under the lock, so that two runs at once do not bill the same usage. */
  async #write(
    { tenantId }: Run,
    running: readonly Running[],
    facts: { readonly quantities: Quantities; readonly rules: ComposeRules; readonly failures: Failures },
  ): Promise<Invoice[]> {
    const { database, due, invoices } = this.#dependencies;
    return database.transaction(tenantId, async (transaction) => {
      const locked = await due.lockUnchangedIn(
        transaction,
        running.map(({ subscription }) => subscription),
      );
      const taken = running.filter(({ subscription }) => locked.has(subscription.id));
      const measured = await invoices.listMeasuredIn(
        transaction,
        taken.map(({ subscription: { id, billNextIndex } }) => ({
          subscriptionId: id,
          periodIndex: billNextIndex - 1,
        })),
      );
      const drafts = facts.failures.keepSound(taken, (one) => {
        const { id, billNextIndex } = one.subscription;
        return composeAtThreshold(one, measured.get(`${id}/${billNextIndex - 1}`) ?? [], facts);
      });
      return invoices.createInvoicesIn(transaction, drafts.flat());
    });
  }
}

/** A maximum spend is billed with the usage, which is never charged above it; a minimum when the period has ended. */
function isBilledEarly({ kind }: Pick<EarlierLine, 'kind'>): boolean {
  return kind === 'usage' || kind === 'maximum';
}

/** The invoice of what was used and not billed so far; none while that is less than the threshold. */
function composeAtThreshold(
  { subscription, billable, billing, amount }: Running,
  measured: readonly EarlierLine[],
  { quantities, rules }: { readonly quantities: Quantities; readonly rules: ComposeRules },
): InvoiceDraft[] {
  const findQuantity = quantities.finderFor(billable.accountId);
  const usage = billPeriod({ subscription: billable, billing, findQuantity }).filter(isBilledEarly);
  const before = measured.filter(isBilledEarly);
  const lines = settleMeasured(usage, before).filter(
    ({ amountMinor, quantityRaw }) => amountMinor !== 0n || Number(quantityRaw) !== 0,
  );
  const open = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (open < roundMoney(amount, billable.currency)) return [];
  return composeBillings(
    {
      subscription: billable,
      timeZone: subscription.timeZone,
      billed: [{ billing: { ...billing, billedAt: rules.now }, lines }],
      charged: undefined,
      reason: 'threshold',
    },
    rules,
  );
}
