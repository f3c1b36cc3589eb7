import { DomainError } from '@plinth/common';

/** The dates are in the wrong order or too far apart. */
export class ReconciliationRangeError extends DomainError {
  readonly code = 'reconciliation.range_invalid';
  readonly kind = 'invalid';
  constructor(longestDays: number) {
    super(`The range must have 1 to ${longestDays} days.`, {
      faults: [{ path: '/query/to', message: `must be 0 to ${longestDays - 1} days after "from"` }],
    });
  }
}
