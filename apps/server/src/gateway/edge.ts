import { Readable } from 'node:stream';
import {
  continueTrace,
  RouteNotFoundError,
  runInContext,
  type Metrics,
  type RequestContext,
  type RequestSpan,
  type Tracing,
} from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admission } from './admission.ts';
import type { GatewayRoute, RouteTable } from './route-table.ts';
import { securityHeaders, strictTransportSecurity } from './security-headers.ts';
import type { BrowserSignIn } from './sign-in/browser-sign-in.service.ts';

export interface EdgeOptions {
  readonly routes: RouteTable;
  readonly admission: Admission;
  /** False in a process behind a gateway, which has counted already. */
  readonly counts: boolean;
  readonly isAllowedOrigin: (origin: string) => boolean;
  readonly https: boolean;
  /** Absent in a process behind a gateway. */
  readonly signIn: BrowserSignIn | undefined;
  readonly metrics: Metrics;
  /** Absent: no collector is configured. */
  readonly tracing?: Tracing | undefined;
}

const corsHeaders = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': 'Authorization, Content-Type, X-Tenant-ID, Idempotency-Key, If-Match, X-API-Key',
  'access-control-max-age': '3600',
} as const;

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose route the request takes; `platform` for the process's own ones. */
    gatewayService: string;
  }
}

/** The embedded gateway: what happens to every request before a service sees it, driven by the route table. */
export function addEdge(app: FastifyInstance, options: EdgeOptions): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  app.decorateRequest('principal', undefined);
  app.decorateRequest('gatewayService', 'platform');

  app.addHook('onRequest', (request, reply, done) => {
    const given = request.headers.traceparent as string | undefined;
    const span = options.tracing?.startRequest(request.method, given);
    if (span !== undefined) spans.set(request, span);
    const context: RequestContext = {
      requestId: request.id,
      traceparent: span?.traceparent ?? continueTrace(given),
      ip: request.ip,
      userAgent: request.headers['user-agent'],
    };
    runInContext(context, () => {
      addResponseHeaders(request, reply, options);
      if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
        reply.headers(corsHeaders).status(204).send();
        return;
      }
      const route = options.routes.find(request.url);
      try {
        if (!plainPath.test(request.url) && !isServedAs(route, request.routeOptions.url, options.routes))
          throw new RouteNotFoundError(request.method, request.url.split('?')[0] ?? '');
        if (route === undefined) return done();
        const admitted = options.admission.admit(request, reply, route, context);
        if (admitted === undefined) done();
        else admitted.then(() => done(), done);
      } catch (error) {
        done(error as Error);
      }
    });
  });

  const { signIn } = options;
  if (signIn !== undefined) {
    app.addHook('onSend', (request, reply, payload, done) => {
      // The usual answer costs one comparison.
      if (reply.statusCode !== 401) return done(null, payload);
      done(null, leadToSignIn(request, reply, payload, { routes: options.routes, signIn }));
    });
  }

  app.addHook('onResponse', (request, reply, done) => {
    const { method, gatewayService: service } = request;
    const route = request.routeOptions.url;
    const status = reply.statusCode;
    const span = options.tracing === undefined ? undefined : spans.get(request);
    const traceId = span?.end(`${method} ${route ?? 'unknown'}`, status);
    const seconds = reply.elapsedTime / 1000;
    options.metrics.requests.record({ service, method, route, status }, seconds, traceId);
    options.metrics.tenants.record(service, request.principal?.tenant, seconds);
    done();
  });
}

/** A browser that opens a private page without being signed in is led to the sign-in; everybody else keeps the 401. */
function leadToSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  { routes, signIn }: { readonly routes: RouteTable; readonly signIn: BrowserSignIn },
): unknown {
  if (request.principal !== undefined) return payload;
  const route = routes.find(request.url);
  const location = route === undefined || route.public === true ? undefined : signIn.findRedirect(request, request.url);
  if (location === undefined) return payload;
  if (payload instanceof Readable) payload.destroy();
  for (const name of ['content-type', 'content-length', 'www-authenticate']) reply.removeHeader(name);
  reply.status(302).headers({ location, 'cache-control': 'no-store' });
  return '';
}

// What no router reads in another way; the usual path, and the check below costs more than the rest of the edge.
const plainPath = /^[\w/.~-]+(?:\?|$)/;

/**
 * Whether the router, which decodes `%75sage`, serves what the table, which does not, has counted and checked. Without
 * it a caller could pass every limit by writing paths in another way.
 */
function isServedAs(route: GatewayRoute | undefined, pattern: string | undefined, routes: RouteTable): boolean {
  const served = pattern === undefined ? undefined : routes.find(pattern);
  return served === undefined || (served.service === route?.service && served.public === route.public);
}

function addResponseHeaders(request: FastifyRequest, reply: FastifyReply, options: EdgeOptions): void {
  reply.header('x-request-id', request.id);
  reply.headers(securityHeaders);
  if (options.https) reply.header('strict-transport-security', strictTransportSecurity);
  if (!options.counts) repeatRateLimit(request, reply);
  const origin = request.headers.origin;
  if (origin === undefined) return;
  reply.header('vary', 'Origin');
  if (!options.isAllowedOrigin(origin)) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-allow-credentials', 'true');
  reply.header('access-control-expose-headers', 'X-Request-ID, ETag, Retry-After, RateLimit, RateLimit-Policy');
}

/** Limits of the route or the key, of the plan, and of what is sold. */
const rateLimitList = /^"[a-z0-9._-]{1,100}"(;[a-z]=\d{1,15}){1,2}(, "[a-z0-9._-]{1,100}"(;[a-z]=\d{1,15}){1,2}){0,2}$/;

/** Some gateways can only tell the service, not the client, what was counted; the service tells the client then. */
function repeatRateLimit(request: FastifyRequest, reply: FastifyReply): void {
  for (const name of ['ratelimit', 'ratelimit-policy']) {
    const value = request.headers[name];
    if (typeof value === 'string' && rateLimitList.test(value)) reply.header(name, value);
  }
}
