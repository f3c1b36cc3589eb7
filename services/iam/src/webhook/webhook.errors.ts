import { DomainError } from '@plinth/common';

export class TooManyWebhooksError extends DomainError {
  readonly code = 'webhook.too_many';
  readonly kind = 'conflict';
  constructor(most: number) {
    super(`A tenant has ${most} webhooks at most.`, { suggestion: 'Delete one that is not needed.' });
  }
}

export class WebhookDisabledError extends DomainError {
  readonly code = 'webhook.disabled';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The webhook ${id} is disabled.`, { suggestion: 'Enable it first.' });
  }
}
