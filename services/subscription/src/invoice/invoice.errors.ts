import { DomainError } from '@plinth/common';
import type { InvoiceStatus } from './invoice.ts';

export class InvoiceStatusError extends DomainError {
  readonly code = 'invoice.status_not_allowed';
  readonly kind = 'conflict';
  constructor(from: InvoiceStatus, to: InvoiceStatus) {
    super(`An invoice that is ${from} cannot become ${to}.`);
  }
}
