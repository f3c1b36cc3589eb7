import { DomainError } from '@plinth/common';

export class RoleTooPowerfulError extends DomainError {
  readonly code = 'role.too_powerful';
  readonly kind = 'forbidden';
  constructor(role: string) {
    super(`The role ${role} has permissions that the caller does not hold.`, { details: { role } });
  }
}

export class LastAdministratorError extends DomainError {
  readonly code = 'role.last_administrator';
  readonly kind = 'conflict';
  constructor() {
    super('A tenant keeps at least one org_admin.', { suggestion: 'Give the role to somebody else first.' });
  }
}

export class UnknownUserError extends DomainError {
  readonly code = 'role.unknown_user';
  readonly kind = 'invalid';
  constructor(user: string) {
    super(`There is no user ${user}.`, { suggestion: 'The person signs up first.' });
  }
}
