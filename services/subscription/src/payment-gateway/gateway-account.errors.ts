import { DomainError } from '@plinth/common';

/** There is no key to encrypt the gateway's keys with. */
export class GatewaySecretMissingError extends DomainError {
  readonly code = 'payment_gateway.secret_missing';
  readonly kind = 'conflict';
  constructor() {
    super('Keys of payment gateways cannot be kept, because this process has no secret to encrypt them with.', {
      suggestion: 'Set SUBSCRIPTION_SECRET, or give the process a data directory.',
    });
  }
}

/** The gateway account was switched off. */
export class GatewayDisabledError extends DomainError {
  readonly code = 'payment_gateway.disabled';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The gateway account ${id} is disabled.`, { suggestion: 'Enable it, or use another one.' });
  }
}
