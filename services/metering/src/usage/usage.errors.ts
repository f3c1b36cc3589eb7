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

export class EventRetractedError extends DomainError {
  readonly code = 'usage.event_retracted';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The event ${id} is retracted already.`, {
      suggestion: 'Send what is right as an event with another id.',
    });
  }
}
