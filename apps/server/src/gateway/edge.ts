import type { ContractFunctions, Principal, tenantContract } from '@plinth/contracts';
import {
  continueTrace,
  RateLimitedError,
  runInContext,
  TenantSuspendedError,
  type Logger,
  type Metrics,
  type RequestContext,
  type RequestSpan,
  type Tracing,
} from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authentication } from './authentication.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { GatewayRoute, RouteTable } from './route-table.ts';
import { securityHeaders, strictTransportSecurity } from './security-headers.ts';
import { ShortMemory } from './short-memory.ts';

export interface EdgeOptions {
  readonly routes: RouteTable;
  readonly authentication: Authentication;
  readonly tenants: ContractFunctions<typeof tenantContract>;
  /** Absent in a process behind another gateway: that one has counted already. */
  readonly limiter: RateLimiter | undefined;
  readonly isAllowedOrigin: (origin: string) => boolean;
  readonly https: boolean;
  readonly metrics: Metrics;
  /** Absent: no collector is configured. */
  readonly tracing?: Tracing | undefined;
  readonly log: Logger;
  readonly now: () => number;
}

// Suspension must stop requests within a second.
const TENANT_STATUS_MS = 500;

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
  const statuses = new ShortMemory<boolean>(TENANT_STATUS_MS);
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
      if (route === undefined) return done();
      try {
        const admitted = admit(request, reply, route, context);
        if (admitted === undefined) done();
        else admitted.then(() => done(), done);
      } catch (error) {
        done(error as Error);
      }
    });
  });

  // Waits for nothing when caller and tenant are remembered, which they nearly always are.
  const admit = (
    request: FastifyRequest,
    reply: FastifyReply,
    route: GatewayRoute,
    context: RequestContext,
  ): Promise<void> | undefined => {
    request.gatewayService = route.service;
    const enter = (principal: Principal | undefined): Promise<void> | undefined => {
      request.principal = principal;
      context.principal = principal;
      if (options.limiter !== undefined) countRequest(request, reply, route, principal);
      return principal?.tenant === undefined ? undefined : assertActive(principal, principal.tenant);
    };
    // Sign-in has credentials of its own; a stale cookie must not keep anybody from signing in again.
    const found = route.public ? undefined : options.authentication.authenticate(request, route.service);
    return found instanceof Promise ? found.then(enter) : enter(found);
  };

  const countRequest = (
    request: FastifyRequest,
    reply: FastifyReply,
    route: GatewayRoute,
    principal: Principal | undefined,
  ): void => {
    const caller = principal === undefined ? request.ip : `${principal.tenant ?? ''}/${principal.subject}`;
    const decision = options.limiter?.take(`${route.path} ${caller}`, route.rateLimit, options.now());
    if (decision === undefined) return;
    reply.header('ratelimit-policy', `"${route.service}";q=${decision.limit};w=60`);
    reply.header('ratelimit', `"${route.service}";r=${decision.remaining};t=${decision.resetSeconds}`);
    if (!decision.allowed) throw new RateLimitedError(decision.resetSeconds);
  };

  const assertActive = (principal: Principal, tenantId: string): Promise<void> | undefined => {
    // The operator of the platform must be able to end the suspension.
    if (principal.roles.includes('platform_admin')) return undefined;
    const known = statuses.peek(tenantId, options.now());
    if (known !== undefined) return refuseUnless(known.value);
    return statuses.get(tenantId, options.now(), () => isActive(options.tenants, tenantId)).then(refuseUnless);
  };

  app.addHook('onResponse', (request, reply, done) => {
    const service = request.gatewayService;
    spans.get(request)?.end(`${request.method} ${request.routeOptions.url ?? 'unknown'}`, reply.statusCode);
    options.metrics.countRequest(service, request.method, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}

function refuseUnless(active: boolean): undefined {
  if (!active) throw new TenantSuspendedError();
}

async function isActive(tenants: EdgeOptions['tenants'], tenantId: string): Promise<boolean> {
  const tenant = await tenants.findTenant({ tenantId });
  return tenant !== null && tenant.status === 'active';
}

function addResponseHeaders(request: FastifyRequest, reply: FastifyReply, options: EdgeOptions): void {
  reply.header('x-request-id', request.id);
  reply.headers(securityHeaders);
  if (options.https) reply.header('strict-transport-security', strictTransportSecurity);
  const origin = request.headers.origin;
  if (origin === undefined) return;
  reply.header('vary', 'Origin');
  if (!options.isAllowedOrigin(origin)) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-allow-credentials', 'true');
  reply.header('access-control-expose-headers', 'X-Request-ID, ETag, Retry-After, RateLimit, RateLimit-Policy');
}
