import replyFrom from '@fastify/reply-from';
import {
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

export interface ProxyOptions {
  readonly routes: readonly GatewayRoute[];
  readonly urlOf: (service: string) => string | undefined;
  readonly internalSecret: Secret;
  readonly log: Logger;
}

const timeouts = { usual: 60_000, critical: 5000 } as const;

/** Passes the routes of services that run elsewhere on to them, with the verified caller in place of credentials. */
export async function addProxy(app: FastifyInstance, options: ProxyOptions): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(replyFrom, { undici: { connections: 64, connectTimeout: 5000 }, disableCache: true });
    // Bodies pass through as they are; the service that owns the route parses them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const route of options.routes) {
      const forward = (request: FastifyRequest, reply: FastifyReply) => forwardRequest(route, request, reply, options);
      const limit = route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit };
      for (const url of [`/api/v1${route.path}`, `/api/v1${route.path}/*`]) {
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
  reply.from(`${options.urlOf(route.service) ?? ''}${request.url}`, {
    timeout: route.critical ? timeouts.critical : timeouts.usual,
    rewriteRequestHeaders: (_request, headers) => {
      const {
        cookie,
        authorization: _authorization,
        'x-api-key': _apiKey,
        host,
        ...rest
      } = headers as Record<string, string>;
      return {
        ...rest,
        'x-request-id': request.id,
        'x-forwarded-for': request.ip,
        ...(host === undefined ? {} : { 'x-forwarded-host': host }),
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
      const {
        'x-request-id': _id,
        ratelimit: _limit,
        'ratelimit-policy': _policy,
        ...rest
      } = headers as Record<string, string>;
      return rest;
    },
    onError: (failed, { error }) => {
      const timedOut = /timeout/i.test((error as { code?: string }).code ?? error.message);
      const problem = timedOut
        ? new ServiceTimeoutError(route.service, error)
        : new ServiceUnavailableError(route.service, error);
      sendProblem(problem, request, failed as unknown as FastifyReply, options.log);
    },
  });
  return reply;
}

function traceOf(): Record<string, string> {
  const traceparent = findRequestContext()?.traceparent;
  return traceparent === undefined ? {} : { traceparent };
}
