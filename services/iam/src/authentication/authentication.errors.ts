import { DomainError } from '@plinth/common';

export class InvalidCredentialsError extends DomainError {
  readonly code = 'authentication.invalid_credentials';
  readonly kind = 'unauthenticated';
  constructor() {
    super('The email address or the password is wrong.');
  }
}

export class SignInThrottledError extends DomainError {
  readonly code = 'authentication.throttled';
  readonly kind = 'rate_limited';
  constructor(waitSeconds: number) {
    super('Too many failed sign-ins.', {
      retryAfterSeconds: waitSeconds,
      suggestion: `Try again in ${waitSeconds} s.`,
    });
  }
}

export class EmailTakenError extends DomainError {
  readonly code = 'authentication.email_taken';
  readonly kind = 'conflict';
  constructor() {
    super('Somebody has signed up with this email address.', { suggestion: 'Sign in instead.' });
  }
}

export class OriginNotTrustedError extends DomainError {
  readonly code = 'authentication.origin_not_trusted';
  readonly kind = 'forbidden';
  constructor() {
    super('The request comes from an origin that may not sign in here.', {
      suggestion: 'Send the Origin header of the platform, or add the origin to IAM_TRUSTED_ORIGINS.',
    });
  }
}

export class SelfRegistrationOffError extends DomainError {
  readonly code = 'authentication.self_registration_off';
  readonly kind = 'forbidden';
  constructor() {
    super('Nobody can sign up by themselves here.', {
      suggestion: 'The operator sets IAM_SELF_REGISTRATION=true to allow it.',
    });
  }
}
