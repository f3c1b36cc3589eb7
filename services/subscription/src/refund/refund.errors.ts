import { DomainError } from '@plinth/common';

/** More than what is left of the payment. */
export class RefundTooLargeError extends DomainError {
  readonly code = 'refund.too_large';
  readonly kind = 'conflict';
  constructor(mostMinor: bigint) {
    super(`What can be refunded of this payment is ${mostMinor} in the smallest unit.`, {
      details: { refundableMinor: mostMinor.toString() },
    });
  }
}

/** The Idempotency-Key named a refund of another payment. */
export class RefundKeyTakenError extends DomainError {
  readonly code = 'refund.key_taken';
  readonly kind = 'conflict';
  constructor() {
    super('This Idempotency-Key was used for another refund.', { suggestion: 'Use a new key for a new refund.' });
  }
}
