import { DomainError } from '@plinth/common';

export class ScopeNotHeldError extends DomainError {
  readonly code = 'api_key.scope_not_held';
  readonly kind = 'forbidden';
  constructor(scopes: readonly string[]) {
    super(`An API key cannot have permissions that whoever makes or rotates it does not hold: ${scopes.join(', ')}.`, {
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

/** A token that was narrowed to some permissions asked for a key, which would outlive it. */
export class TokenNarrowedError extends DomainError {
  readonly code = 'api_key.token_narrowed';
  readonly kind = 'forbidden';
  constructor() {
    super('A token that was given to an application for some permissions cannot make API keys.', {
      suggestion: 'Sign in to the platform itself.',
    });
  }
}

export class KeyEndedError extends DomainError {
  readonly code = 'api_key.ended';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The API key ${id} is revoked or expired.`, { suggestion: 'Make another one.' });
  }
}
