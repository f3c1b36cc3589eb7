import { DomainError } from '@plinth/common';

/** The gateway gave no answer that can be relied on: whether it did what it was asked is unknown. */
export class GatewayUnavailableError extends DomainError {
  readonly code = 'payment_gateway.unavailable';
  readonly kind = 'unavailable';
  constructor(reason: string, cause?: unknown) {
    super(`The payment gateway did not answer: ${reason}.`, {
      cause,
      retryAfterSeconds: 60,
      suggestion: 'Try again with the same Idempotency-Key.',
    });
  }
}

/** The gateway did nothing, because it is asked too often. */
export class GatewayRateLimitedError extends DomainError {
  readonly code = 'payment_gateway.rate_limited';
  readonly kind = 'unavailable';
  constructor(retryAfterSeconds: number) {
    super('The payment gateway is asked too often.', {
      retryAfterSeconds,
      suggestion: `Try again in ${retryAfterSeconds} s.`,
    });
  }
}

/** The gateway does not take the request as it is; nothing was done. */
export class GatewayRefusedError extends DomainError {
  readonly code = 'payment_gateway.refused';
  readonly kind = 'unprocessable';
  readonly gatewayCode: string;
  constructor(gatewayCode: string, message: string) {
    super(`The payment gateway refuses the request: ${message}`, { details: { gatewayCode } });
    this.gatewayCode = gatewayCode;
  }
}

/** The gateway does not know the key of the gateway account. */
export class GatewayKeyRefusedError extends DomainError {
  readonly code = 'payment_gateway.key_refused';
  readonly kind = 'conflict';
  constructor() {
    super('The payment gateway does not accept the secret key.', {
      suggestion: 'Set a valid secretKey with PATCH /payments/gateway-accounts/:gatewayAccountId.',
    });
  }
}

/** The amount cannot be said in the units that the gateway takes. */
export class AmountNotChargeableError extends DomainError {
  readonly code = 'payment_gateway.amount_not_chargeable';
  readonly kind = 'unprocessable';
  constructor(amount: string, currency: string, reason: string) {
    super(`The payment gateway cannot charge ${amount} ${currency}: ${reason}.`);
  }
}

/** A message that the gateway did not send, or not just now. */
export class WebhookSignatureError extends DomainError {
  readonly code = 'payment_webhook.signature_invalid';
  readonly kind = 'unauthenticated';
  constructor(reason: string) {
    super(`The webhook is not accepted: ${reason}.`, {
      suggestion: "Compare the gateway account's webhook secret and the clocks of both sides.",
    });
  }
}
