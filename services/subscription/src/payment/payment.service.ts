import {
  decodeCursor,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { GatewayAccountService } from '../payment-gateway/gateway-account.service.ts';
import type { PaymentGateway } from '../payment-gateway/payment-gateway.ts';
import { RecordedGateway } from '../payment-gateway/recorded-gateway.ts';
import { newPayment, type NewPayment, type PaymentOwner } from './new-payment.ts';
import { NothingDueError, PaymentKeyTakenError, PaymentRunningError } from './payment.errors.ts';
import { payable } from './payment-settlement.service.ts';
import * as store from './payment.store.ts';
import type { Payment } from './payment.ts';

export interface PaymentServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly invoices: InvoiceService;
  readonly gateways: GatewayAccountService;
}

export interface PaymentQuery extends store.PaymentFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Keeps payments on record: finds them, and puts new ones down. */
export class PaymentService {
  readonly #options: PaymentServiceOptions;

  constructor(options: PaymentServiceOptions) {
    this.#options = options;
  }

  async listPayments(tenantId: string, { limit, cursor, ...filter }: PaymentQuery): Promise<Page<Payment>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listPayments(transaction, filter, limit + 1, before),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (payment) => payment,
    );
  }

  async getPayment(tenantId: string, id: string): Promise<Payment> {
    return this.#options.database.transaction(tenantId, (transaction) => this.getPaymentIn(transaction, id));
  }

  async getPaymentIn(transaction: Transaction, id: string): Promise<Payment> {
    const payment = await store.findPayment(transaction, id);
    if (payment === undefined) throw new NotFoundError('payment', id);
    return payment;
  }

  /** What of a payment settles which invoices. */
  async listAllocations(tenantId: string, id: string): Promise<store.Allocation[]> {
    const all = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listAllocations(transaction, id),
    );
    return all.filter(({ amountMinor }) => amountMinor > 0n);
  }

  /** The payment that a gateway speaks of; undefined for one that is not ours. */
  async findOfGatewayIn(
    transaction: Transaction,
    gatewayAccountId: string,
    names: { readonly paymentId: string | null; readonly gatewayPaymentId: string | null },
  ): Promise<Payment | undefined> {
    const paymentId = z.uuid().safeParse(names.paymentId).data ?? null;
    return store.findPaymentOfGateway(transaction, gatewayAccountId, { ...names, paymentId });
  }

  /** The gateway of a payment, also when its gateway account is disabled: what it has can still go back. */
  async openGateway(tenantId: string, payment: Payment): Promise<PaymentGateway> {
    if (payment.gateway !== 'stripe') return new RecordedGateway(payment.gateway);
    return (await this.#options.gateways.open(tenantId, payment.gatewayAccountId!, true)).gateway;
  }

  /** The attempt that an earlier request with the same key made, whose answer was lost. */
  async findRequestedIn(
    transaction: Transaction,
    { requestKey, invoiceId }: { readonly requestKey: string | null; readonly invoiceId: string },
  ): Promise<Payment | undefined> {
    if (requestKey === null) return undefined;
    const known = await store.findPaymentByRequestKey(transaction, requestKey);
    if (known !== undefined && known.invoiceId !== invoiceId) throw new PaymentKeyTakenError();
    return known;
  }

  /** An invoice of which something is to be paid now, locked. Throws while another attempt is not over. */
  async lockPayableIn(transaction: Transaction, invoiceId: string, ifMatch: number | undefined): Promise<Invoice> {
    const invoice = await this.#options.invoices.lockInvoiceIn(transaction, invoiceId);
    if (ifMatch !== undefined && ifMatch !== invoice.version) throw new VersionMismatchError();
    if (payable(invoice) === 0n) throw new NothingDueError(invoiceId, invoice.status);
    const running = await store.findRunningPayment(transaction, invoiceId);
    if (running !== undefined) throw new PaymentRunningError(running.id);
    return invoice;
  }

  /** Puts an attempt or received money on record. */
  async insertIn(transaction: Transaction, owner: PaymentOwner, given: NewPayment): Promise<Payment> {
    const payment = newPayment(owner, given, this.#options.clock.now());
    await store.insertPayment(transaction, payment);
    transaction.audit({
      action: 'payment.created',
      resourceType: 'payment',
      resourceId: payment.id,
      after: { ...payment, amountMinor: payment.amountMinor.toString(), ...hiddenAmounts },
    });
    return payment;
  }
}

const hiddenAmounts = {
  appliedMinor: undefined,
  refundedMinor: undefined,
  chargedBackMinor: undefined,
  grantedMinor: undefined,
};
