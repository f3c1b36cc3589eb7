import type { GatewayEvent } from './gateway-event.ts';

export type GatewayName = 'stripe' | 'manual' | 'bank_transfer';

/**
 * Why money did not come. hard: never again from this payment method; soft: perhaps later; authentication: the customer
 * has to be present; temporary: nothing was tried; refused: the gateway does not take the request; canceled: given up.
 */
export type ChargeFailure = 'hard' | 'soft' | 'authentication' | 'temporary' | 'refused' | 'canceled';

/** What became of a charge, as far as the gateway knows. */
export type ChargeOutcome =
  | { readonly status: 'succeeded'; readonly gatewayPaymentId: string }
  /** On its way, such as a direct debit. */
  | { readonly status: 'pending'; readonly gatewayPaymentId: string }
  | { readonly status: 'requires_action'; readonly gatewayPaymentId: string; readonly action: CustomerAction }
  | {
      readonly status: 'failed';
      readonly gatewayPaymentId: string | null;
      readonly failure: ChargeFailure;
      readonly code: string;
      readonly message: string;
    };

/** What the customer has to do, for the gateway's own code in their browser. */
export interface CustomerAction {
  readonly clientSecret: string | null;
  readonly url: string | null;
}

/** A charge, named by our payment: the same name never charges twice. */
export interface ChargeRequest {
  readonly paymentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What the gateway calls the customer and the payment method; null where money was received without it. */
  readonly customerId: string | null;
  readonly methodId: string | null;
  /** Whether the customer is not there to confirm. */
  readonly offSession: boolean;
  readonly description: string;
}

export interface RefundRequest {
  readonly refundId: string;
  readonly gatewayPaymentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

export interface RefundOutcome {
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly gatewayRefundId: string;
  readonly failureCode: string | null;
}

/**
 * Moves money. Failures to reach it are `GatewayUnavailableError`, and then nobody knows yet what happened: the find
 * functions tell later. What it surely did not do is `GatewayRateLimitedError` or `GatewayRefusedError`.
 */
export interface PaymentGateway {
  readonly name: GatewayName;
  charge(request: ChargeRequest): Promise<ChargeOutcome>;
  /** What became of a charge; undefined when the gateway has never heard of it. */
  findCharge(request: ChargeRequest, gatewayPaymentId: string | null): Promise<ChargeOutcome | undefined>;
  refund(request: RefundRequest): Promise<RefundOutcome>;
  findRefund(request: RefundRequest, gatewayRefundId: string | null): Promise<RefundOutcome | undefined>;
}

/** What the gateway shows of a payment method; never the number of a card. */
export interface GatewayMethod {
  readonly gatewayMethodId: string;
  readonly gatewayCustomerId: string | null;
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expiryMonth: number | null;
  readonly expiryYear: number | null;
}

export interface NewCustomer {
  readonly accountId: string;
  readonly name: string;
  readonly email: string | null;
  /** Names the request: repeated, it gives the same customer. */
  readonly key: string;
}

/** Money that moved at the gateway. */
export interface GatewayMovement {
  readonly kind: 'payment' | 'refund' | 'chargeback' | 'other';
  /** What the gateway calls the payment, the refund or the dispute. */
  readonly gatewayId: string;
  readonly currency: string;
  /** Into the account is positive. */
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly createdAt: Date;
}

export interface SignedMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A gateway that keeps customers and their payment methods, and tells what happens by webhook. */
export interface OnlineGateway extends PaymentGateway {
  createCustomer(customer: NewCustomer): Promise<string>;
  /** Begins to collect a payment method in the customer's browser. */
  startSetup(customerId: string, key: string): Promise<{ readonly setupId: string; readonly clientSecret: string }>;
  /** Attaches what the browser has collected: a finished setup or a payment method's token. */
  attachMethod(customerId: string, token: string): Promise<GatewayMethod>;
  listMethods(customerId: string): Promise<GatewayMethod[]>;
  detachMethod(methodId: string): Promise<void>;
  /** Gives up a charge that waits for the customer; answers with what it has become. */
  cancelCharge(gatewayPaymentId: string): Promise<ChargeOutcome>;
  /** Checks who sent a message and when. Throws `WebhookSignatureError`. */
  verifyWebhook(message: SignedMessage, now: Date): GatewayEvent;
  /** Movements in [from, to), oldest or newest first as the gateway gives them. */
  listMovements(from: Date, to: Date): AsyncIterable<GatewayMovement>;
}
