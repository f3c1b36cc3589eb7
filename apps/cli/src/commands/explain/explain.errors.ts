import { DomainError } from '@plinth/common';
import { exitCodes } from '../../cli/exit-codes.ts';

export class ExplainKeyError extends DomainError {
  readonly code = 'explain.api_key_file';
  readonly kind = 'invalid';
  readonly exitCode = exitCodes.inputMissing;
  constructor(message: string, cause?: unknown) {
    super(message, {
      cause,
      suggestion: 'Make an API key with the scope policy:read, put it into a file and name it with --api-key-file.',
    });
  }
}
