import {
  decodeCursor,
  newId,
  NotFoundError,
  toPage,
  type Clock,
  type Database,
  type Logger,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { ApprovalService } from '../approval/approval.service.ts';
import type { GuardedAction } from '../approval/approval.ts';
import type { EventOutcome } from '../gateway-event/event-outcome.ts';
import type { GatewayFact } from '../payment-gateway/gateway-event.ts';
import {
  GatewayKeyRefusedError,
  GatewayRateLimitedError,
  GatewayRefusedError,
  GatewayUnavailableError,
} from '../payment-gateway/payment-gateway.errors.ts';
import type { RefundOutcome } from '../payment-gateway/payment-gateway.ts';
import type { PaymentSettlementService } from '../payment/payment-settlement.service.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import { refundableMinor, type Payment } from '../payment/payment.ts';
import { RefundKeyTakenError, RefundTooLargeError } from './refund.errors.ts';
import * as store from './refund.store.ts';
import { firstCheckMs, lostAfterMs, nextCheckMs, type Refund } from './refund.ts';

export interface RefundServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly payments: PaymentService;
  readonly settlement: PaymentSettlementService;
  readonly approvals: Pick<ApprovalService, 'guardIn'>;
}

export interface NewRefund {
  readonly paymentId: string;
  /** All that is left of the payment when absent. */
  readonly amountMinor?: bigint | undefined;
  readonly reason: string;
  readonly note: string | null;
  readonly reference: string | null;
  readonly requestKey: string | null;
}

type RefundFact = GatewayFact & { readonly kind: 'refund' };
type Result = Omit<RefundOutcome, 'gatewayRefundId' | 'status'> & {
  readonly status: Refund['status'];
  readonly gatewayRefundId: string | null;
};

const atOnce = 500;

/** Gives money back: whole or in parts, never more than was paid. */
export class RefundService {
  readonly #options: RefundServiceOptions;

  constructor(options: RefundServiceOptions) {
    this.#options = options;
  }

  /**
   * Refunds a payment, on record before the gateway is asked. The gateway's key is the refund's id, so that a request
   * whose answer was lost never pays twice.
   */
  async refund(tenantId: string, wanted: NewRefund): Promise<Refund> {
    const { database } = this.#options;
    return database.apart(async () => {
      const begun = await database.transaction(tenantId, (transaction) => this.#beginIn(transaction, wanted));
      if (!begun.isNew) return begun.refund;
      const result = await this.#ask(tenantId, begun.payment, begun.refund);
      return database.transaction(tenantId, (transaction) => this.#settleIn(transaction, begun.refund.id, result));
    });
  }

  async listRefunds(
    tenantId: string,
    query: { readonly paymentId?: string | undefined; readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<Refund>> {
    const before = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listRefunds(transaction, query.paymentId, query.limit + 1, before),
    );
    return toPage(
      rows,
      query.limit,
      ({ id }) => [id],
      (refund) => refund,
    );
  }

  async getRefund(tenantId: string, id: string): Promise<Refund> {
    const refund = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findRefund(transaction, id),
    );
    if (refund === undefined) throw new NotFoundError('refund', id);
    return refund;
  }

  /** Takes over what the gateway tells of a refund, also of one that was made there. */
  async takeFromGatewayIn(transaction: Transaction, gatewayAccountId: string, fact: RefundFact): Promise<EventOutcome> {
    const refundId = z.uuid().safeParse(fact.refundId).data ?? null;
    const { gatewayRefundId, status, failureCode } = fact;
    const known = await store.findRefundOfGateway(transaction, gatewayAccountId, { refundId, gatewayRefundId });
    if (known !== undefined) {
      const after = await this.#settleIn(transaction, known.id, { gatewayRefundId, status, failureCode });
      return after.version === known.version ? 'unchanged' : 'applied';
    }
    const names = { paymentId: null, gatewayPaymentId: fact.gatewayPaymentId };
    const payment = await this.#options.payments.findOfGatewayIn(transaction, gatewayAccountId, names);
    if (payment === undefined || status === 'failed') return 'ignored';
    const refund = this.#build(payment, { amountMinor: fact.amountMinor, reason: fact.reason, gatewayRefundId });
    await this.#insertIn(transaction, refund);
    await this.#settleIn(transaction, refund.id, { gatewayRefundId, status, failureCode });
    return 'applied';
  }

  /** Asks what became of refunds whose result did not arrive. */
  async resolveDue(tenantId: string, now: Date): Promise<number> {
    const { database, log, payments } = this.#options;
    const due = await database.transaction(tenantId, (transaction) =>
      store.listUnresolvedRefunds(transaction, now, atOnce),
    );
    let resolved = 0;
    for (const refund of due) {
      try {
        const payment = await payments.getPayment(tenantId, refund.paymentId);
        const gateway = await payments.openGateway(tenantId, payment);
        const found = await gateway.findRefund(toRequest(refund, payment), refund.gatewayRefundId);
        const isLost = now.getTime() - refund.createdAt.getTime() >= lostAfterMs;
        const result = found ?? (isLost ? failed('not_received') : unknown);
        const after = await database.transaction(tenantId, (transaction) =>
          this.#settleIn(transaction, refund.id, result),
        );
        if (after.checkAt === null) resolved += 1;
      } catch (error) {
        log.warn({ err: error, tenantId, refundId: refund.id }, 'a refund cannot be looked up now');
      }
    }
    return resolved;
  }

  async #beginIn(
    transaction: Transaction,
    wanted: NewRefund,
  ): Promise<{ isNew: boolean; refund: Refund; payment: Payment }> {
    const { payments, settlement } = this.#options;
    const known =
      wanted.requestKey === null ? undefined : await store.findRefundByRequestKey(transaction, wanted.requestKey);
    if (known !== undefined && known.paymentId !== wanted.paymentId) throw new RefundKeyTakenError();
    const payment = await settlement.lockPaymentIn(transaction, wanted.paymentId);
    if (known !== undefined) return { isNew: false, refund: known, payment };
    const left = refundableMinor(payment) - (await store.sumRunning(transaction, payment.id));
    const amountMinor = wanted.amountMinor ?? left;
    if (amountMinor > left || amountMinor <= 0n) throw new RefundTooLargeError(left);
    // A gateway account without its keys is told now, and not after the refund is on record.
    await payments.openGateway(transaction.tenantId!, payment);
    const refund = this.#build(payment, { ...wanted, amountMinor });
    await this.#insertIn(transaction, refund);
    await this.#options.approvals.guardIn(transaction, toGuarded(payment, refund));
    return { isNew: true, refund, payment };
  }

  async #ask(tenantId: string, payment: Payment, refund: Refund): Promise<Result> {
    const gateway = await this.#options.payments.openGateway(tenantId, payment);
    try {
      return await gateway.refund(toRequest(refund, payment));
    } catch (error) {
      if (error instanceof GatewayUnavailableError) return unknown;
      if (error instanceof GatewayRefusedError) return failed(error.gatewayCode);
      if (error instanceof GatewayRateLimitedError) return failed('rate_limited');
      if (error instanceof GatewayKeyRefusedError) return failed('key_refused');
      throw error;
    }
  }

  /** Takes a result over. Money moves in the books once it has moved at the gateway, and back if it came back. */
  async #settleIn(transaction: Transaction, id: string, result: Result): Promise<Refund> {
    const { settlement } = this.#options;
    const known = await store.findRefund(transaction, id);
    if (known === undefined) throw new NotFoundError('refund', id);
    await settlement.lockAllIn(transaction, known.paymentId);
    const before = (await store.findRefundForUpdate(transaction, id))!;
    if (!isNews(before, result.status)) return before;
    const source = { type: 'refund' as const, id };
    const { status } = result;
    const moved =
      status === 'succeeded'
        ? await settlement.takeBackIn(transaction, before.paymentId, before.amountMinor, source)
        : undefined;
    if (status === 'failed' && before.status === 'succeeded')
      await settlement.giveBackIn(transaction, before.paymentId, before.taken, source);
    const now = this.#options.clock.now();
    const isOpen = status === 'pending' || status === 'unknown';
    const after: Refund = {
      ...before,
      status,
      gatewayRefundId: result.gatewayRefundId ?? before.gatewayRefundId,
      failureCode: result.failureCode,
      taken: moved?.taken ?? (status === 'failed' ? [] : before.taken),
      checkAt: isOpen ? new Date(now.getTime() + nextCheckMs) : null,
      version: before.version + 1,
      updatedAt: now,
    };
    await store.updateRefund(transaction, after);
    record(transaction, before, after, moved?.payment);
    return after;
  }

  async #insertIn(transaction: Transaction, refund: Refund): Promise<void> {
    await store.insertRefund(transaction, refund);
    const { id, paymentId, reason, note, amountMinor } = refund;
    transaction.audit({
      action: 'refund.created',
      resourceType: 'refund',
      resourceId: id,
      after: { paymentId, reason, note, amountMinor: amountMinor.toString() },
    });
  }

  #build(payment: Payment, given: Pick<Refund, 'amountMinor' | 'reason'> & Partial<Refund>): Refund {
    const now = this.#options.clock.now();
    return {
      id: newId(),
      paymentId: payment.id,
      amountMinor: given.amountMinor,
      status: 'pending',
      reason: given.reason,
      note: given.note ?? null,
      reference: given.reference ?? null,
      requestKey: given.requestKey ?? null,
      gatewayAccountId: payment.gatewayAccountId,
      gatewayRefundId: given.gatewayRefundId ?? null,
      failureCode: null,
      taken: [],
      checkAt: new Date(now.getTime() + firstCheckMs),
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
  }
}

/** What limits see of a refund, with which it can be made once it is approved. */
function toGuarded({ accountId, currency }: Payment, refund: Refund): GuardedAction {
  const { id, paymentId, amountMinor, reason, note, reference, requestKey } = refund;
  return {
    action: 'refund',
    accountId,
    currency,
    amountMinor,
    reason,
    input: { paymentId, amountMinor: amountMinor.toString(), reason, note, reference, requestKey },
    result: { type: 'refund', id },
  };
}

const unknown: Result = { status: 'unknown', gatewayRefundId: null, failureCode: null };

function failed(failureCode: string): Result {
  return { status: 'failed', gatewayRefundId: null, failureCode };
}

function toRequest({ id: refundId, amountMinor }: Refund, { gatewayPaymentId, currency }: Payment) {
  return { refundId, amountMinor, currency, gatewayPaymentId: gatewayPaymentId! };
}

/** A refund that is gone can only still come back; one that failed stays so. */
function isNews({ status: before, gatewayRefundId }: Refund, status: Refund['status']): boolean {
  if (before === 'failed') return false;
  if (before === 'succeeded') return status === 'failed';
  return status !== 'unknown' || gatewayRefundId === null;
}

function record(transaction: Transaction, before: Refund, after: Refund, payment: Payment | undefined): void {
  if (before.status === after.status) return;
  transaction.audit({
    action: `refund.${after.status}`,
    resourceType: 'refund',
    resourceId: after.id,
    before: { status: before.status },
    after: { status: after.status, paymentId: after.paymentId, failureCode: after.failureCode },
  });
  if (payment === undefined) return;
  const { id: paymentId, accountId, invoiceId, currency, amountMinor } = payment;
  transaction.publish('payment.refunded', accountId, {
    paymentId,
    accountId,
    invoiceId,
    currency,
    amountMinor: amountMinor.toString(),
    refundId: after.id,
    refundedMinor: after.amountMinor.toString(),
  });
}
