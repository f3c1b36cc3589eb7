import { DomainError } from '@plinth/common';

export class OwnerStaysError extends DomainError {
  readonly code = 'organization.owner_stays';
  readonly kind = 'conflict';
  constructor() {
    super('The owner of an organization cannot leave it or be removed.', {
      suggestion: 'The owner transfers the organization to another member first.',
    });
  }
}

export class NotOwnerError extends DomainError {
  readonly code = 'organization.not_owner';
  readonly kind = 'forbidden';
  constructor() {
    super('Only the owner of the organization can do this.');
  }
}
