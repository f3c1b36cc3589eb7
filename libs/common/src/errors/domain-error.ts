import type { ErrorKind, InputFault } from '@plinth/contracts';

export interface DomainErrorOptions {
  readonly cause?: unknown;
  /** Facts for logs. Never secrets. */
  readonly details?: Record<string, unknown>;
  /** Extension members of the problem body (RFC 9457, 3.2), as the operation's `problems` describe them. Never secrets. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** What the reader can do next. */
  readonly suggestion?: string;
  /** Every mistake in the input, with its path. */
  readonly faults?: readonly InputFault[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number;
}

/** Base of every error that a caller may see. `kind` decides the HTTP status, `code` is stable for ever. */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  readonly details: Record<string, unknown> | undefined;
  readonly members: Readonly<Record<string, unknown>> | undefined;
  readonly suggestion: string | undefined;
  readonly faults: readonly InputFault[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.details = options.details;
    this.members = options.members;
    this.suggestion = options.suggestion;
    this.faults = options.faults;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
