import { DomainError } from '@plinth/common';
import { exitCodes } from '../../cli/exit-codes.ts';

export class CallFileError extends DomainError {
  readonly code = 'call.file';
  readonly kind = 'invalid';
  readonly exitCode = exitCodes.inputMissing;
  constructor(message: string, suggestion: string, cause?: unknown) {
    super(message, { cause, suggestion });
  }
}
