import { NotFoundError, type Database, type Transaction } from '@plinth/common';
import type { Invoice } from '../invoice/invoice.ts';
import { RecordedGateway } from '../payment-gateway/recorded-gateway.ts';
import { toRequest } from './charge-request.ts';
import { ownerOf } from './new-payment.ts';
import { payable, type PaymentSettlementService } from './payment-settlement.service.ts';
import { AmountTooLargeError, PaymentMismatchError } from './payment.errors.ts';
import type { PaymentService } from './payment.service.ts';
import { findPaymentForUpdate } from './payment.store.ts';
import { unappliedMinor, type Payment } from './payment.ts';

export interface ReceivedPaymentServiceOptions {
  readonly database: Database;
  readonly payments: PaymentService;
  readonly settlement: PaymentSettlementService;
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

/** Records money that came without this platform, and settles invoices with what is there. */
export class ReceivedPaymentService {
  readonly #options: ReceivedPaymentServiceOptions;

  constructor(options: ReceivedPaymentServiceOptions) {
    this.#options = options;
  }

  /** Records money that was received, and settles the invoice with it. */
  async recordReceivedIn(transaction: Transaction, received: ReceivedMoney): Promise<Payment> {
    const known = await this.#options.payments.findRequestedIn(transaction, received);
    if (known !== undefined) return known;
    const invoice = await this.#options.payments.lockPayableIn(transaction, received.invoiceId, received.ifMatch);
    if (received.currency !== undefined && received.currency !== invoice.currency)
      throw new PaymentMismatchError('currency');
    const payment = await this.#options.payments.insertIn(transaction, ownerOf(invoice), {
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
      const invoice = await this.#options.payments.lockPayableIn(transaction, invoiceId, undefined);
      const payment = await findPaymentForUpdate(transaction, id);
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
}

function assertSame(payment: Payment, invoice: Invoice): void {
  if (payment.accountId !== invoice.accountId) throw new PaymentMismatchError('account');
  if (payment.currency !== invoice.currency) throw new PaymentMismatchError('currency');
  if (payment.legalEntityId !== invoice.legalEntityId) throw new PaymentMismatchError('legal entity');
}
