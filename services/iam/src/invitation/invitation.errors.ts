import { DomainError } from '@plinth/common';

/** One error for unknown, used, revoked, replaced and expired tokens: a guess learns nothing. */
export class InvitationInvalidError extends DomainError {
  readonly code = 'invitation.not_valid';
  readonly kind = 'gone';
  constructor() {
    super('The invitation is not valid, or not any more.', { suggestion: 'Ask whoever invited you for a new one.' });
  }
}

export class InvitationOfAnotherError extends DomainError {
  readonly code = 'invitation.of_another';
  readonly kind = 'forbidden';
  constructor() {
    super('The invitation is for another email address than the confirmed one of this account.', {
      suggestion: 'Sign in with the invited address, or confirm it first.',
    });
  }
}

export class AlreadyMemberError extends DomainError {
  readonly code = 'invitation.already_member';
  readonly kind = 'conflict';
  constructor(email: string) {
    super(`${email} belongs to the tenant already.`, { suggestion: 'Change their roles under /roles/assignments.' });
  }
}

export class InvitationOpenError extends DomainError {
  readonly code = 'invitation.open';
  readonly kind = 'conflict';
  constructor(email: string) {
    super(`${email} is invited already.`, { suggestion: 'Send the invitation again, or revoke it.' });
  }
}

export class InvitationClosedError extends DomainError {
  readonly code = 'invitation.closed';
  readonly kind = 'conflict';
  constructor() {
    super('The invitation was accepted or revoked.', { suggestion: 'Make a new one.' });
  }
}
