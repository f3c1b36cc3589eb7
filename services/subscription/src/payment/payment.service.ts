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
import { printedNumber, type Invoice } from '../invoice/invoice.ts';
import type { GatewayAccountService } from '../payment-gateway/gateway-account.service.ts';
import { GatewayUnavailableError } from '../payment-gateway/payment-gateway.errors.ts';
import type { ChargeOutcome, ChargeRequest, PaymentGateway } from '../payment-gateway/payment-gateway.ts';
import { RecordedGateway } from '../payment-gateway/recorded-gateway.ts';
import type { PaymentMethodService } from '../payment-method/payment-method.service.ts';
import type { PaymentMethod } from '../payment-method/payment-method.ts';
import { payable, type PaymentSettlementService } from './payment-settlement.service.ts';
import {
  AmountTooLargeError,
  NothingDueError,
  PaymentKeyTakenError,
  PaymentMethodMissingError,
  PaymentMethodUnusableError,
  PaymentMismatchError,
  PaymentRunningError,
} from './payment.errors.ts';
import { newPayment, type NewPayment, type PaymentOwner } from './new-payment.ts';
import * as store from './payment.store.ts';
import { unappliedMinor, type Payment } from './payment.ts';

export interface PaymentServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly invoices: InvoiceService;
  readonly gateways: GatewayAccountService;
  readonly methods: PaymentMethodService;
  readonly settlement: PaymentSettlementService;
}

export interface ChargeInvoice {
  readonly invoiceId: string;
  /** The account's default one when absent. */
  readonly paymentMethodId?: string | undefined;
  /** All that is due when absent. */
  readonly amountMinor?: bigint | undefined;
  readonly cause: 'request' | 'automatic';
  /** Whether the customer is there to confirm. */
  readonly customerPresent: boolean;
  /** The same key is the same attempt, however often it is asked for. */
  readonly requestKey: string | null;
  readonly ifMatch?: number | undefined;
}

/** Money that came without this platform. */
export interface ReceivedMoney {
  readonly gateway: 'manual' | 'bank_transfer';
  readonly invoiceId: string;
  /** That of the invoice when absent. */
  readonly currency?: string | undefined;
  /** All that is due when absent; more than that stays unapplied. */
  readonly amountMinor?: bigint | undefined;
  readonly reference: string | null;
  readonly note: string | null;
  readonly receivedOn: string | null;
  readonly requestKey: string | null;
  readonly ifMatch?: number | undefined;
}

export interface PaymentQuery extends store.PaymentFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** An attempt that is on record, and how the gateway is asked. */
export interface Attempt {
  readonly payment: Payment;
  readonly request: ChargeRequest;
}

/** Charges invoices, records what was received, and says what became of it. */
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

  /**
   * Charges an invoice. The attempt is on record before the gateway is asked, the gateway is asked outside of any
   * transaction, and the result settles the invoice in one. What cannot be known yet is `unknown`, never charged again.
   */
  async chargeInvoice(tenantId: string, charge: ChargeInvoice): Promise<Payment> {
    const { database } = this.#options;
    return database.apart(async () => {
      const known = await this.#findRequested(tenantId, charge);
      if (known !== undefined) return known;
      await this.#giveUpWaiting(tenantId, charge.invoiceId);
      const attempt = await database.transaction(tenantId, (transaction) => this.#beginIn(transaction, charge));
      return this.execute(tenantId, attempt);
    });
  }

  /** Records money that was received, and settles the invoice with it. */
  async recordReceived(tenantId: string, received: ReceivedMoney): Promise<Payment> {
    return this.#options.database.transaction(tenantId, (transaction) => this.recordReceivedIn(transaction, received));
  }

  async recordReceivedIn(transaction: Transaction, received: ReceivedMoney): Promise<Payment> {
    const known = await this.#findRequestedIn(transaction, received);
    if (known !== undefined) return known;
    const invoice = await this.#lockPayableIn(transaction, received.invoiceId, received.ifMatch);
    if (received.currency !== undefined && received.currency !== invoice.currency)
      throw new PaymentMismatchError('currency');
    const payment = await this.insertIn(transaction, ownerOf(invoice), {
      gateway: received.gateway,
      amountMinor: received.amountMinor ?? payable(invoice),
      cause: 'recorded',
      requestKey: received.requestKey,
      reference: received.reference,
      note: received.note,
      receivedOn: received.receivedOn,
    });
    const outcome = await new RecordedGateway(received.gateway).charge(toRequest(payment, invoice, undefined, true));
    return this.#options.settlement.settleIn(transaction, payment.id, outcome);
  }

  /** Settles another invoice of the account with money that settles nothing yet. */
  async applyPayment(
    tenantId: string,
    id: string,
    invoiceId: string,
    amountMinor: bigint | undefined,
  ): Promise<Payment> {
    const { database, settlement } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      const invoice = await this.#lockPayableIn(transaction, invoiceId, undefined);
      const payment = await store.findPaymentForUpdate(transaction, id);
      if (payment === undefined) throw new NotFoundError('payment', id);
      assertSame(payment, invoice);
      const most = unappliedMinor(payment) < payable(invoice) ? unappliedMinor(payment) : payable(invoice);
      const amount = amountMinor ?? most;
      if (amount > most || amount === 0n) throw new AmountTooLargeError('What is applied', most);
      const after = await settlement.applyIn(transaction, payment, invoice, amount);
      transaction.audit({
        action: 'payment.applied',
        resourceType: 'payment',
        resourceId: id,
        after: { invoiceId, amountMinor: amount.toString() },
      });
      return after;
    });
  }

  /** Gives up an attempt that waits for the customer. Answers with what it has become. */
  async cancelPayment(tenantId: string, id: string): Promise<Payment> {
    return this.#options.database.apart(async () => {
      const payment = await this.getPayment(tenantId, id);
      if (payment.status !== 'requires_action') return payment;
      const { gateway } = await this.#options.gateways.open(tenantId, payment.gatewayAccountId!, true);
      return this.#settle(tenantId, id, await gateway.cancelCharge(payment.gatewayPaymentId!));
    });
  }

  /** The gateway of a payment, also when its gateway account is disabled: what it has can still go back. */
  async openGateway(tenantId: string, payment: Payment): Promise<PaymentGateway> {
    if (payment.gateway !== 'stripe') return new RecordedGateway(payment.gateway);
    return (await this.#options.gateways.open(tenantId, payment.gatewayAccountId!, true)).gateway;
  }

  async #findRequested(tenantId: string, charge: ChargeInvoice): Promise<Payment | undefined> {
    return this.#options.database.transaction(tenantId, (transaction) => this.#findRequestedIn(transaction, charge));
  }

  /** The attempt that an earlier request with the same key made, whose answer was lost. */
  async #findRequestedIn(
    transaction: Transaction,
    { requestKey, invoiceId }: Pick<ChargeInvoice, 'requestKey' | 'invoiceId'>,
  ): Promise<Payment | undefined> {
    if (requestKey === null) return undefined;
    const known = await store.findPaymentByRequestKey(transaction, requestKey);
    if (known !== undefined && known.invoiceId !== invoiceId) throw new PaymentKeyTakenError();
    return known;
  }

  /** A payment that waits for the customer makes way for the next one; one that went through meanwhile stays. */
  async #giveUpWaiting(tenantId: string, invoiceId: string): Promise<void> {
    const running = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findRunningPayment(transaction, invoiceId),
    );
    if (running?.status === 'requires_action') await this.cancelPayment(tenantId, running.id);
  }

  async #beginIn(transaction: Transaction, charge: ChargeInvoice): Promise<Attempt> {
    const invoice = await this.#lockPayableIn(transaction, charge.invoiceId, charge.ifMatch);
    const amountMinor = charge.amountMinor ?? payable(invoice);
    if (amountMinor > payable(invoice)) throw new AmountTooLargeError('What is charged', payable(invoice));
    const { payment, method } = await this.beginChargeIn(transaction, ownerOf(invoice), { ...charge, amountMinor });
    return { payment, request: toRequest(payment, invoice, method, !charge.customerPresent) };
  }

  /** Puts a charge on record: of the named payment method, or of the account's default one. */
  async beginChargeIn(
    transaction: Transaction,
    owner: PaymentOwner,
    charge: Pick<ChargeInvoice, 'paymentMethodId' | 'cause' | 'requestKey'> & { readonly amountMinor: bigint },
  ): Promise<{ readonly payment: Payment; readonly method: PaymentMethod }> {
    const method = await this.#chooseMethodIn(transaction, owner, charge.paymentMethodId);
    const { account } = await this.#options.gateways.open(transaction.tenantId!, method.gatewayAccountId);
    if (account.legalEntityId !== null && account.legalEntityId !== owner.legalEntityId)
      throw new PaymentMethodUnusableError('its gateway account is for another legal entity');
    const payment = await this.insertIn(transaction, owner, {
      gateway: account.gateway,
      gatewayAccountId: account.id,
      paymentMethodId: method.id,
      amountMinor: charge.amountMinor,
      cause: charge.cause,
      requestKey: charge.requestKey,
    });
    return { payment, method };
  }

  /** Asks the gateway for what is on record, outside of any transaction, and takes the result over. */
  async execute(tenantId: string, { payment, request }: Attempt): Promise<Payment> {
    const { gateway } = await this.#options.gateways.open(tenantId, payment.gatewayAccountId!);
    let outcome: ChargeOutcome | { readonly status: 'unknown' };
    try {
      outcome = await gateway.charge(request);
    } catch (error) {
      if (!(error instanceof GatewayUnavailableError)) throw error;
      outcome = { status: 'unknown' };
    }
    return this.#settle(tenantId, payment.id, outcome);
  }

  #settle(
    tenantId: string,
    paymentId: string,
    outcome: ChargeOutcome | { readonly status: 'unknown' },
  ): Promise<Payment> {
    const { database, settlement } = this.#options;
    return database.transaction(tenantId, (transaction) => settlement.settleIn(transaction, paymentId, outcome));
  }

  async #lockPayableIn(transaction: Transaction, invoiceId: string, ifMatch: number | undefined): Promise<Invoice> {
    const invoice = await this.#options.invoices.lockInvoiceIn(transaction, invoiceId);
    if (ifMatch !== undefined && ifMatch !== invoice.version) throw new VersionMismatchError();
    if (payable(invoice) === 0n) throw new NothingDueError(invoiceId, invoice.status);
    const running = await store.findRunningPayment(transaction, invoiceId);
    if (running !== undefined) throw new PaymentRunningError(running.id);
    return invoice;
  }

  async #chooseMethodIn(
    transaction: Transaction,
    { accountId }: PaymentOwner,
    paymentMethodId: string | undefined,
  ): Promise<PaymentMethod> {
    const { methods } = this.#options;
    if (paymentMethodId === undefined) {
      const method = await methods.findDefaultIn(transaction, accountId);
      if (method?.status !== 'active') throw new PaymentMethodMissingError(accountId);
      return method;
    }
    const method = await methods.getIn(transaction, paymentMethodId);
    if (method.accountId !== accountId) throw new PaymentMethodUnusableError('it is of another account');
    return method;
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

/** A payment as the gateway is asked for it. */
export function toRequest(
  payment: Payment,
  invoice: Pick<Invoice, 'number' | 'numberPrefix'> | undefined,
  method: PaymentMethod | undefined,
  offSession: boolean,
): ChargeRequest {
  return {
    paymentId: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    customerId: method?.gatewayCustomerId ?? null,
    methodId: method?.gatewayMethodId ?? null,
    offSession,
    description: `Invoice ${invoice === undefined ? '' : (printedNumber(invoice) ?? '')}`.trim(),
  };
}

function ownerOf({ id: invoiceId, legalEntityId, accountId, currency }: Invoice): PaymentOwner {
  return { invoiceId, legalEntityId, accountId, currency };
}

function assertSame(payment: Payment, invoice: Invoice): void {
  if (payment.accountId !== invoice.accountId) throw new PaymentMismatchError('account');
  if (payment.currency !== invoice.currency) throw new PaymentMismatchError('currency');
  if (payment.legalEntityId !== invoice.legalEntityId) throw new PaymentMismatchError('legal entity');
}
