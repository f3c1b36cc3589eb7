import { DomainError } from '@plinth/common';
import type { DisputeStatus } from './dispute.ts';

export class DisputeStatusError extends DomainError {
  readonly code = 'dispute.status_not_allowed';
  readonly kind = 'conflict';
  constructor(status: DisputeStatus) {
    super(`The dispute is ${status}, which does not allow this.`, {
      suggestion: status === 'open' ? 'Begin to investigate it first.' : 'Open another dispute.',
    });
  }
}

export class InvoiceNotDisputableError extends DomainError {
  readonly code = 'dispute.invoice_not_final';
  readonly kind = 'conflict';
  constructor(invoiceId: string, status: string) {
    super(`Invoice ${invoiceId} is ${status}: there is nothing to dispute.`, { suggestion: 'Name a final invoice.' });
  }
}

export class DisputeApprovalOpenError extends DomainError {
  readonly code = 'dispute.approval_open';
  readonly kind = 'conflict';
  constructor() {
    super('Something of the dispute still waits for approval, or to be done.', {
      suggestion: 'Let it be decided, or take it back.',
    });
  }
}

/** An action on something that the dispute is not about. */
export class DisputeUnrelatedError extends DomainError {
  readonly code = 'dispute.unrelated';
  readonly kind = 'conflict';
  constructor(what: string) {
    super(`This ${what} belongs to neither the dispute's account nor its invoices.`, {
      suggestion: 'Act on it directly, without the dispute.',
    });
  }
}
