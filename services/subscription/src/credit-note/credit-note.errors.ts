import { DomainError } from '@plinth/common';
import type { InvoiceStatus } from '../invoice/invoice.ts';

export class InvoiceNotCreditableError extends DomainError {
  readonly code = 'credit_note.invoice_not_final';
  readonly kind = 'conflict';
  constructor(status: InvoiceStatus) {
    super(`An invoice that is ${status} cannot be credited or written off.`, {
      suggestion: status === 'draft' ? 'Change the draft instead.' : 'Choose a final invoice.',
    });
  }
}

export class CreditExceedsError extends DomainError {
  readonly code = 'credit_note.exceeds_invoice';
  readonly kind = 'conflict';
  constructor(path: string, leftMinor: bigint) {
    super(`${path}: no more than ${leftMinor} smallest units is left to take back.`, {
      details: { path, leftMinor: leftMinor.toString() },
    });
  }
}
