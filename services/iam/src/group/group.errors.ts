import { DomainError } from '@plinth/common';

export class GroupOfDirectoryError extends DomainError {
  readonly code = 'group.of_directory';
  readonly kind = 'conflict';
  constructor(group: string) {
    super(`The group ${group} is kept by the tenant's directory.`, { suggestion: 'Change it in the directory.' });
  }
}

export class NotAMemberError extends DomainError {
  readonly code = 'group.not_a_member_of_tenant';
  readonly kind = 'invalid';
  constructor(userId: string) {
    super(`The user ${userId} does not belong to the tenant.`, {
      suggestion: 'Invite the person or give them a role first.',
    });
  }
}
