import { errorKinds, problemSchema, statusOfKind, type ErrorKind } from '@plinth/contracts';
import { DomainError, type DomainErrorOptions } from '../errors/domain-error.ts';

/** A failure that another service reported: its kind and code are kept, so that callers act as if it were local. */
export class RemoteError extends DomainError {
  readonly code: string;
  readonly kind: ErrorKind;
  private constructor(code: string, kind: ErrorKind, message: string, options: DomainErrorOptions) {
    super(message, options);
    this.code = code;
    this.kind = kind;
  }

  static fromProblem(service: string, status: number, body: unknown): RemoteError {
    const problem = problemSchema.safeParse(body);
    const kind = errorKinds.find((candidate) => statusOfKind[candidate] === status) ?? 'internal';
    if (!problem.success) {
      return new RemoteError(
        'service.bad_answer',
        'internal',
        `The service ${service} answered ${status} without a problem body.`,
        {},
      );
    }
    return new RemoteError(problem.data.code, kind, problem.data.detail, {
      ...(problem.data.suggestion === undefined ? {} : { suggestion: problem.data.suggestion }),
      ...(problem.data.errors === undefined ? {} : { faults: problem.data.errors }),
    });
  }
}
