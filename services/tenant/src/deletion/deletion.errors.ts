import { DomainError } from '@plinth/common';

export class RecentProofRequiredError extends DomainError {
  readonly code = 'auth.recent_proof_required';
  readonly kind = 'forbidden';
  constructor() {
    super('This needs a proof of these minutes that it is you.', {
      suggestion: 'Send your password along, or sign in again and repeat the request within ten minutes.',
    });
  }
}

export class TenantOwnerRequiredError extends DomainError {
  readonly code = 'tenant.owner_required';
  readonly kind = 'forbidden';
  constructor() {
    super('Only the owner of the organization can have its tenant deleted.');
  }
}

export class DeletionStartedError extends DomainError {
  readonly code = 'tenant.deletion_started';
  readonly kind = 'conflict';
  constructor() {
    super('The deletion of the tenant has begun and cannot be taken back.');
  }
}
