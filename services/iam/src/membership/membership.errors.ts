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
