import { type Clock, type Database, type DomainError, type Logger, type Transaction } from '@plinth/common';
import { localDateAt } from '@plinth/common/local-date';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { insertPostings } from '../ledger/ledger.store.ts';
import type { ChargeService } from '../payment/charge.service.ts';
import type { PaymentStatus } from '../payment/payment.ts';
import { payable } from '../payment/payment-settlement.service.ts';
import type { SubscriptionService } from '../subscription/subscription.service.ts';
import type { DunningPolicyService } from './dunning-policy.service.ts';
import * as store from './dunning.store.ts';
import { daysAfter, dueSteps, isChargeDue, type Dunning, type DunningStep } from './dunning.ts';

export interface CollectionServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly invoices: InvoiceService;
  readonly charges: Pick<ChargeService, 'chargeInvoice'>;
  readonly policies: DunningPolicyService;
  readonly subscriptions: Pick<SubscriptionService, 'change'>;
}

export interface CollectionSummary {
  readonly charged: number;
  readonly succeeded: number;
  readonly steps: number;
  readonly failed: number;
}

const atOnce = 500;
/** Expected answers to a charge that somebody else has just made unnecessary. */
const overtaken: ReadonlySet<string> = new Set(['payment.nothing_due', 'payment.running', 'payment.method_missing']);

/** Collects what is open: charges payment methods by themselves, and takes the steps of dunning. */
export class CollectionService {
  readonly #options: CollectionServiceOptions;

  constructor(options: CollectionServiceOptions) {
    this.#options = options;
  }

  /** Goes through the open invoices of a tenant. An invoice that fails does not keep the others waiting. */
  async collect(tenantId: string, now: Date): Promise<CollectionSummary> {
    const { database, policies, log } = this.#options;
    const stepsOf = await database.transaction(tenantId, (transaction) => policies.loadStepsIn(transaction));
    const summary = { charged: 0, succeeded: 0, steps: 0, failed: 0 };
    let after: string | undefined;
    do {
      const page = await database.transaction(tenantId, (transaction) =>
        store.listOpenInvoices(transaction, atOnce, after),
      );
      for (const invoice of page) {
        try {
          await this.#collect(tenantId, invoice, stepsOf(invoice.legalEntityId), now, summary);
        } catch (error) {
          summary.failed += 1;
          log.error({ err: error, tenantId, invoiceId: invoice.id }, 'an invoice cannot be collected now');
        }
      }
      after = page.length < atOnce ? undefined : page.at(-1)?.id;
    } while (after !== undefined);
    return summary;
  }

  /**
   * Charges invoices that have just become open, as far as they are charged by themselves; steps of dunning wait for the
   * next collection. One that fails does not keep the others waiting: the next collection tries it again.
   */
  async chargeOpened(tenantId: string, invoiceIds: readonly string[]): Promise<number> {
    const { database, log } = this.#options;
    const open = await database.transaction(tenantId, (transaction) =>
      store.listChargeableInvoices(transaction, invoiceIds),
    );
    let charged = 0;
    for (const invoice of open) {
      try {
        if ((await this.#chargeIfDue(tenantId, invoice, false)) !== undefined) charged += 1;
      } catch (error) {
        log.warn({ err: error, tenantId, invoiceId: invoice.id }, 'an invoice cannot be charged right away');
      }
    }
    return charged;
  }

  async #collect(
    tenantId: string,
    invoice: store.OpenInvoice,
    steps: readonly DunningStep[],
    now: Date,
    summary: { charged: number; succeeded: number; steps: number },
  ): Promise<void> {
    if (invoice.paused !== null || invoice.running) return;
    const daysPastDue = invoice.dueOn === null ? -1 : daysAfter(invoice.dueOn, localDateAt(invoice.timeZone, now));
    const due = dueSteps(steps, invoice.reached, daysPastDue);
    const retries = due.some(({ retry }) => retry);
    const status = await this.#chargeIfDue(tenantId, invoice, retries);
    if (status !== undefined) summary.charged += 1;
    if (status === 'succeeded') summary.succeeded += 1;
    // While its result is not there nobody is reminded, and no subscription ends.
    if (status !== 'failed' && status !== undefined) return;
    for (const step of due) if (await this.#reach(tenantId, invoice, step, daysPastDue)) summary.steps += 1;
  }

  /** The status of the attempt; undefined where none is due or somebody else was quicker. */
  async #chargeIfDue(
    tenantId: string,
    invoice: store.OpenInvoice,
    retries: boolean,
  ): Promise<PaymentStatus | undefined> {
    const { id: invoiceId, lastPaymentId, lastMethodId, lastFailure, defaultMethodId } = invoice;
    if (invoice.paused !== null || invoice.running || defaultMethodId === null) return undefined;
    const last = lastPaymentId === null ? undefined : { paymentMethodId: lastMethodId, failure: lastFailure };
    if (!isChargeDue(last, defaultMethodId, retries)) return undefined;
    try {
      const payment = await this.#options.charges.chargeInvoice(tenantId, {
        invoiceId,
        cause: 'automatic',
        customerPresent: false,
        // Whoever decides by the same last attempt means the same next one, so that it is made once.
        requestKey: `automatic:${invoiceId}:${lastPaymentId ?? 'first'}`,
      });
      return payment.status;
    } catch (error) {
      if (overtaken.has((error as Partial<DomainError>).code ?? '')) return undefined;
      throw error;
    }
  }

  /** Takes one step, once. What it does to subscriptions comes first: done again it changes nothing. */
  async #reach(tenantId: string, invoice: store.OpenInvoice, step: DunningStep, daysPastDue: number): Promise<boolean> {
    const { database } = this.#options;
    await this.#changeSubscriptions(tenantId, invoice.id, step);
    return database.transaction(tenantId, async (transaction) => {
      const current = await this.#options.invoices.lockInvoiceIn(transaction, invoice.id);
      const before = await store.findDunning(transaction, invoice.id);
      if (payable(current) === 0n || before?.reached.includes(step.key) || (before?.paused ?? null) !== null)
        return false;
      const now = this.#options.clock.now();
      const after: Dunning = {
        ...(before ?? { invoiceId: invoice.id, accountId: invoice.accountId, paused: null, createdAt: now }),
        reached: [...(before?.reached ?? []), step.key],
        lastStepAt: now,
        version: (before?.version ?? 0) + 1,
        updatedAt: now,
      };
      await store.saveDunning(transaction, after);
      const dueMinor = payable(current).toString();
      if (step.action === 'write_off') await this.#writeOffIn(transaction, invoice.id);
      const { key, notice, action } = step;
      transaction.audit({
        action: 'dunning.step_reached',
        resourceType: 'invoice',
        resourceId: invoice.id,
        after: { step: key, notice, action, daysPastDue, dueMinor },
      });
      const { id: invoiceId, accountId, currency } = invoice;
      const data = { invoiceId, accountId, step: key, notice, action, daysPastDue, currency, dueMinor };
      transaction.publish('dunning.step_reached', accountId, data);
      return true;
    });
  }

  async #writeOffIn(transaction: Transaction, invoiceId: string): Promise<void> {
    const { invoices, clock } = this.#options;
    const invoice = await invoices.lockInvoiceIn(transaction, invoiceId);
    const due = payable(invoice);
    await invoices.applySettlementIn(transaction, invoiceId, { writtenOffMinor: due });
    const { legalEntityId, accountId, currency } = invoice;
    await insertPostings(transaction, [
      {
        legalEntityId,
        accountId,
        currency,
        sourceType: 'write_off',
        sourceId: invoiceId,
        postedAt: clock.now(),
        entries: [
          { account: 'write_offs', amountMinor: due },
          { account: 'receivable', amountMinor: -due },
        ],
      },
    ]);
  }

  async #changeSubscriptions(tenantId: string, invoiceId: string, { action }: DunningStep): Promise<void> {
    if (action !== 'pause_subscriptions' && action !== 'cancel_subscriptions') return;
    const { database, subscriptions, log } = this.#options;
    const ids = await database.transaction(tenantId, (transaction) =>
      store.listSubscriptionsOf(transaction, invoiceId),
    );
    const wanted = action === 'pause_subscriptions' ? 'pause' : 'cancel';
    for (const id of ids) {
      try {
        await subscriptions.change(tenantId, id, { action: wanted, when: 'now' }, undefined);
      } catch (error) {
        // It is paused or has ended already.
        if (!isConflict(error)) throw error;
        log.info({ tenantId, subscriptionId: id, err: error }, 'a subscription is not changed by dunning');
      }
    }
  }
}

function isConflict(error: unknown): boolean {
  return (error as Partial<DomainError>).kind === 'conflict';
}
