import { statusOfKind } from '@plinth/contracts';
import { toDomainError, type Logger } from '@plinth/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ScimError } from './scim.errors.ts';

export const scimMediaType = 'application/scim+json; charset=utf-8';
const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Sends an error as SCIM has it (RFC 7644, section 3.12). */
export function sendScimError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  const error = toDomainError(thrown, request);
  if (error.kind === 'internal') log.error({ err: error.cause ?? error }, 'a SCIM request failed');
  if (error.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  const faults = (error.faults ?? []).map(({ path, message }) => `${path} ${message}`);
  return sendStatus(
    reply,
    statusOfKind[error.kind],
    [error.message, ...faults, error.suggestion].filter(Boolean).join(' '),
    error instanceof ScimError ? { scimType: error.scimType } : {},
  );
}

/** An error that is nothing but its status. */
export function sendStatus(
  reply: FastifyReply,
  status: number,
  detail: string,
  more: { readonly scimType?: string } = {},
): FastifyReply {
  return reply
    .status(status)
    .type(scimMediaType)
    .send(JSON.stringify({ schemas: [errorSchema], status: String(status), ...more, detail }));
}
