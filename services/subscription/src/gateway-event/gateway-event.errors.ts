import { DomainError } from '@plinth/common';

/** A message is about something that is not on record yet; the gateway sends it again later. */
export class GatewayEventTooEarlyError extends DomainError {
  readonly code = 'payment_webhook.too_early';
  readonly kind = 'conflict';
  constructor(what: string) {
    super(`The webhook is about a ${what} that is not settled here yet.`, { suggestion: 'Send it again later.' });
  }
}
