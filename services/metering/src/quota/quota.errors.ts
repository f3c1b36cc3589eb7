import { DomainError } from '@plinth/common';

/** Quotas that a plan grants change with the subscription alone. */
export class QuotaOfPlanError extends DomainError {
  readonly code = 'quota.of_plan';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The quota ${id} comes from the account's plan.`, {
      suggestion: 'Change the plan or the subscription, or add a quota by hand.',
    });
  }
}
