import { DomainError } from '@plinth/common';

export class ServiceAccountDisabledError extends DomainError {
  readonly code = 'service_account.disabled';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The service account ${id} is disabled.`, { suggestion: 'Enable it first.' });
  }
}
