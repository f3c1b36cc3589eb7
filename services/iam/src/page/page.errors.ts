import { DomainError } from '@plinth/common';

export class FormExpiredError extends DomainError {
  readonly code = 'page.form_expired';
  readonly kind = 'forbidden';
  constructor() {
    super('The form was not shown to this browser, or before its session began or ended.', {
      suggestion: 'Open the page again.',
    });
  }
}

export class PageNotFoundError extends DomainError {
  readonly code = 'page.not_found';
  readonly kind = 'not_found';
  constructor() {
    super('There is no such page.');
  }
}
