import { DomainError } from '@plinth/common';

export class ClientManagedError extends DomainError {
  readonly code = 'client.managed_elsewhere';
  readonly kind = 'conflict';
  constructor(id: string, origin: string) {
    super(`The client ${id} is ${origin === 'declared' ? 'declared in a file' : 'built in'}.`, {
      details: { id, origin },
      suggestion: 'Change IAM_CLIENTS_FILE, or the variables of the built-in clients, and start again.',
    });
  }
}

export class ClientPublicError extends DomainError {
  readonly code = 'client.has_no_secret';
  readonly kind = 'conflict';
  constructor(id: string) {
    super(`The client ${id} is not confidential: it has no secret.`, { details: { id } });
  }
}

export class ClientTooPowerfulError extends DomainError {
  readonly code = 'client.too_powerful';
  readonly kind = 'forbidden';
  constructor(missing: readonly string[]) {
    super(`The client would be able to do more than the caller: ${missing.join(', ')}.`, {
      details: { missing },
      suggestion: 'Leave out what is missing, or ask somebody who holds it.',
    });
  }
}
