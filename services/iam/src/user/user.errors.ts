import { DomainError } from '@plinth/common';

export class LastOperatorError extends DomainError {
  readonly code = 'user.last_operator';
  readonly kind = 'conflict';
  constructor() {
    super('The platform keeps at least one administrator who can sign in.', {
      suggestion: 'Make somebody else a platform administrator first.',
    });
  }
}
