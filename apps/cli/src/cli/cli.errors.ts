import { DomainError } from '@plinth/common/errors';
import { exitCodes } from './exit-codes.ts';

/** The command line says something that no command understands. */
export class UsageError extends DomainError {
  readonly code = 'cli.usage';
  readonly kind = 'invalid';
  readonly exitCode = exitCodes.usage;
  constructor(message: string, suggestion: string) {
    super(message, { suggestion });
  }
}

/** A signal ended the command before its work was done. */
export class InterruptedError extends DomainError {
  readonly code = 'cli.interrupted';
  readonly kind = 'conflict';
  readonly exitCode: number;
  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', suggestion = 'Run the same command again to finish.') {
    super(`Interrupted by ${signal}.`, { suggestion });
    this.exitCode = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal];
  }
}

/** A fault of ours: what went wrong was foreseen by nobody. */
export class UnforeseenError extends DomainError {
  readonly code = 'internal';
  readonly kind = 'internal';
  constructor(cause: unknown) {
    super(`Plinth itself failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
      suggestion: 'Please report this together with the lines on stderr.',
    });
  }
}
