import { DomainError } from '@plinth/common';

export class NotASandboxError extends DomainError {
  readonly code = 'test_clock.not_a_sandbox';
  readonly kind = 'conflict';
  constructor() {
    super('Only a sandbox can move its time.', {
      suggestion: 'Ask the operator of the platform for a tenant that is a sandbox.',
    });
  }
}

export class TimeNotAheadError extends DomainError {
  readonly code = 'test_clock.not_ahead';
  readonly kind = 'unprocessable';
  constructor(now: Date) {
    super(`It is ${now.toISOString()} in the sandbox, and its time cannot go back.`, {
      suggestion: 'Give a later instant.',
      details: { now: now.toISOString() },
    });
  }
}
