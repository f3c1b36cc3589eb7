import { DomainError } from '@plinth/common';

/** The invoice is settled, or no invoice that can be paid. */
export class NothingDueError extends DomainError {
  readonly code = 'payment.nothing_due';
  readonly kind = 'conflict';
  constructor(invoiceId: string, status: string) {
    super(`The invoice ${invoiceId} is ${status}, and nothing of it is to be paid.`);
  }
}

/** Another attempt is not over. */
export class PaymentRunningError extends DomainError {
  readonly code = 'payment.running';
  readonly kind = 'conflict';
  constructor(paymentId: string) {
    super(`The payment ${paymentId} of this invoice is not over yet.`, {
      details: { paymentId },
      suggestion: 'Wait for its result, so that nothing is charged twice.',
    });
  }
}

/** The account has nothing that could be charged. */
export class PaymentMethodMissingError extends DomainError {
  readonly code = 'payment.method_missing';
  readonly kind = 'conflict';
  constructor(accountId: string) {
    super(`The account ${accountId} has no default payment method that can be charged.`, {
      suggestion: 'Add one with POST /payments/methods, name one, or record the money with "received".',
    });
  }
}

/** The payment method is of somebody else, removed, or of a gateway account for another legal entity. */
export class PaymentMethodUnusableError extends DomainError {
  readonly code = 'payment.method_unusable';
  readonly kind = 'conflict';
  constructor(reason: string) {
    super(`The payment method cannot be used: ${reason}.`);
  }
}

/** More was asked for than there is. */
export class AmountTooLargeError extends DomainError {
  readonly code = 'payment.amount_too_large';
  readonly kind = 'conflict';
  constructor(what: string, mostMinor: bigint) {
    super(`${what} is at most ${mostMinor} in the smallest unit.`, { details: { mostMinor: mostMinor.toString() } });
  }
}

/** The invoice is of another account, legal entity or currency than the money. */
export class PaymentMismatchError extends DomainError {
  readonly code = 'payment.mismatch';
  readonly kind = 'conflict';
  constructor(what: string) {
    super(`The invoice has another ${what} than the payment.`);
  }
}

/** The Idempotency-Key named a payment of another invoice. */
export class PaymentKeyTakenError extends DomainError {
  readonly code = 'payment.key_taken';
  readonly kind = 'conflict';
  constructor() {
    super('This Idempotency-Key was used for another payment.', { suggestion: 'Use a new key for a new payment.' });
  }
}
