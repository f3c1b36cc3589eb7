import { DomainError } from '@plinth/common';

export class CallerNotAUserError extends DomainError {
  readonly code = 'caller.not_a_user';
  readonly kind = 'forbidden';
  constructor() {
    super('Only a user who signed in can do this.', {
      suggestion: 'Use a session or an access token instead of an API key.',
    });
  }
}
