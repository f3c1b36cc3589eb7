import { DomainError } from '@plinth/common';

export class DivisionWouldCycleError extends DomainError {
  readonly code = 'division.would_cycle';
  readonly kind = 'conflict';
  constructor(id: string, parentId: string) {
    super(`The division ${id} cannot be moved below ${parentId}, which is part of it.`, { details: { id, parentId } });
  }
}

export class DivisionNotEmptyError extends DomainError {
  readonly code = 'division.not_empty';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The division ${id} has divisions below it.`, { suggestion: 'Move or delete them first.' });
  }
}
