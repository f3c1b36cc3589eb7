import { DomainError } from '@plinth/common';

export class IngestionBusyError extends DomainError {
  readonly code = 'usage.busy';
  readonly kind = 'unavailable';
  constructor() {
    super('More events wait to be written than fit in memory.', {
      retryAfterSeconds: 1,
      suggestion: 'Send the same batch again in a second.',
    });
  }
}
