import { DomainError } from '@plinth/common';

/** There is no key to encrypt the password with. */
export class KillBillSecretMissingError extends DomainError {
  readonly code = 'kill_bill.secret_missing';
  readonly kind = 'conflict';
  constructor() {
    super('The password of Kill Bill cannot be kept, because this process has no secret to encrypt it with.', {
      suggestion: 'Set SUBSCRIPTION_SECRET, or give the process a data directory.',
    });
  }
}

/** The tenant has not switched it on. */
export class KillBillNotConnectedError extends DomainError {
  readonly code = 'kill_bill.not_connected';
  readonly kind = 'conflict';
  constructor() {
    super('No Kill Bill is connected.', { suggestion: 'Connect one by PUT /invoices/kill-bill.' });
  }
}

/** A connection to another place cannot be made without its secrets. */
export class KillBillSecretsNeededError extends DomainError {
  readonly code = 'kill_bill.secrets_needed';
  readonly kind = 'invalid';
  constructor() {
    super('A connection to Kill Bill at a new base URL needs its password and its API secret.', {
      suggestion: 'Give password and apiSecret; while the base URL stays they may be left out.',
    });
  }
}

/** It did not answer, or not with success for a reason of its own. */
export class KillBillUnavailableError extends DomainError {
  readonly code = 'kill_bill.unavailable';
  readonly kind = 'unavailable';
  constructor(reason: string, cause: unknown) {
    super(`Kill Bill is not to be reached: ${reason}.`, { cause, suggestion: 'Check its base URL and try again.' });
  }
}

/** It took the request and refused what is in it. */
export class KillBillRefusedError extends DomainError {
  readonly code = 'kill_bill.refused';
  readonly kind = 'conflict';
  /** The status of the answer. */
  readonly status: number;
  /** Kill Bill's own number of the error; undefined where it gave none. */
  readonly reasonCode: number | undefined;
  constructor(request: string, { status, code, message }: KillBillRefusal) {
    super(`Kill Bill refused ${request} with status ${status}: ${message}`, {
      details: { request, status, reasonCode: code },
      suggestion: 'Look at the log of Kill Bill, and at the user, API key and API secret of the connection.',
    });
    this.status = status;
    this.reasonCode = code;
  }
}

export interface KillBillRefusal {
  readonly status: number;
  readonly code: number | undefined;
  readonly message: string;
}
