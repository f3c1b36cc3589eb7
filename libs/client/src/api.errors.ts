import type { Problem } from '@plinth/contracts';

/** The platform refused a request or failed at it. */
export class ApiError extends Error {
  /** The stable code of the failure; decide by it, never by the message. */
  readonly code: string;
  readonly status: number;
  /** RFC 9457 problem with every faulty input's path in `errors`. */
  readonly problem: Problem;
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail);
    this.name = 'ApiError';
    this.code = problem.code;
    this.status = problem.status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
