import { DomainError } from '@plinth/common';

export class AuthenticatorExistsError extends DomainError {
  readonly code = 'second_factor.authenticator_exists';
  readonly kind = 'conflict';
  constructor() {
    super('There is an authenticator app already.', { suggestion: 'Remove it first.' });
  }
}

export class NoAuthenticatorError extends DomainError {
  readonly code = 'second_factor.no_authenticator';
  readonly kind = 'conflict';
  constructor() {
    super('There is no authenticator app that this could be done with.', {
      suggestion: 'Set one up with POST /api/v1/users/me/authenticator.',
    });
  }
}
