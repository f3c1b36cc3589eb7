import { DomainError } from '@plinth/common';

export class EmittedUsageRefusedError extends DomainError {
  readonly code = 'usage.emission_refused';
  readonly kind = 'invalid';
  constructor(reason: string) {
    super(`The emitted usage cannot be ingested: ${reason}.`);
  }
}
