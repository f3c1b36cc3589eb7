import { DomainError } from '@plinth/common';

/** What came back from a provider does not hold. What exactly is wrong is in the log, not in front of whoever tries. */
export class FederationRefusedError extends DomainError {
  readonly code = 'federation.refused';
  readonly kind = 'unauthenticated';
  constructor(reason: string, cause?: unknown) {
    super('The answer of the identity provider is not accepted.', {
      cause: new Error(reason, { cause }),
      suggestion: 'Sign in again.',
    });
  }
}

/** The cookie of the browser that began the sign-in is missing, too old, or of another sign-in. */
export class FederationFlowError extends DomainError {
  readonly code = 'federation.flow_unknown';
  readonly kind = 'unauthenticated';
  constructor() {
    super('This sign-in was not begun in this browser, took too long, or was finished before.', {
      suggestion: 'Sign in again.',
    });
  }
}

export class FederationDeniedError extends DomainError {
  readonly code = 'federation.denied';
  readonly kind = 'forbidden';
  constructor() {
    super('The sign-in was cancelled at the identity provider, or it refuses it.', { suggestion: 'Sign in again.' });
  }
}

export class FederationUnavailableError extends DomainError {
  readonly code = 'federation.unavailable';
  readonly kind = 'unavailable';
  constructor(title: string, cause: unknown) {
    super(`${title} cannot be reached, or its answers make no sense.`, {
      cause,
      retryAfterSeconds: 10,
      suggestion: 'Try again shortly, or sign in another way.',
    });
  }
}

/** The same whether somebody has this address here or not. */
export class FederationEmailNotVerifiedError extends DomainError {
  readonly code = 'federation.email_not_verified';
  readonly kind = 'forbidden';
  constructor(title: string) {
    super(`${title} does not vouch for your email address, and nobody here is linked with this account of yours.`, {
      suggestion: 'Sign in another way, then link the account at /security.',
    });
  }
}

/** Somebody uses the address here without ever having proven it: it need not be the same person. */
export class FederationLinkRequiredError extends DomainError {
  readonly code = 'federation.link_required';
  readonly kind = 'conflict';
  constructor() {
    super('Somebody uses this email address here without having confirmed it.', {
      suggestion: 'Sign in by email or reset the password to confirm the address, then link the account at /security.',
    });
  }
}

export class FederationSignUpOffError extends DomainError {
  readonly code = 'federation.sign_up_off';
  readonly kind = 'forbidden';
  constructor() {
    super('Nobody here is linked with this account, and nobody becomes a user by signing in.', {
      suggestion: 'Ask an administrator for an invitation.',
    });
  }
}

export class FederationDomainError extends DomainError {
  readonly code = 'federation.domain_not_allowed';
  readonly kind = 'forbidden';
  constructor(title: string) {
    super(`${title} may not be used with addresses of this domain.`, { suggestion: 'Use your address at work.' });
  }
}

/** A disabled user learns no more than that. */
export class FederationUserDisabledError extends DomainError {
  readonly code = 'federation.user_disabled';
  readonly kind = 'forbidden';
  constructor() {
    super('This account is disabled.', { suggestion: 'Ask an administrator.' });
  }
}

export class IdentityTakenError extends DomainError {
  readonly code = 'federation.identity_taken';
  readonly kind = 'conflict';
  constructor() {
    super('This account of the identity provider is linked with another user.', {
      suggestion: 'Remove it there first.',
    });
  }
}

export class LastSignInWayError extends DomainError {
  readonly code = 'federation.last_sign_in_way';
  readonly kind = 'conflict';
  constructor() {
    super('This is the only way in which you can sign in.', { suggestion: 'Set a password or add a passkey first.' });
  }
}
