import { DomainError } from '@plinth/common';

export class DirectoryUnavailableError extends DomainError {
  readonly code = 'directory.unavailable';
  readonly kind = 'unavailable';
  constructor(directory: string, reason: string, cause?: unknown) {
    super(`The user directory ${directory} cannot be used now: ${reason}.`, {
      cause,
      details: { directory },
      retryAfterSeconds: 5,
      suggestion: 'Try again shortly. What was done here already is done; repeating the request is safe.',
    });
  }
}

export class DirectoryRefusedError extends DomainError {
  readonly code = 'directory.refused';
  readonly kind = 'unprocessable';
  constructor(directory: string, reason: string) {
    super(`The user directory ${directory} refuses this: ${reason}.`, { details: { directory, reason } });
  }
}

export class RoleNotInDirectoryError extends DomainError {
  readonly code = 'directory.role_unknown';
  readonly kind = 'unprocessable';
  constructor(role: string, known: readonly string[]) {
    super(`The user's directory does not give the role ${role}.`, {
      details: { role, known },
      suggestion: `It gives ${known.length === 0 ? 'none' : known.join(', ')}; roles of a tenant are given with POST /roles/assignments.`,
    });
  }
}
