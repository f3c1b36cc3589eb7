import type { Database, Transaction } from '@plinth/common';
import { RecordedGateway } from '../payment-gateway/recorded-gateway.ts';
import { PaymentKeyTakenError } from './payment.errors.ts';
import type { PaymentSettlementService } from './payment-settlement.service.ts';
import type { PaymentOwner } from './new-payment.ts';
import { toRequest } from './charge-request.ts';
import type { ChargeService } from './charge.service.ts';
import type { PaymentService } from './payment.service.ts';
import type { ReceivedMoney } from './received-payment.service.ts';
import { findPaymentByRequestKey } from './payment.store.ts';
import type { Payment } from './payment.ts';

export interface AdvancePaymentOptions {
  readonly database: Database;
  readonly payments: PaymentService;
  readonly charges: ChargeService;
  readonly settlement: PaymentSettlementService;
}

/** Money for which nothing is owed yet. */
export interface AdvancePayment extends Omit<PaymentOwner, 'invoiceId'> {
  readonly amountMinor: bigint;
  /** The same key is the same payment, however often it is asked for. */
  readonly requestKey: string | null;
  /** What it is for, on the customer's statement. */
  readonly description: string;
  /** Notes in the transaction that puts the payment on record what becomes of the money once it is there. */
  readonly note: (transaction: Transaction, payment: Payment) => Promise<void>;
}

export interface AdvanceCharge {
  readonly cause: 'request' | 'automatic';
  readonly paymentMethodId: string | undefined;
  readonly customerPresent: boolean;
}

/** Receives money ahead of any invoice, by charging a payment method or by recording what came. */
export class AdvancePaymentService {
  readonly #options: AdvancePaymentOptions;
  constructor(options: AdvancePaymentOptions) {
    this.#options = options;
  }

  /**
   * Charges a payment method as for an invoice: on record before the gateway is asked, `unknown` while nobody knows,
   * never charged twice.
   */
  async charge(tenantId: string, wanted: AdvancePayment, by: AdvanceCharge): Promise<Payment> {
    const { database, charges } = this.#options;
    return database.apart(async () => {
      const known = await database.transaction(tenantId, (transaction) => findRequested(transaction, wanted));
      if (known !== undefined) return known;
      const attempt = await database.transaction(tenantId, async (transaction) => {
        const begun = await charges.beginChargeIn(
          transaction,
          { ...wanted, invoiceId: null },
          { ...by, amountMinor: wanted.amountMinor, requestKey: wanted.requestKey },
        );
        await wanted.note(transaction, begun.payment);
        const request = toRequest(begun.payment, undefined, begun.method, !by.customerPresent);
        return { payment: begun.payment, request: { ...request, description: wanted.description } };
      });
      return charges.execute(tenantId, attempt);
    });
  }

  /** Records money that came without this platform. */
  async recordIn(
    transaction: Transaction,
    wanted: AdvancePayment,
    received: Pick<ReceivedMoney, 'gateway' | 'reference' | 'note' | 'receivedOn'>,
  ): Promise<Payment> {
    const known = await findRequested(transaction, wanted);
    if (known !== undefined) return known;
    const payment = await this.#options.payments.insertIn(
      transaction,
      { ...wanted, invoiceId: null },
      { ...received, amountMinor: wanted.amountMinor, requestKey: wanted.requestKey, cause: 'recorded' },
    );
    await wanted.note(transaction, payment);
    const outcome = await new RecordedGateway(received.gateway).charge(toRequest(payment, undefined, undefined, true));
    return this.#options.settlement.settleIn(transaction, payment.id, outcome);
  }
}

/** The payment that an earlier request with the same key made, whose answer was lost. */
async function findRequested(
  transaction: Transaction,
  { requestKey, accountId, amountMinor }: AdvancePayment,
): Promise<Payment | undefined> {
  const known = requestKey === null ? undefined : await findPaymentByRequestKey(transaction, requestKey);
  if (known === undefined) return undefined;
  if (known.invoiceId !== null || known.accountId !== accountId || known.amountMinor !== amountMinor)
    throw new PaymentKeyTakenError();
  return known;
}
