import { DomainError } from '@plinth/common';

export class TenantNotOwnError extends DomainError {
  readonly code = 'tenant.not_a_member';
  readonly kind = 'forbidden';
  constructor(tenantId: string) {
    super(`The caller does not belong to the tenant ${tenantId}.`, {
      details: { tenantId },
      suggestion: 'Leave X-Tenant-ID out, or name a tenant of yours.',
    });
  }
}

export class NotAUserError extends DomainError {
  readonly code = 'session.not_a_user';
  readonly kind = 'forbidden';
  constructor() {
    super('Only a user who signed in can do this.', {
      suggestion: 'Use a session or an access token instead of an API key.',
    });
  }
}
