import type { Database, Transaction } from '@plinth/common';
import type { GatewayAccountService } from '../payment-gateway/gateway-account.service.ts';
import { GatewayUnavailableError } from '../payment-gateway/payment-gateway.errors.ts';
import type { ChargeRequest } from '../payment-gateway/payment-gateway.ts';
import type { PaymentMethodService } from '../payment-method/payment-method.service.ts';
import type { PaymentMethod } from '../payment-method/payment-method.ts';
import { toRequest } from './charge-request.ts';
import { ownerOf, type PaymentOwner } from './new-payment.ts';
import { payable, type PaymentSettlementService } from './payment-settlement.service.ts';
import { AmountTooLargeError, PaymentMethodMissingError, PaymentMethodUnusableError } from './payment.errors.ts';
import type { PaymentService } from './payment.service.ts';
import { findRunningPayment } from './payment.store.ts';
import type { Payment, PaymentOutcome } from './payment.ts';

export interface ChargeServiceOptions {
  readonly database: Database;
  readonly payments: PaymentService;
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

/** An attempt that is on record, and how the gateway is asked. */
export interface Attempt {
  readonly payment: Payment;
  readonly request: ChargeRequest;
}

/** Charges payment methods, and says what became of it. */
export class ChargeService {
  readonly #options: ChargeServiceOptions;

  constructor(options: ChargeServiceOptions) {
    this.#options = options;
  }

  /**
   * Charges an invoice. The attempt is on record before the gateway is asked, the gateway is asked outside of any
   * transaction, and the result settles the invoice in one. What cannot be known yet is `unknown`, never charged again.
   */
  async chargeInvoice(tenantId: string, charge: ChargeInvoice): Promise<Payment> {
    const { database, payments } = this.#options;
    return database.apart(async () => {
      const known = await database.transaction(tenantId, (transaction) =>
        payments.findRequestedIn(transaction, charge),
      );
      if (known !== undefined) return known;
      await this.#giveUpWaiting(tenantId, charge.invoiceId);
      const begun = await database.transaction(tenantId, (transaction) => this.#beginIn(transaction, charge));
      return 'request' in begun ? this.execute(tenantId, begun) : begun;
    });
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
    const payment = await this.#options.payments.insertIn(transaction, owner, {
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
    let outcome: PaymentOutcome;
    try {
      outcome = await gateway.charge(request);
    } catch (error) {
      if (!(error instanceof GatewayUnavailableError)) throw error;
      outcome = { status: 'unknown' };
    }
    return this.#settle(tenantId, payment.id, outcome);
  }

  #settle(tenantId: string, paymentId: string, outcome: PaymentOutcome): Promise<Payment> {
    const { database, settlement } = this.#options;
    return database.transaction(tenantId, (transaction) => settlement.settleIn(transaction, paymentId, outcome));
  }

  /** Gives up an attempt that waits for the customer. Answers with what it has become. */
  async cancelPayment(tenantId: string, id: string): Promise<Payment> {
    return this.#options.database.apart(async () => {
      const payment = await this.#options.payments.getPayment(tenantId, id);
      if (payment.status !== 'requires_action') return payment;
      const { gateway } = await this.#options.gateways.open(tenantId, payment.gatewayAccountId!, true);
      return this.#settle(tenantId, id, await gateway.cancelCharge(payment.gatewayPaymentId!));
    });
  }

  /** A payment that waits for the customer makes way for the next one; one that went through meanwhile stays. */
  async #giveUpWaiting(tenantId: string, invoiceId: string): Promise<void> {
    const running = await this.#options.database.transaction(tenantId, (transaction) =>
      findRunningPayment(transaction, invoiceId),
    );
    if (running?.status === 'requires_action') await this.cancelPayment(tenantId, running.id);
  }

  /** The attempt, or the one that was made with the same key while this one waited for the invoice. */
  async #beginIn(transaction: Transaction, charge: ChargeInvoice): Promise<Attempt | Payment> {
    const { payments } = this.#options;
    const invoice = await payments.lockPayableIn(transaction, charge.invoiceId, charge.ifMatch);
    const known = await payments.findRequestedIn(transaction, charge);
    if (known !== undefined) return known;
    const amountMinor = charge.amountMinor ?? payable(invoice);
    if (amountMinor > payable(invoice)) throw new AmountTooLargeError('What is charged', payable(invoice));
    const { payment, method } = await this.beginChargeIn(transaction, ownerOf(invoice), { ...charge, amountMinor });
    return { payment, request: toRequest(payment, invoice, method, !charge.customerPresent) };
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
}
