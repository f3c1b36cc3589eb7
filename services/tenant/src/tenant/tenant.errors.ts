import type { TenantStatus } from '@plinth/contracts';
import { DomainError } from '@plinth/common';

export class TenantStatusError extends DomainError {
  readonly code = 'tenant.status_not_allowed';
  readonly kind = 'conflict';
  constructor(from: TenantStatus, to: TenantStatus) {
    super(`A tenant that is ${from} cannot become ${to}.`);
  }
}

export class NotASandboxError extends DomainError {
  readonly code = 'tenant.not_a_sandbox';
  readonly kind = 'conflict';
  constructor() {
    super('Only a sandbox can move its time.', {
      suggestion: 'Ask the operator of the platform for a tenant that is a sandbox.',
    });
  }
}

export class ClockBackwardError extends DomainError {
  readonly code = 'tenant.clock_backward';
  readonly kind = 'unprocessable';
  constructor(testClock: Date) {
    super(`The time of the sandbox stands at ${testClock.toISOString()} and cannot go back.`, {
      suggestion: 'Give a later instant.',
      details: { testClock: testClock.toISOString() },
    });
  }
}
