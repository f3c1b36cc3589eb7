import { DomainError } from '@plinth/common';
import type { UblFault } from './ubl/check-expressible.ts';

/** An e-invoice that lacks something, with the place where it is filled in. */
export class EInvoiceIncompleteError extends DomainError {
  readonly code = 'document.e_invoice_incomplete';
  readonly kind = 'conflict';
  constructor(faults: readonly UblFault[]) {
    const list = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
    super(`The invoice cannot be written as an e-invoice: ${list}.`, { faults });
  }
}
