import { DomainError } from '@plinth/common';

export class PlanArchivedError extends DomainError {
  readonly code = 'plan.archived';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The plan ${id} is archived: it gets no new versions.`, {
      suggestion: 'Set its "archived" to false first.',
    });
  }
}
