import { DomainError } from '@plinth/common';

export class IssuerEmailUnverifiedError extends DomainError {
  readonly code = 'issuer.email_unverified';
  readonly kind = 'forbidden';
  constructor(issuer: string) {
    super(`Nobody becomes a user without a verified email address, and the token of ${issuer} names none.`, {
      details: { issuer },
      suggestion: 'Verify the address there and get a new token; the token needs the claims email and email_verified.',
    });
  }
}

export class IssuerEmailTakenError extends DomainError {
  readonly code = 'issuer.email_taken';
  readonly kind = 'forbidden';
  constructor(issuer: string) {
    super(`Another user has the email address that ${issuer} names; people are never joined by their address.`, {
      details: { issuer },
      suggestion: 'Ask the operator of this platform to add the identity to the user: POST /users/{userId}/identities.',
    });
  }
}

export class UnknownIssuerError extends DomainError {
  readonly code = 'issuer.unknown';
  readonly kind = 'unprocessable';
  constructor(issuer: string) {
    super(`Tokens of ${issuer} are not accepted here.`, {
      details: { issuer },
      suggestion: 'Add the issuer to the file that PLINTH_ISSUERS_FILE names.',
    });
  }
}

export class EmbeddedSignInOffError extends DomainError {
  readonly code = 'issuer.embedded_sign_in_off';
  readonly kind = 'forbidden';
  constructor() {
    super('Nobody signs in at the platform itself.', {
      suggestion: "Sign in at the organization's own identity provider and send its access token.",
    });
  }
}
