import { DomainError } from '@plinth/common';

/** The same for every reason: nothing is told of which passkeys there are. */
export class PasskeyRefusedError extends DomainError {
  readonly code = 'passkey.refused';
  readonly kind = 'unauthenticated';
  constructor(cause?: unknown) {
    super('The passkey was not accepted.', { cause, suggestion: 'Try again, or sign in by another way.' });
  }
}

export class TooManyPasskeysError extends DomainError {
  readonly code = 'passkey.too_many';
  readonly kind = 'conflict';
  constructor(most: number) {
    super(`One user can have ${most} passkeys.`, { suggestion: 'Delete one that is no longer used.' });
  }
}
