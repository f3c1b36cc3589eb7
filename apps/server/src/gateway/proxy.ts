import { pipeline, Transform, type Readable } from 'node:stream';
import replyFrom from '@fastify/reply-from';
import {
  BodyTooLargeError,
  findRequestContext,
  sendProblem,
  ServiceTimeoutError,
  ServiceUnavailableError,
  signInternalToken,
  type Logger,
  type Secret,
} from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayRoute } from './route-table.ts';
import { securityHeaders } from './security-headers.ts';

export interface ProxyOptions {
  readonly routes: readonly GatewayRoute[];
  readonly urlOf: (service: string) => string | undefined;
  readonly internalSecret: Secret;
  readonly log: Logger;
}

const ownHeaders = new Set([
  'x-request-id',
  'x-powered-by',
  'ratelimit',
  'ratelimit-policy',
  'strict-transport-security',
  ...Object.keys(securityHeaders).filter((name) => name !== 'content-security-policy'),
]);

const timeouts = { usual: 60_000, critical: 5000 } as const;

/** Passes the routes of services that run elsewhere on to them, with the verified caller in place of credentials. */
export async function addProxy(app: FastifyInstance, options: ProxyOptions): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(replyFrom, { undici: { connections: 64, connectTimeout: 5000 }, disableCache: true });
    // Bodies pass through as they are; the service that owns the route parses them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (request, payload, done) =>
      done(
        null,
        // No more than its length ever arrives of a body that announces it.
        request.headers['content-length'] === undefined ? limitBody(payload, request.routeOptions.bodyLimit) : payload,
      ),
    );
    for (const route of options.routes) {
      const forward = (request: FastifyRequest, reply: FastifyReply) => forwardRequest(route, request, reply, options);
      const limit = route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit };
      for (const url of [route.prefix, `${route.prefix}/*`]) {
        scope.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url, handler: forward, ...limit });
      }
    }
  });
}

function forwardRequest(
  route: GatewayRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  options: ProxyOptions,
): FastifyReply {
  const principal = request.principal;
  if (Number(request.headers['content-length'] ?? 0) > request.routeOptions.bodyLimit) throw new BodyTooLargeError();
  reply.from(`${options.urlOf(route.service) ?? ''}${request.url}`, {
    timeout: route.critical ? timeouts.critical : timeouts.usual,
    rewriteRequestHeaders: (_request, headers) => {
      const {
        cookie,
        authorization: _authorization,
        'x-api-key': _apiKey,
        host: _host,
        ...rest
      } = headers as Record<string, string>;
      return {
        ...withoutClaims(rest),
        'x-request-id': request.id,
        'x-forwarded-for': request.ip,
        'x-forwarded-proto': request.protocol,
        ...(request.host === undefined ? {} : { 'x-forwarded-host': request.host }),
        ...traceOf(),
        // Sign-in works with its own cookie; every other route gets the verified caller only.
        ...(route.public && cookie !== undefined ? { cookie } : {}),
        ...(principal === undefined
          ? {}
          : {
              authorization: `Bearer ${signInternalToken(principal, route.service, options.internalSecret, Date.now())}`,
            }),
      };
    },
    rewriteHeaders: (headers) => {
      // The gateway's own headers stand.
      return Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name)));
    },
    onError: (failed, { error }) => {
      if (error.cause instanceof BodyTooLargeError)
        return sendProblem(error.cause, request, failed as unknown as FastifyReply, options.log);
      const timedOut = /timeout/i.test((error as { code?: string }).code ?? error.message);
      const problem = timedOut
        ? new ServiceTimeoutError(route.service, error)
        : new ServiceUnavailableError(route.service, error);
      sendProblem(problem, request, failed as unknown as FastifyReply, options.log);
    },
  });
  return reply;
}

/** A body of unknown length that ends with an error as soon as it is longer than its route allows. */
function limitBody(body: Readable, limit: number): Readable {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(new BodyTooLargeError());
      else done(null, chunk);
    },
  });
  // Whoever reads the counted body learns of errors of both.
  pipeline(body, counted, () => undefined);
  return counted;
}

/** Without what only a gateway may say of a request: services believe it. */
function withoutClaims(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(x-forwarded-|x-plinth-|forwarded$|x-real-ip$|ratelimit)/.test(name)),
  );
}

function traceOf(): Record<string, string> {
  const traceparent = findRequestContext()?.traceparent;
  return traceparent === undefined ? {} : { traceparent };
}
