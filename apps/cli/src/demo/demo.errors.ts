import { DomainError } from '@plinth/common/errors';
import { exitCodes } from '../cli/exit-codes.ts';

/** The file with the demo's credentials cannot be understood. */
export class DemoFileDamagedError extends DomainError {
  readonly code = 'demo.file_damaged';
  readonly kind = 'invalid';
  readonly exitCode = exitCodes.dataInvalid;
  constructor(file: string, cause: unknown) {
    super(`${file} is damaged.`, {
      cause,
      suggestion: 'Bring it back from a backup, or use another data directory with --data.',
    });
  }
}

/** The demo user exists and its password is not the one in the file. */
export class DemoPasswordUnknownError extends DomainError {
  readonly code = 'demo.password_unknown';
  readonly kind = 'unauthenticated';
  readonly exitCode = exitCodes.noPermission;
  constructor(email: string, file: string, cause: unknown) {
    super(`${email} exists already with another password than the one in ${file}.`, {
      cause,
      suggestion: 'Put the right password into that file, or name an API key with --url and --api-key-file.',
    });
  }
}

/** The organization was made but the platform did not become usable for its owner. */
export class DemoNotReadyError extends DomainError {
  readonly code = 'demo.not_ready';
  readonly kind = 'unavailable';
  constructor(seconds: number, cause: unknown) {
    super(`The demo organization was made, but its owner has no rights in it after ${seconds} s.`, {
      cause,
      suggestion: 'Look at /health/ready and the log of the platform, then run the same command again.',
    });
  }
}
