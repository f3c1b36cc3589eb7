import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { statusOfKind, type Problem } from '@plinth/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { translateDatabaseError } from '../database/database.errors.ts';
import { BodyTooLargeError, InternalError, MalformedBodyError, RouteNotFoundError } from '../errors/common.errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { Logger } from '../logging/logger.ts';

/** URI of an error code, as in `type` of a problem: a page of the reference. */
export function problemType(code: string): string {
  return `urn:plinth:error:${code}`;
}

/** Turns an error into an RFC 9457 problem body. */
export function toProblem(error: DomainError, requestId: string | undefined, instance: string | undefined): Problem {
  return {
    // First, so that no extension takes the place of a standard member.
    ...error.members,
    type: problemType(error.code),
    title: error.code.replaceAll(/[._]/g, ' '),
    status: statusOfKind[error.kind],
    detail: error.message,
    code: error.code,
    ...(instance === undefined ? {} : { instance }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(error.suggestion === undefined ? {} : { suggestion: error.suggestion }),
    ...(error.faults === undefined ? {} : { errors: [...error.faults] }),
  };
}

/** The DomainError behind whatever was thrown; what we do not know is an internal error. */
export function toDomainError(thrown: unknown, request?: Pick<FastifyRequest, 'method' | 'url'>): DomainError {
  const error = translateDatabaseError(thrown);
  if (error instanceof DomainError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || status === 413) return new BodyTooLargeError();
  if (status === 404 && request !== undefined)
    return new RouteNotFoundError(request.method, request.url.split('?')[0] ?? '');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new MalformedBodyError((error as Error).message, error);
  }
  return new InternalError(error);
}

/** Writes an error as a problem response; internal errors are logged with their cause. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const error = toDomainError(thrown, request);
  if (error.kind === 'internal') log.error({ err: error.cause ?? error }, 'a request failed');
  else if (error.kind === 'unavailable')
    log.warn({ code: error.code, err: error.cause }, 'a request met an unavailable dependency');
  if (reply.sent) return;
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  if (error.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  const instance = request.url.split('?')[0];
  const problem = toProblem(error, request.id, instance);
  reply.status(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(problem));
}

/** The one place where errors become responses. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;
  constructor(log: Logger) {
    this.#log = log;
  }
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.#log);
  }
}
