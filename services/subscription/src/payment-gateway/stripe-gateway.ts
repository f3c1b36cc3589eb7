import type { Secret } from '@plinth/common';
import type { GatewayEvent } from './gateway-event.ts';
import {
  AmountNotChargeableError,
  GatewayKeyRefusedError,
  GatewayRateLimitedError,
  GatewayRefusedError,
  WebhookSignatureError,
} from './payment-gateway.errors.ts';
import type {
  ChargeFailure,
  ChargeOutcome,
  ChargeRequest,
  GatewayMethod,
  GatewayMovement,
  NewCustomer,
  OnlineGateway,
  RefundOutcome,
  RefundRequest,
  SignedMessage,
} from './payment-gateway.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';
import { StripeCardError, StripeClient, type StripeClientOptions } from './stripe-client.ts';
import {
  paymentMetadata,
  refundMetadata,
  toFailure,
  toMethod,
  toOutcome,
  toRefundOutcome,
  type StripeBalanceTransaction,
  type StripePaymentIntent,
  type StripePaymentMethod,
  type StripeRefund,
} from './stripe-objects.ts';
import { assertStripeSignature, parseStripeEvent } from './stripe-webhook.ts';

export interface StripeGatewayOptions extends StripeClientOptions {
  readonly webhookSecret: Secret | undefined;
}

/** Stripe: payment intents, confirmed when they are made. */
export class StripeGateway implements OnlineGateway {
  readonly name = 'stripe';
  readonly #client: StripeClient;
  readonly #webhookSecret: Secret | undefined;

  constructor({ webhookSecret, ...options }: StripeGatewayOptions) {
    this.#client = new StripeClient(options);
    this.#webhookSecret = webhookSecret;
  }

  async createCustomer({ accountId, name, email, key }: NewCustomer): Promise<string> {
    const parameters = { name, email: email ?? undefined, 'metadata[plinth_account_id]': accountId };
    const request = { method: 'POST', path: '/v1/customers', parameters, idempotencyKey: key } as const;
    return (await this.#client.request<{ id: string }>(request)).id;
  }

  async startSetup(customerId: string, key: string): Promise<{ setupId: string; clientSecret: string }> {
    const { id, client_secret: clientSecret } = await this.#client.request<{ id: string; client_secret: string }>({
      method: 'POST',
      path: '/v1/setup_intents',
      parameters: { customer: customerId, usage: 'off_session', 'automatic_payment_methods[enabled]': true },
      idempotencyKey: key,
    });
    return { setupId: id, clientSecret };
  }

  async attachMethod(customerId: string, token: string): Promise<GatewayMethod> {
    const methodId = token.startsWith('seti_') ? await this.#methodOfSetup(customerId, token) : token;
    const path = `/v1/payment_methods/${encodeURIComponent(methodId)}`;
    const found = await this.#client.request<StripePaymentMethod>({ method: 'GET', path });
    if (found.customer === customerId) return toMethod(found);
    const parameters = { customer: customerId };
    try {
      return toMethod(await this.#client.request({ method: 'POST', path: `${path}/attach`, parameters }));
    } catch (error) {
      // A card is looked at when it is attached.
      if (error instanceof StripeCardError)
        throw new GatewayRefusedError(error.declineCode ?? error.code, error.message);
      throw error;
    }
  }

  async listMethods(customerId: string): Promise<GatewayMethod[]> {
    const methods: GatewayMethod[] = [];
    const path = `/v1/customers/${encodeURIComponent(customerId)}/payment_methods`;
    for await (const method of this.#client.list<StripePaymentMethod>(path, {})) methods.push(toMethod(method));
    return methods;
  }

  async detachMethod(methodId: string): Promise<void> {
    await this.#client.request({
      method: 'POST',
      path: `/v1/payment_methods/${encodeURIComponent(methodId)}/detach`,
    });
  }

  async charge(request: ChargeRequest): Promise<ChargeOutcome> {
    try {
      const intent = await this.#client.request<StripePaymentIntent>({
        method: 'POST',
        path: '/v1/payment_intents',
        parameters: {
          amount: toStripeAmount(request.amountMinor, request.currency),
          currency: request.currency.toLowerCase(),
          customer: request.customerId ?? undefined,
          payment_method: request.methodId ?? undefined,
          confirm: true,
          off_session: request.offSession,
          description: request.description,
          'automatic_payment_methods[enabled]': true,
          // Where it leads back to is known in the customer's browser alone.
          ...(request.offSession ? {} : { 'automatic_payment_methods[allow_redirects]': 'never' }),
          [`metadata[${paymentMetadata}]`]: request.paymentId,
        },
        idempotencyKey: `payment-${request.paymentId}`,
      });
      return toOutcome(intent);
    } catch (error) {
      return toFailedOutcome(error);
    }
  }

  async findCharge(request: ChargeRequest, gatewayPaymentId: string | null): Promise<ChargeOutcome | undefined> {
    if (gatewayPaymentId !== null) {
      const path = `/v1/payment_intents/${encodeURIComponent(gatewayPaymentId)}`;
      return toOutcome(await this.#client.request({ method: 'GET', path }));
    }
    // The list shows a payment at once; the search by metadata up to a minute later.
    // All of the customer's, newest first, and not by time: the clocks of both sides differ.
    const intents = this.#client.list<StripePaymentIntent>('/v1/payment_intents', {
      customer: request.customerId ?? undefined,
    });
    for await (const intent of intents)
      if (intent.metadata[paymentMetadata] === request.paymentId) return toOutcome(intent);
    return undefined;
  }

  async cancelCharge(gatewayPaymentId: string): Promise<ChargeOutcome> {
    const path = `/v1/payment_intents/${encodeURIComponent(gatewayPaymentId)}`;
    try {
      return toOutcome(await this.#client.request({ method: 'POST', path: `${path}/cancel` }));
    } catch (error) {
      // It went through, or was given up, in the meantime.
      if (error instanceof GatewayRefusedError) return toOutcome(await this.#client.request({ method: 'GET', path }));
      throw error;
    }
  }

  async refund(request: RefundRequest): Promise<RefundOutcome> {
    return toRefundOutcome(
      await this.#client.request<StripeRefund>({
        method: 'POST',
        path: '/v1/refunds',
        parameters: {
          payment_intent: request.gatewayPaymentId,
          amount: toStripeAmount(request.amountMinor, request.currency),
          [`metadata[${refundMetadata}]`]: request.refundId,
        },
        idempotencyKey: `refund-${request.refundId}`,
      }),
    );
  }

  async findRefund(request: RefundRequest, gatewayRefundId: string | null): Promise<RefundOutcome | undefined> {
    if (gatewayRefundId !== null) {
      const path = `/v1/refunds/${encodeURIComponent(gatewayRefundId)}`;
      return toRefundOutcome(await this.#client.request({ method: 'GET', path }));
    }
    const refunds = this.#client.list<StripeRefund>('/v1/refunds', { payment_intent: request.gatewayPaymentId });
    for await (const refund of refunds)
      if (refund.metadata?.[refundMetadata] === request.refundId) return toRefundOutcome(refund);
    return undefined;
  }

  verifyWebhook(message: SignedMessage, now: Date): GatewayEvent {
    if (this.#webhookSecret === undefined) throw new WebhookSignatureError('the gateway account has no webhook secret');
    assertStripeSignature(message, this.#webhookSecret.reveal(), now);
    return parseStripeEvent(message.body);
  }

  async *listMovements(from: Date, to: Date): AsyncIterable<GatewayMovement> {
    const entries = this.#client.list<StripeBalanceTransaction>('/v1/balance_transactions', {
      'created[gte]': Math.ceil(from.getTime() / 1000),
      'created[lt]': Math.ceil(to.getTime() / 1000),
      'expand[]': 'data.source',
    });
    for await (const entry of entries) yield toMovement(entry);
  }

  async #methodOfSetup(customerId: string, setupId: string): Promise<string> {
    const path = `/v1/setup_intents/${encodeURIComponent(setupId)}`;
    const setup = await this.#client.request<{
      status: string;
      payment_method: string | null;
      customer: string | null;
    }>({ method: 'GET', path });
    if (setup.status !== 'succeeded' || setup.payment_method === null || setup.customer !== customerId)
      throw new GatewayRefusedError('setup_not_finished', 'the setup of the payment method is not finished.');
    return setup.payment_method;
  }
}

/** Certain failures as an outcome. Throws what leaves the outcome open. */
function toFailedOutcome(error: unknown): ChargeOutcome {
  if (error instanceof StripeCardError) {
    const id = error.paymentIntent?.['id'];
    return {
      ...failure(toFailure(error.code, error.declineCode), error.declineCode ?? error.code, error.message),
      gatewayPaymentId: typeof id === 'string' ? id : null,
    };
  }
  if (error instanceof GatewayRateLimitedError) return failure('temporary', 'rate_limited', error.message);
  if (error instanceof GatewayKeyRefusedError) return failure('refused', 'key_refused', error.message);
  if (error instanceof GatewayRefusedError) return failure('refused', error.gatewayCode, error.message);
  if (error instanceof AmountNotChargeableError) return failure('refused', 'amount_not_chargeable', error.message);
  throw error;
}

function failure(kind: ChargeFailure, code: string, message: string): ChargeOutcome & { status: 'failed' } {
  return { status: 'failed', gatewayPaymentId: null, failure: kind, code, message };
}

const movementKinds: Readonly<Record<string, GatewayMovement['kind']>> = {
  charge: 'payment',
  payment: 'payment',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund',
  payment_failure_refund: 'refund',
  adjustment: 'chargeback',
};

function toMovement(entry: StripeBalanceTransaction): GatewayMovement {
  const { source } = entry;
  const expanded = typeof source === 'string' ? { id: source } : source;
  const isDispute = expanded?.object === 'dispute';
  const kind = movementKinds[entry.type] ?? 'other';
  return {
    kind: kind === 'chargeback' && !isDispute ? 'other' : kind,
    // A charge is known to us by its payment intent.
    gatewayId: (kind === 'payment' ? expanded?.payment_intent : undefined) ?? expanded?.id ?? entry.id,
    currency: entry.currency.toUpperCase(),
    amountMinor: fromStripeAmount(entry.amount, entry.currency),
    feeMinor: fromStripeAmount(entry.fee, entry.currency),
    createdAt: new Date(entry.created * 1000),
  };
}
