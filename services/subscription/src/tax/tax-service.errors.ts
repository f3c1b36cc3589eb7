import { DomainError } from '@plinth/common';

export class TaxServiceFailedError extends DomainError {
  readonly code = 'tax.service_failed';
  readonly kind = 'unavailable';
  constructor(reason: string, cause?: unknown) {
    super(`The tax service gave no usable answer: ${reason}.`, {
      cause,
      suggestion: 'The invoice stays a draft; it is tried again within the hour.',
    });
  }
}
