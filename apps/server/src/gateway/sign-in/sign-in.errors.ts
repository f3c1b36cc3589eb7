import { DomainError } from '@plinth/common';

export class SignInFailedError extends DomainError {
  readonly code = 'auth.sign_in_failed';
  readonly kind = 'invalid';
  constructor(reason: string, cause?: unknown) {
    super(`The sign-in did not succeed: ${reason}.`, { cause, suggestion: 'Sign in again.' });
  }
}

export class SignInRepeatsError extends DomainError {
  readonly code = 'auth.sign_in_repeats';
  readonly kind = 'conflict';
  constructor() {
    super('You were signed in a moment ago, and the sign-in does not hold.', {
      suggestion: 'Allow cookies for this host, and try again in a few seconds.',
    });
  }
}

export class ForeignSignOutError extends DomainError {
  readonly code = 'auth.foreign_sign_out';
  readonly kind = 'forbidden';
  constructor() {
    super('Another site asked to sign you out.', { suggestion: 'Sign out on a page of this host.' });
  }
}

export class LogoutTokenError extends DomainError {
  readonly code = 'auth.logout_token_invalid';
  readonly kind = 'invalid';
  constructor(reason: string, cause?: unknown) {
    super(`The logout token is not accepted: ${reason}.`, { cause });
  }
}
