import { DomainError } from '@plinth/common';

export class OwnerKeepsRoleError extends DomainError {
  readonly code = 'role.owner_keeps';
  readonly kind = 'conflict';
  constructor() {
    super('The owner of an organization stays its administrator.', {
      suggestion: 'The owner transfers the organization to another member first.',
    });
  }
}
