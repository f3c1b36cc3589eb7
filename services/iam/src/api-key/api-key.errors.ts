import { DomainError } from '@plinth/common';

export class ScopeNotHeldError extends DomainError {
  readonly code = 'api_key.scope_not_held';
  readonly kind = 'forbidden';
  constructor(scopes: readonly string[]) {
    super(`An API key cannot have permissions that its creator does not hold: ${scopes.join(', ')}.`, {
      details: { scopes },
    });
  }
}

export class ExpiryPastError extends DomainError {
  readonly code = 'api_key.expiry_past';
  readonly kind = 'invalid';
  constructor() {
    super('The API key would be expired at once.', {
      faults: [{ path: '/expiresAt', message: 'must be in the future' }],
    });
  }
}
