import { DomainError } from '@plinth/common';

export class AdministratorEmailTakenError extends DomainError {
  readonly code = 'administrator.email_taken';
  readonly kind = 'conflict';
  constructor(email: string, cause: unknown) {
    super(`The first platform administrator cannot be ${email}: somebody signed up with this address.`, {
      cause,
      suggestion: 'Set IAM_INITIAL_ADMIN_EMAIL to another address.',
    });
  }
}
