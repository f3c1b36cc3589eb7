import {
  decodeCursor,
  newId,
  NotFoundError,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { DunningPauseService } from '../dunning/dunning-pause.service.ts';
import type { EventOutcome } from '../gateway-event/event-outcome.ts';
import { GatewayEventTooEarlyError } from '../gateway-event/gateway-event.errors.ts';
import type { GatewayFact } from '../payment-gateway/gateway-event.ts';
import type { PaymentSettlementService } from '../payment/payment-settlement.service.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import type { Payment } from '../payment/payment.ts';
import * as store from './chargeback.store.ts';
import { isClosed, type Chargeback } from './chargeback.ts';

export interface ChargebackServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly payments: PaymentService;
  readonly settlement: PaymentSettlementService;
  readonly pauses: DunningPauseService;
}

export interface ChargebackQuery {
  readonly paymentId?: string | undefined;
  readonly status?: Chargeback['status'] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

type DisputeFact = GatewayFact & { readonly kind: 'dispute' };

/** Follows disputes at the gateway: invoices are open again while the money is away, and settled when it comes back. */
export class ChargebackService {
  readonly #options: ChargebackServiceOptions;

  constructor(options: ChargebackServiceOptions) {
    this.#options = options;
  }

  async listChargebacks(tenantId: string, { limit, cursor, ...filter }: ChargebackQuery): Promise<Page<Chargeback>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listChargebacks(transaction, filter, limit + 1, before),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (chargeback) => chargeback,
    );
  }

  async getChargeback(tenantId: string, id: string): Promise<Chargeback> {
    const chargeback = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findChargeback(transaction, id),
    );
    if (chargeback === undefined) throw new NotFoundError('chargeback', id);
    return chargeback;
  }

  /** Takes over what the gateway tells of a dispute. What is older than what it told before changes nothing. */
  async takeFromGatewayIn(
    transaction: Transaction,
    gatewayAccountId: string,
    fact: DisputeFact,
    toldAt: Date,
  ): Promise<EventOutcome> {
    const { payments, settlement } = this.#options;
    const names = { paymentId: null, gatewayPaymentId: fact.gatewayPaymentId };
    const found = await payments.findOfGatewayIn(transaction, gatewayAccountId, names);
    if (found === undefined) return 'ignored';
    // Messages about one payment come one after the other from here on.
    const payment = await settlement.lockAllIn(transaction, found.id);
    if (payment.status !== 'succeeded') throw new GatewayEventTooEarlyError('payment');
    const before = await store.findDispute(transaction, gatewayAccountId, fact.gatewayDisputeId);
    if (before !== undefined && isOutdated(before, fact, toldAt)) return 'unchanged';
    const known = before ?? this.#open(payment, gatewayAccountId, fact, toldAt);
    const after = await this.#moveIn(transaction, known, fact, toldAt);
    await store.saveChargeback(transaction, after);
    await this.#resumeIn(transaction, known, after);
    record(transaction, before, after, payment);
    return 'applied';
  }

  #open(payment: Payment, gatewayAccountId: string, fact: DisputeFact, toldAt: Date): Chargeback {
    const now = this.#options.clock.now();
    const { gatewayDisputeId, amountMinor, reason, status, evidenceDueBy } = fact;
    return {
      id: newId(),
      paymentId: payment.id,
      gatewayAccountId,
      gatewayDisputeId,
      amountMinor,
      reason,
      status,
      withdrawn: false,
      taken: [],
      evidenceDueBy,
      toldAt,
      version: 0,
      createdAt: now,
      updatedAt: now,
      closedAt: null,
    };
  }

  /** Takes the money out of the books, or puts it back. */
  async #moveIn(transaction: Transaction, before: Chargeback, fact: DisputeFact, toldAt: Date): Promise<Chargeback> {
    const { settlement, clock } = this.#options;
    const source = { type: 'chargeback' as const, id: before.id };
    let { taken } = before;
    if (fact.withdrawn && !before.withdrawn) {
      ({ taken } = await settlement.takeBackIn(transaction, before.paymentId, before.amountMinor, source));
    } else if (!fact.withdrawn && before.withdrawn) {
      await settlement.giveBackIn(transaction, before.paymentId, before.taken, source);
      taken = [];
    }
    const now = clock.now();
    const { status, withdrawn, evidenceDueBy } = fact;
    return {
      ...before,
      status,
      withdrawn,
      taken,
      evidenceDueBy,
      toldAt,
      version: before.version + 1,
      updatedAt: now,
      closedAt: isClosed(fact) ? (before.closedAt ?? now) : null,
    };
  }

  /** Once it is won nothing is asked for; lost, an agent decides what becomes of the open invoice. */
  async #resumeIn(transaction: Transaction, before: Chargeback, after: Chargeback): Promise<void> {
    if (after.status !== 'won' || before.status === 'won') return;
    const invoiceIds = before.taken.flatMap(({ invoiceId }) => (invoiceId === null ? [] : [invoiceId]));
    if (invoiceIds.length > 0) await this.#options.pauses.resumeIn(transaction, invoiceIds, 'chargeback');
  }
}

/** A message about the past; of two of the same second, an end stands above all others. */
function isOutdated(before: Chargeback, fact: DisputeFact, toldAt: Date): boolean {
  if (toldAt < before.toldAt) return true;
  if (toldAt.getTime() === before.toldAt.getTime() && isClosed(before) && !isClosed(fact)) return true;
  return (
    fact.status === before.status &&
    fact.withdrawn === before.withdrawn &&
    fact.evidenceDueBy?.getTime() === before.evidenceDueBy?.getTime()
  );
}

function record(transaction: Transaction, before: Chargeback | undefined, after: Chargeback, payment: Payment): void {
  const { status, withdrawn, reason } = after;
  const disputedMinor = after.amountMinor.toString();
  transaction.audit({
    action: before === undefined ? 'chargeback.opened' : 'chargeback.updated',
    resourceType: 'chargeback',
    resourceId: after.id,
    ...(before === undefined ? {} : { before: { status: before.status, withdrawn: before.withdrawn } }),
    after: { status, withdrawn, reason, disputedMinor, paymentId: after.paymentId },
  });
  const { id: paymentId, accountId, invoiceId, currency, amountMinor } = payment;
  const data = {
    paymentId,
    accountId,
    invoiceId,
    currency,
    amountMinor: amountMinor.toString(),
    chargebackId: after.id,
    disputedMinor,
  };
  if (before === undefined)
    transaction.publish('chargeback.opened', accountId, {
      ...data,
      reason,
      evidenceDueBy: after.evidenceDueBy?.toISOString() ?? null,
    });
  if ((status === 'won' || status === 'lost') && before?.status !== status)
    transaction.publish('chargeback.closed', accountId, { ...data, outcome: status });
}
