import { newId, NotFoundError, runInContext, type Database, type TenantClock, type Transaction } from '@plinth/common';
import type { ChargebackService } from '../chargeback/chargeback.service.ts';
import type { GatewayAccountService } from '../payment-gateway/gateway-account.service.ts';
import type { GatewayEvent } from '../payment-gateway/gateway-event.ts';
import type { SignedMessage } from '../payment-gateway/payment-gateway.ts';
import type { PaymentMethodService } from '../payment-method/payment-method.service.ts';
import type { PaymentSettlementService } from '../payment/payment-settlement.service.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import type { RefundService } from '../refund/refund.service.ts';
import type { EventOutcome } from './event-outcome.ts';
import { insertEvent, setOutcome } from './gateway-event.store.ts';

export interface GatewayEventServiceOptions {
  readonly database: Database;
  readonly clock: TenantClock;
  readonly gateways: GatewayAccountService;
  readonly payments: PaymentService;
  readonly settlement: PaymentSettlementService;
  readonly methods: PaymentMethodService;
  readonly refunds: RefundService;
  readonly chargebacks: ChargebackService;
}

/** Takes what gateways tell: checked, once each, in whatever order it comes. */
export class GatewayEventService {
  readonly #options: GatewayEventServiceOptions;

  constructor(options: GatewayEventServiceOptions) {
    this.#options = options;
  }

  /**
   * Takes a message of the gateway account that its URL names. An event that is known changes nothing; one that is of
   * no concern is kept all the same. Throws `WebhookSignatureError` for what the gateway did not send just now.
   */
  async receive(gatewayAccountId: string, message: SignedMessage): Promise<'new' | 'known'> {
    const { database, clock, gateways } = this.#options;
    const ready = await gateways.findForWebhook(gatewayAccountId);
    // Whether there is such an account is told to nobody who cannot sign for it.
    const event = (ready?.gateway ?? gateways.openUnknown()).verifyWebhook(message, clock.now());
    if (ready === undefined) throw new NotFoundError('gateway account', gatewayAccountId);
    const { tenantId, gateway } = ready.account;
    await clock.load(tenantId);
    const principal = { kind: 'service' as const, subject: gateway, tenant: tenantId, roles: [] };
    return runInContext({ requestId: newId(), principal }, () =>
      database.transaction(tenantId, async (transaction) => {
        if (!(await insertEvent(transaction, gatewayAccountId, event, clock.now()))) return 'known';
        const outcome = await this.#handleIn(transaction, gatewayAccountId, event);
        if (outcome !== 'ignored') await setOutcome(transaction, gatewayAccountId, event.id, outcome);
        return 'new';
      }),
    );
  }

  async #handleIn(transaction: Transaction, accountId: string, event: GatewayEvent): Promise<EventOutcome> {
    const { payments, settlement, methods, refunds, chargebacks } = this.#options;
    const { fact } = event;
    switch (fact.kind) {
      case 'payment': {
        const { paymentId, outcome } = fact;
        const names = { paymentId, gatewayPaymentId: outcome.gatewayPaymentId };
        const payment = await payments.findOfGatewayIn(transaction, accountId, names);
        if (payment === undefined) return 'ignored';
        const after = await settlement.settleIn(transaction, payment.id, outcome);
        return after.version === payment.version ? 'unchanged' : 'applied';
      }
      case 'refund':
        return refunds.takeFromGatewayIn(transaction, accountId, fact);
      case 'dispute':
        return chargebacks.takeFromGatewayIn(transaction, accountId, fact, event.happenedAt);
      case 'method': {
        const changed = await methods.updateFromGatewayIn(transaction, accountId, fact.method, fact.detached);
        return changed ? 'applied' : 'unchanged';
      }
      case 'other':
        return 'ignored';
    }
  }
}
