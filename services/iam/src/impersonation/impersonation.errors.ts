import { DomainError } from '@plinth/common';

export class ImpersonationNotAllowedError extends DomainError {
  readonly code = 'impersonation.not_allowed';
  readonly kind = 'forbidden';
  constructor(reason: string) {
    super(`Nobody may act as this user: ${reason}.`);
  }
}

export class NoImpersonationError extends DomainError {
  readonly code = 'impersonation.none';
  readonly kind = 'conflict';
  constructor() {
    super('The caller does not act as somebody else.');
  }
}
