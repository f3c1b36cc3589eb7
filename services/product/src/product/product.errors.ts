import { DomainError } from '@plinth/common';

export class ProductArchivedError extends DomainError {
  readonly code = 'product.archived';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The product ${id} is archived: it gets no new features and plans.`, {
      suggestion: 'Set its "archived" to false first.',
    });
  }
}
