import { type ErrorKind, errorKinds, type Problem, statusOfKind } from '@plinth/contracts';
import { DomainError } from '@plinth/common';

/** The platform refused a request; carries its problem (RFC 9457). */
export class ApiError extends DomainError {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly status: number;
  constructor(request: string, status: number, problem: Partial<Problem>) {
    super(`${request} was answered with ${status}: ${problem.detail ?? problem.title ?? 'no reason given'}`, {
      ...(problem.suggestion === undefined ? {} : { suggestion: problem.suggestion }),
      ...(problem.errors === undefined ? {} : { faults: problem.errors }),
      details: { request, status, requestId: problem.requestId },
    });
    this.code = problem.code ?? 'api.unexpected_answer';
    this.status = status;
    this.kind = errorKinds.find((kind) => statusOfKind[kind] === status) ?? (status >= 500 ? 'internal' : 'invalid');
  }
}

/** Nothing answers, or not in time, after several tries. */
export class PlatformUnreachableError extends DomainError {
  readonly code = 'api.unreachable';
  readonly kind = 'unavailable';
  constructor(url: string, cause: unknown) {
    super(`The platform at ${url} cannot be reached.`, {
      cause,
      suggestion: 'Check that it runs (plinth doctor) and that the URL is right, then run the same command again.',
    });
  }
}

/** What answered does not speak as the platform does. */
export class UnexpectedAnswerError extends DomainError {
  readonly code = 'api.unexpected_answer';
  readonly kind = 'unavailable';
  constructor(request: string, reason: string, cause?: unknown) {
    super(`The answer to ${request} cannot be understood: ${reason}.`, {
      cause,
      suggestion: 'Check that the URL is that of a Plinth of the same version as this command.',
    });
  }
}

/** No platform runs on a data directory. */
export class NoPlatformError extends DomainError {
  readonly code = 'api.no_platform';
  readonly kind = 'unavailable';
  constructor(dataDirectory: string) {
    super(`No platform runs on ${dataDirectory}.`, {
      suggestion: 'Start it with "plinth up", or name another one with --url.',
    });
  }
}
