import type { TenantStatus } from '@plinth/contracts';
import { DomainError } from '@plinth/common';

export class TenantStatusError extends DomainError {
  readonly code = 'tenant.status_not_allowed';
  readonly kind = 'conflict';
  constructor(from: TenantStatus, to: TenantStatus) {
    super(`A tenant that is ${from} cannot become ${to}.`);
  }
}
