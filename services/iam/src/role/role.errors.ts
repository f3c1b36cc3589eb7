import { DomainError } from '@plinth/common';

export class RoleTooPowerfulError extends DomainError {
  readonly code = 'role.too_powerful';
  readonly kind = 'forbidden';
  constructor(role: string, permissions: readonly string[]) {
    super(`The role ${role} has permissions that the caller does not hold: ${permissions.join(', ')}.`, {
      details: { role, permissions },
    });
  }
}

export class LastAdministratorError extends DomainError {
  readonly code = 'role.last_administrator';
  readonly kind = 'conflict';
  constructor(role: 'org_admin' | 'platform_admin') {
    super(`A ${role === 'org_admin' ? 'tenant' : 'platform'} keeps at least one ${role}.`, {
      suggestion: 'Give the role to somebody else first.',
    });
  }
}

export class UnknownUserError extends DomainError {
  readonly code = 'role.unknown_user';
  readonly kind = 'invalid';
  constructor(user: string) {
    super(`There is no user ${user}.`, { suggestion: 'The person signs up first.' });
  }
}

export class UnknownMemberError extends DomainError {
  readonly code = 'role.unknown_member';
  readonly kind = 'invalid';
  constructor(user: string) {
    super(`The tenant has no member ${user}.`, { suggestion: 'Invite the person: POST /api/v1/invitations.' });
  }
}

export class RoleInUseError extends DomainError {
  readonly code = 'role.in_use';
  readonly kind = 'conflict';
  constructor(role: string, assignments: number) {
    super(`The role ${role} is given ${assignments} ${assignments === 1 ? 'time' : 'times'}.`, {
      details: { role, assignments },
      suggestion: 'Take it away first: GET /api/v1/roles/assignments?role= lists who has it.',
    });
  }
}

export class PlatformPermissionError extends DomainError {
  readonly code = 'role.platform_permission';
  readonly kind = 'forbidden';
  constructor(permissions: readonly string[]) {
    super(`A role of a tenant cannot have permissions that reach beyond it: ${permissions.join(', ')}.`, {
      details: { permissions },
      suggestion: 'Make a role of the platform: POST /api/v1/roles/platform.',
    });
  }
}

export class PlatformAdministratorOnlyError extends DomainError {
  readonly code = 'role.platform_administrator_only';
  readonly kind = 'forbidden';
  constructor() {
    super('Only a platform administrator manages roles of the whole platform.');
  }
}

export class PermissionInUseError extends DomainError {
  readonly code = 'permission.in_use';
  readonly kind = 'conflict';
  constructor(permission: string, roles: readonly string[]) {
    super(`Roles have the permission ${permission}: ${roles.join(', ')}.`, {
      details: { permission, roles },
      suggestion: 'Take it out of these roles first.',
    });
  }
}
