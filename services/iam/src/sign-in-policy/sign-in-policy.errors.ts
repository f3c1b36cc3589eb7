import { DomainError } from '@plinth/common';

export class PolicyWouldLockOutError extends DomainError {
  readonly code = 'sign_in_policy.would_lock_out';
  readonly kind = 'conflict';
  constructor() {
    super('Under this policy your own sign-in would not be enough: you would lock yourself out.', {
      suggestion: 'Sign in as the policy asks for first, with a second factor or by a way that it names.',
    });
  }
}
