import { DomainError } from '@plinth/common';

/** Another account pays its invoices, so that credit of its own would never be used. */
export class AccountPaidByOtherError extends DomainError {
  readonly code = 'credit.paid_by_other';
  readonly kind = 'conflict';
  constructor(accountId: string, payerId: string) {
    super(`The invoices of account ${accountId} are paid by account ${payerId}.`, {
      details: { payerId },
      suggestion: `Grant the credit to account ${payerId}.`,
    });
  }
}

/** The payment or the credit note is of another account or currency than asked for. */
export class CreditSourceMismatchError extends DomainError {
  readonly code = 'credit.source_mismatch';
  readonly kind = 'conflict';
  constructor(source: string, what: string) {
    super(`The ${source} has another ${what} than the credit.`);
  }
}

/** More is to be turned into credit than is there. */
export class CreditSourceExceededError extends DomainError {
  readonly code = 'credit.source_exceeded';
  readonly kind = 'conflict';
  constructor(source: string, mostMinor: bigint) {
    super(`At most ${mostMinor} in the smallest unit of the ${source} can be turned into credit.`, {
      details: { mostMinor: mostMinor.toString() },
    });
  }
}

/** Nothing remains of the grant that could be voided. */
export class CreditUsedUpError extends DomainError {
  readonly code = 'credit.used_up';
  readonly kind = 'conflict';
  constructor(grantId: string) {
    super(`Nothing remains of the grant ${grantId}.`);
  }
}

/** The invoice is a draft, void, or settled. */
export class CreditNotDueError extends DomainError {
  readonly code = 'credit.not_due';
  readonly kind = 'conflict';
  constructor(invoiceId: string, dueMinor: bigint) {
    super(`Of the invoice ${invoiceId} at most ${dueMinor} in the smallest unit can be paid.`, {
      details: { dueMinor: dueMinor.toString() },
    });
  }
}

/** The account has not so much credit that may pay this invoice. */
export class CreditInsufficientError extends DomainError {
  readonly code = 'credit.insufficient';
  readonly kind = 'conflict';
  constructor(availableMinor: bigint) {
    super(`The account has ${availableMinor} in the smallest unit that can pay this invoice.`, {
      details: { availableMinor: availableMinor.toString() },
      suggestion: 'Credit pays invoices of its own currency and legal entity, until it expires.',
    });
  }
}
