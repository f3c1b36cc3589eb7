import type { ContractFunctions, accountContract, meteringContract } from '@plinth/contracts';
import type { Clock, Database, Logger, Transaction } from '@plinth/common';
import { listUsageWindows } from '../billing/bill-usage.ts';
import { planBilling, type Billing } from '../billing/billing.ts';
import type { CouponService } from '../coupon/coupon.service.ts';
import type { IssuingRules } from '../invoice/compose-invoice.ts';
import type { ChargedInvoiceLine } from '../invoice/invoice-line.store.ts';
import type { InvoiceDraft, InvoiceLine } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { LateUsage } from '../late-usage/late-usage.service.ts';
import type { LateDay } from '../late-usage/late-usage.store.ts';
import { toBillable, type DuePage, type DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import { mustSettle, type Subscription } from '../subscription/subscription.ts';
import { composeBillings, type ComposeRules } from './compose-billings.ts';
import { listDueBillings, rateBillings, type DueBillings } from './invoice-run.ts';
import { loadPayers, type Payers } from './payers.ts';
import { answerQuantities } from './answer-quantities.ts';
import { Quantities } from './quantities.ts';
import { Failures } from './run-total.ts';

export interface BatchRatingDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly invoices: InvoiceService;
  readonly due: DueSubscriptions;
  readonly coupons: CouponService;
  readonly lateUsage: LateUsage;
  readonly metering: ContractFunctions<typeof meteringContract>;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
}

export interface Run {
  readonly tenantId: string;
  readonly until: Date;
  readonly finalize: boolean;
  readonly rules: IssuingRules;
}

/** Where a walk over the due subscriptions stands. */
export interface Position {
  readonly billNextAt: Date;
  readonly id: string;
}

/** A subscription of a batch with its invoices worked out. */
export interface RatedSubscription {
  readonly subscription: Subscription;
  readonly due: DueBillings;
  readonly drafts: readonly InvoiceDraft[];
}

export interface Batch {
  readonly rated: readonly RatedSubscription[];
  readonly failed: number;
  /** Why the first of those failed. */
  readonly failure: unknown;
  readonly end: Position;
}

/** Subscriptions and what has been billed of them. */
export interface ReadPage extends DuePage {
  /** What was charged in advance for the running period, of those that were changed in it. */
  readonly charged: ReadonlyMap<string, readonly ChargedInvoiceLine[]>;
  /** What was billed by quantities, by subscription and period: of the running one, and of the one before where usage came late. */
  readonly measured: ReadonlyMap<string, readonly InvoiceLine[]>;
  readonly lateDays: ReadonlyMap<string, readonly LateDay[]>;
  /** What was billed for each period, of those that have a commitment. */
  readonly spent: ReadonlyMap<string, ReadonlyMap<number, bigint>>;
}

// A batch is one transaction: large enough to share its statements' cost, small enough to redo after a crash.
const batchSize = 500;
// Subscriptions far behind are caught up over several batches, so that no batch grows without bound.
const billingsAtOnce = 6;

/** Reads a batch of due subscriptions and works out their invoices. Nothing is written. */
export class BatchRating {
  readonly #dependencies: BatchRatingDependencies;
  constructor(dependencies: BatchRatingDependencies) {
    this.#dependencies = dependencies;
  }

  /** The next batch behind a position; undefined when nothing is due there. */
  async prepare(run: Run, after: Position): Promise<Batch | undefined> {
    const { database, due } = this.#dependencies;
    const page = await database.transaction(run.tenantId, async (transaction) =>
      this.readIn(transaction, await due.listDueIn(transaction, run.until, after, batchSize)),
    );
    const last = page.subscriptions.at(-1);
    if (last === undefined || last.billNextAt === null) return undefined;
    return { ...(await this.rate(run, page)), end: { billNextAt: last.billNextAt, id: last.id } };
  }

  /** Works out what is due of subscriptions that were read, whether they are written or not. */
  async rate(
    run: Run,
    { subscriptions, plans, charged, measured, lateDays, spent }: ReadPage,
  ): Promise<Omit<Batch, 'end'>> {
    const failures = new Failures(this.#dependencies.log);
    const planned = failures.keepSound(subscriptions, (subscription) => {
      const billable = toBillable(subscription, plans);
      const due = listDueBillings(billable, subscription.billNextIndex, run.until, billingsAtOnce);
      return {
        subscription,
        due,
        lateBilling: findLateBilling(due, lateDays.get(subscription.accountId), subscription.billedEarly),
      };
    });
    const [quantities, rules] = await Promise.all([
      this.loadQuantities(run.tenantId, planned),
      this.loadRules(run, subscriptions),
    ]);
    const rated = failures.keepSound(planned, ({ subscription, due, lateBilling }): RatedSubscription => {
      // A period that was open when a change came is compared with what was charged for it, if only to find nothing.
      const settled = mustSettle(subscription) ? (charged.get(subscription.id) ?? []) : undefined;
      const { commitment } = subscription;
      const progress = commitment === null ? undefined : { commitment, spent: spent.get(subscription.id) ?? new Map() };
      const measuredIn = (index: number) => measured.get(`${subscription.id}/${index}`) ?? [];
      const billed = rateBillings(due, quantities.finderFor(subscription.accountId), {
        charged: settled,
        measured: measuredIn(subscription.billNextIndex - 1),
        late: lateBilling && { billing: lateBilling, measured: measuredIn(lateBilling.index - 1) },
        progress,
      });
      const { timeZone } = subscription;
      const drafts = composeBillings({ subscription: due.subscription, timeZone, billed, charged: settled }, rules);
      return { subscription, due, drafts };
    });
    return { rated, failed: failures.count, failure: failures.first };
  }

  /** What has been billed of a page's subscriptions, as far as it matters for what is due. */
  async readIn(transaction: Transaction, page: DuePage): Promise<ReadPage> {
    const { invoices, lateUsage } = this.#dependencies;
    const { subscriptions } = page;
    const lateDays = await lateUsage.listIn(transaction, [...new Set(subscriptions.map(({ accountId }) => accountId))]);
    const late = subscriptions.filter(({ accountId, billedEarly }) => billedEarly || lateDays.has(accountId));
    const [charged, measured, spent] = await Promise.all([
      invoices.listChargedInAdvance(transaction, subscriptions.filter(mustSettle).map(periodBefore(1))),
      invoices.listMeasuredIn(transaction, [...subscriptions.map(periodBefore(1)), ...late.map(periodBefore(2))]),
      invoices.listSpentByPeriod(
        transaction,
        subscriptions.filter(({ commitment }) => commitment !== null).map(({ id }) => id),
      ),
    ]);
    return { ...page, charged, measured, lateDays, spent };
  }

  /** Who pays for the subscriptions, and for which of them coupons are redeemed. */
  async loadRules({ tenantId, rules, finalize }: Run, subscriptions: readonly Subscription[]): Promise<ComposeRules> {
    const { account, clock } = this.#dependencies;
    const payers = await loadPayers(
      subscriptions.map(({ accountId }) => accountId),
      (ids) => account.listAccountsByIds({ tenantId, ids }),
    );
    const targets = await this.#listCouponTargets(tenantId, subscriptions, payers);
    return { ...rules, ...targets, payers, now: clock.now(), finalize };
  }

  /** Ids of the subscriptions and accounts of a batch that have coupons: few, so that all others are done at once. */
  async #listCouponTargets(
    tenantId: string,
    subscriptions: readonly Subscription[],
    payers: Payers,
  ): Promise<Pick<ComposeRules, 'discounted' | 'everDiscounted'>> {
    const { database, coupons } = this.#dependencies;
    const accounts = subscriptions.flatMap(({ accountId }) => [accountId, payers.payerIdOf(accountId)]);
    return database.transaction(tenantId, (transaction) =>
      coupons.listTargetsIn(
        transaction,
        subscriptions.map(({ id }) => id),
        [...new Set(accounts)],
      ),
    );
  }

  /** One call for the whole batch, but for the contract's limits. No transaction is open. */
  async loadQuantities(
    tenantId: string,
    planned: readonly {
      readonly due: Pick<DueBillings, 'subscription' | 'billings'>;
      readonly lateBilling: Billing | undefined;
    }[],
  ): Promise<Quantities> {
    const quantities = new Quantities();
    for (const { due, lateBilling } of planned) {
      const billings = lateBilling === undefined ? due.billings : [lateBilling, ...due.billings];
      for (const { closing } of billings) {
        for (const window of closing === undefined ? [] : listUsageWindows(closing))
          quantities.add(due.subscription.accountId, window);
      }
    }
    await answerQuantities(this.#dependencies.metering, tenantId, quantities);
    return quantities;
  }
}

function periodBefore(distance: number) {
  return ({ id, billNextIndex }: Subscription) => ({ subscriptionId: id, periodIndex: billNextIndex - distance });
}

/** The billing before the first of these, if usage of the period which that one closed came late, or may have. */
function findLateBilling(
  { subscription, billings }: DueBillings,
  days: readonly LateDay[] | undefined,
  billedEarly: boolean,
): Billing | undefined {
  const [first] = billings;
  if (first === undefined || (days === undefined && !billedEarly)) return undefined;
  const before = first.index <= subscription.firstIndex ? undefined : planBilling(subscription, first.index - 1);
  const windows = before?.closing === undefined ? [] : listUsageWindows(before.closing);
  if (billedEarly) return windows.length > 0 ? before : undefined;
  const isLate = windows.some((window) =>
    days?.some((day) => day.meter === window.meter && day.from < window.to && day.to > window.from),
  );
  return isLate ? before : undefined;
}
