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

export class PasswordBreachedError extends DomainError {
  readonly code = 'authentication.password_breached';
  readonly kind = 'invalid';
  constructor(path: string) {
    super('This password is on lists of common or stolen passwords, which are tried first.', {
      faults: [{ path, message: 'is a common or stolen password' }],
      suggestion:
        'Choose another one: several words that do not belong together, or one that a password manager draws.',
    });
  }
}

export class EmailNotVerifiedError extends DomainError {
  readonly code = 'authentication.email_not_verified';
  readonly kind = 'forbidden';
  constructor() {
    super('The email address of this user is not confirmed yet.', {
      suggestion: 'Follow the link in the mail that we have just sent, then sign in again.',
    });
  }
}

/** The same for every reason, so that nobody learns which links there are. */
export class OneTimeTokenInvalidError extends DomainError {
  readonly code = 'authentication.token_invalid';
  readonly kind = 'gone';
  constructor() {
    super('The link was used, has expired, or is none of ours.', { suggestion: 'Ask for a new one.' });
  }
}

export class CodeInvalidError extends DomainError {
  readonly code = 'authentication.code_invalid';
  readonly kind = 'unauthenticated';
  constructor() {
    super('The code is wrong, was used, or has expired.', { suggestion: 'Enter the newest code, or ask for another.' });
  }
}

export class RecentSignInRequiredError extends DomainError {
  readonly code = 'authentication.recent_sign_in_required';
  readonly kind = 'forbidden';
  constructor() {
    super('This needs a sign-in of the last minutes, or the password.', {
      suggestion: 'Send the password along, or sign in again.',
    });
  }
}
