import { DomainError } from '@plinth/common';

export class UsageUnreadableError extends DomainError {
  readonly code = 'invoice.usage_unreadable';
  readonly kind = 'unprocessable';
  constructor(meter: string, problem: string) {
    super(`The usage of the meter ${meter} cannot be read as its price needs it: ${problem}.`, {
      suggestion: 'Give the meter the dimensions of the price, and run the invoices again.',
      details: { meter },
    });
  }
}
