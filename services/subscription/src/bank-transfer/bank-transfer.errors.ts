import { DomainError } from '@plinth/common';

/** The statement cannot be read; nothing of it was taken. */
export class StatementUnreadableError extends DomainError {
  readonly code = 'bank_statement.unreadable';
  readonly kind = 'invalid';
  constructor(where: string, problem: string) {
    super(`The bank statement cannot be read: ${where} ${problem}.`, {
      faults: [{ path: '/content', message: `${where} ${problem}` }],
    });
  }
}

/** The transfer is settled or set aside already. */
export class TransferNotOpenError extends DomainError {
  readonly code = 'bank_transfer.not_open';
  readonly kind = 'conflict';
  constructor(id: string, status: string) {
    super(`The bank transfer ${id} is ${status} already.`);
  }
}
