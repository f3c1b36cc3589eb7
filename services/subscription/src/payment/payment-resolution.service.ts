import { type Clock, type Database, type Logger } from '@plinth/common';
import type { ChargeOutcome } from '../payment-gateway/payment-gateway.ts';
import type { PaymentMethodService } from '../payment-method/payment-method.service.ts';
import type { PaymentSettlementService } from './payment-settlement.service.ts';
import { toRequest } from './charge-request.ts';
import type { ChargeService } from './charge.service.ts';
import type { PaymentService } from './payment.service.ts';
import { listUnresolvedPayments } from './payment.store.ts';
import { abandonedAfterMs, lostAfterMs, type Payment } from './payment.ts';

export interface PaymentResolutionOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly payments: PaymentService;
  readonly charges: Pick<ChargeService, 'cancelPayment'>;
  readonly methods: PaymentMethodService;
  readonly settlement: PaymentSettlementService;
}

const atOnce = 500;

/** Finds out what became of payments whose result did not arrive. It asks and never charges. */
export class PaymentResolutionService {
  readonly #options: PaymentResolutionOptions;

  constructor(options: PaymentResolutionOptions) {
    this.#options = options;
  }

  /** Asks about every payment whose time has come. Answers how many are over now. */
  async resolveDue(tenantId: string, now: Date): Promise<number> {
    const { database, log } = this.#options;
    const due = await database.transaction(tenantId, (transaction) => listUnresolvedPayments(transaction, now, atOnce));
    let resolved = 0;
    for (const payment of due) {
      try {
        if ((await this.#resolve(tenantId, payment, now)).checkAt === null) resolved += 1;
      } catch (error) {
        log.warn({ err: error, tenantId, paymentId: payment.id }, 'a payment cannot be looked up now');
      }
    }
    return resolved;
  }

  async #resolve(tenantId: string, payment: Payment, now: Date): Promise<Payment> {
    const { database, payments, charges, methods, settlement } = this.#options;
    const age = now.getTime() - payment.createdAt.getTime();
    if (payment.status === 'requires_action' && age >= abandonedAfterMs)
      return charges.cancelPayment(tenantId, payment.id);
    const gateway = await payments.openGateway(tenantId, payment);
    const method =
      payment.paymentMethodId === null ? undefined : await methods.getKnown(tenantId, payment.paymentMethodId);
    const request = toRequest(payment, undefined, method, true);
    const found = await gateway.findCharge(request, payment.gatewayPaymentId);
    const outcome = found ?? (age >= lostAfterMs ? neverArrived : { status: 'unknown' as const });
    return database.transaction(tenantId, (transaction) => settlement.settleIn(transaction, payment.id, outcome));
  }
}

const neverArrived: ChargeOutcome = {
  status: 'failed',
  gatewayPaymentId: null,
  failure: 'temporary',
  code: 'not_received',
  message: 'The gateway never received the request.',
};
