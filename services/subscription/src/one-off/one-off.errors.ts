import { DomainError } from '@plinth/common';

export class ChargeInvoicedError extends DomainError {
  readonly code = 'charge.invoiced';
  readonly kind = 'conflict';
  constructor(id: string, invoiceId: string) {
    super(`Charge ${id} is on invoice ${invoiceId} and cannot be taken back.`, {
      suggestion: 'Change the draft, or credit the invoice.',
    });
  }
}
