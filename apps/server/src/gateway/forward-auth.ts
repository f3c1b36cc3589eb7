import type { IncomingHttpHeaders } from 'node:http';
import {
  findRequestContext,
  RouteNotFoundError,
  signInternalToken,
  toDomainError,
  toProblem,
  UnauthenticatedError,
  type DomainError,
  type Logger,
  type Secret,
} from '@plinth/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RoleRequiredError } from '../server.errors.ts';
import type { Admission, AdmissionRoute } from './admission.ts';
import type { RouteTable } from './route-table.ts';
import type { BrowserSignIn } from './sign-in/browser-sign-in.service.ts';

export interface ForwardAuthOptions {
  readonly routes: RouteTable;
  readonly admission: Admission;
  /** Multiplies the limits that the asking gateway names. */
  readonly rateLimitFactor: number;
  readonly internalSecret: Secret;
  readonly signIn: Pick<BrowserSignIn, 'findRedirect'>;
  readonly log: Logger;
  readonly now: () => number;
}

/** What the asking gateway says of the route that it chose; it wrote the address, the client cannot change it. */
interface RouteQuery {
  /** A service of the platform: its routes are known here. */
  readonly service?: string;
  /** An application of the team, and what its route says. */
  readonly application?: string;
  readonly limit?: string;
  readonly public?: string;
  /** A tool for staff, and the role that opens it. */
  readonly tool?: string;
  readonly role?: string;
  /** `403`: every refusal gets this status, and the true one is in a header (for nginx). */
  readonly refuse?: string;
}

interface AskedRequest {
  readonly method: string;
  /** Path with query, as the client sent it. */
  readonly uri: string;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
  readonly protocol: string;
  readonly host: string;
}

interface AskedRoute extends AdmissionRoute {
  readonly role: string | undefined;
}

// A response header line of a problem must fit the buffers of the gateway that asks.
const LONGEST_INSTANCE = 1024;

/**
 * `GET /edge/verify`: whether a request may pass another gateway (Traefik, Caddy, nginx, Kong), which describes it in
 * X-Forwarded-Method, -Uri, -Host and -For and sends its headers along. 204 with the internal token for the service
 * behind, or the problem that the client gets; a browser that opens a page and is not signed in gets 302 to the
 * sign-in. It answers trusted proxies only; for everybody else it does not exist.
 */
export function addForwardAuth(app: FastifyInstance, options: ForwardAuthOptions): void {
  app.get<{ Querystring: RouteQuery }>('/edge/verify', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const asked = readAsked(request);
    try {
      const route = chooseRoute(request.query, asked, options);
      await options.admission.admit(asked, reply, route, findRequestContext());
      return pass(request, reply, route, options);
    } catch (error) {
      return refuse(toDomainError(error), asked, reply, options);
    }
  });
}

/** The request that the gateway asks about. Whoever is no trusted proxy is told that there is nothing here. */
function readAsked(request: FastifyRequest): AskedRequest {
  const { 'x-forwarded-method': method, 'x-forwarded-uri': uri } = request.headers;
  // More than one address: the one that is connected is trusted and says who is behind it.
  const isTrusted = (request.ips?.length ?? 0) > 1;
  if (!isTrusted || typeof method !== 'string' || method === '' || typeof uri !== 'string')
    throw new RouteNotFoundError(request.method, '/edge/verify');
  const { headers, ip, protocol, host } = request;
  return { method, uri, headers, ip, protocol, host };
}

function chooseRoute(query: RouteQuery, asked: AskedRequest, options: ForwardAuthOptions): AskedRoute {
  const { application, service, tool } = query;
  if (service !== undefined) {
    const route = options.routes.find(asked.uri);
    // Gateways tidy paths up in ways of their own; where they and we see two routes, neither is taken.
    if (route?.service === service) return { ...route, role: undefined };
  } else if (application !== undefined) {
    return {
      service: application,
      path: `/${encodeURIComponent(application)}/`,
      rateLimit: limitOf(query, options.rateLimitFactor),
      public: query.public === 'true',
      role: undefined,
    };
  } else if (tool !== undefined && query.role !== undefined) {
    return { service: tool, path: `/${encodeURIComponent(tool)}/`, rateLimit: undefined, role: query.role };
  }
  throw new RouteNotFoundError(asked.method, pathOf(asked));
}

function limitOf(query: RouteQuery, factor: number): number | undefined {
  const limit = Number(query.limit);
  return Number.isSafeInteger(limit) && limit > 0 ? limit * factor : undefined;
}

function pass(
  request: FastifyRequest,
  reply: FastifyReply,
  route: AskedRoute,
  options: ForwardAuthOptions,
): FastifyReply {
  const { principal } = request;
  if (principal === undefined && route.public !== true) throw new UnauthenticatedError();
  if (route.role !== undefined && !principal?.roles.includes(route.role)) throw new RoleRequiredError(route.role);
  const cookie = cookieFor(route, request.headers.cookie);
  if (cookie !== undefined) reply.header('cookie', cookie);
  // A tool knows nothing of the platform's tokens, and many take any Authorization header for a failed sign-in.
  if (principal !== undefined && route.role === undefined) {
    const token = signInternalToken(principal, route.service, options.internalSecret, options.now());
    reply.header('authorization', `Bearer ${token}`);
  }
  const traceparent = findRequestContext()?.traceparent;
  if (traceparent !== undefined) reply.header('traceparent', traceparent);
  return reply.status(204).send();
}

/** Sign-in works with its own cookie, tools with theirs; nobody else gets one, and tools never the platform's. */
function cookieFor(route: AskedRoute, cookie: string | undefined): string | undefined {
  if (cookie === undefined || route.public === true) return cookie;
  if (route.role === undefined) return undefined;
  const others = cookie.split(/;\s*/).filter((pair) => !/^(__Secure-|__Host-)?plinth\./.test(pair));
  return others.length === 0 ? undefined : others.join('; ');
}

/** The problem that the client gets, as the embedded gateway would write it. */
function refuse(
  error: DomainError,
  asked: AskedRequest,
  reply: FastifyReply,
  options: ForwardAuthOptions,
): FastifyReply {
  const { log, signIn } = options;
  if (error.kind === 'internal') log.error({ err: error.cause ?? error }, 'a request could not be verified');
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  const location = error instanceof UnauthenticatedError ? signIn.findRedirect(asked, asked.uri) : undefined;
  if (location !== undefined) return leadTo(location, reply);
  if (error.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  const path = pathOf(asked);
  const problem = toProblem(error, reply.request.id, path.length > LONGEST_INSTANCE ? undefined : path);
  reply.header('content-type', 'application/problem+json');
  if ((reply.request.query as RouteQuery).refuse !== '403')
    return reply.status(problem.status).send(JSON.stringify(problem));
  // nginx's auth_request knows 401 and 403 only and drops the body; it gives the client what these headers say.
  reply.header('x-plinth-status', String(problem.status));
  reply.header('x-plinth-problem', toAsciiJson(problem));
  return reply.status(403).send(JSON.stringify(problem));
}

/** Where a browser signs in; nginx is told in headers. */
function leadTo(location: string, reply: FastifyReply): FastifyReply {
  if ((reply.request.query as RouteQuery).refuse !== '403') return reply.redirect(location, 302);
  return reply.headers({ 'x-plinth-status': '302', 'x-plinth-location': location }).status(403).send();
}

function pathOf({ uri }: AskedRequest): string {
  return uri.split('?')[0] ?? '';
}

/** JSON that may stand in a header: only visible ASCII characters and spaces. */
function toAsciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
