import {
  claimHeaders,
  CORS_MAX_AGE,
  corsExposedHeaders,
  corsMethods,
  corsRequestHeaders,
  headersForService,
  inFlight,
  securityHeaders,
  signInPaths,
  staffHeaders,
  strictTransportSecurity,
} from './edge-policy.ts';
import { listRoutes, type AskedAddresses, type GatewayModel, type GatewayRoute } from './gateway-model.ts';

type Middlewares = Record<string, Record<string, unknown>>;

/** What Traefik sets or drops by itself. */
const ownHeaders = new Set(['X-Forwarded-Port', 'X-Forwarded-Prefix', 'X-Forwarded-Server', 'X-Real-Ip']);
const MEMORY_BYTES = 1024 * 1024;

/**
 * Names of the middlewares of a route, outermost first. `page`: of its requests by browsers that open a page, where
 * oauth2-proxy tells them apart.
 */
export function traefikMiddlewaresOf(route: GatewayRoute, page = false): string[] {
  const isApi = route.kind === 'api';
  return [
    'headers',
    'in-flight',
    ...(isApi ? ['cors', bodyLimitName(route.bodyLimit)] : []),
    ...(route.verify === undefined ? [] : [`verify-${route.name}`, 'verified']),
    ...(route.signIn ? [page ? 'sign-in' : 'signed-in'] : []),
    ...(route.critical ? ['circuit-breaker'] : []),
  ];
}

/** Every middleware that a route of the platform uses. */
export function toTraefikMiddlewares(model: GatewayModel, asked: AskedAddresses): Middlewares {
  const routes = listRoutes(model);
  const all: Middlewares = {
    headers: { headers: toHeaders(model) },
    'in-flight': { inFlightReq: { amount: inFlight.perClient, sourceCriterion: { ipStrategy: { depth: 0 } } } },
    cors: { headers: toCors(model) },
    'circuit-breaker': {
      circuitBreaker: {
        expression: 'NetworkErrorRatio() > 0.50 || ResponseCodeRatio(500, 600, 0, 600) > 0.50',
        checkPeriod: '1s',
        fallbackDuration: '10s',
        recoveryDuration: '10s',
      },
    },
    verified: { headers: { customRequestHeaders: removed(['X-API-Key']) } },
    ...signInMiddlewares(asked.signIn),
    ...Object.fromEntries(routes.map((route) => [bodyLimitName(route.bodyLimit), toBodyLimit(route.bodyLimit)])),
    ...Object.fromEntries(
      routes
        .filter((route) => route.verify !== undefined)
        .map((route) => [`verify-${route.name}`, toForwardAuth(asked.verifier, route.verify ?? '')]),
    ),
  };
  const used = new Set(routes.flatMap((route) => [false, true].flatMap((page) => traefikMiddlewaresOf(route, page))));
  return Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
}

function toForwardAuth(verifier: string, verify: string): Record<string, unknown> {
  return {
    forwardAuth: {
      address: `http://${verifier}/edge/verify?${verify}`,
      trustForwardHeader: false,
      authResponseHeaders: [...headersForService],
      maxResponseBodySize: 65_536,
    },
  };
}

/**
 * Traefik hands a refusal on as it is: the upstream of oauth2-proxy answers with the way to the provider, its question
 * with 401.
 */
function signInMiddlewares(address: string | undefined): Middlewares {
  if (address === undefined) return {};
  const ask = (path: string) => ({
    forwardAuth: {
      address: `http://${address}${path}`,
      trustForwardHeader: false,
      authResponseHeaders: [...staffHeaders],
      maxResponseBodySize: 65_536,
    },
  });
  return { 'sign-in': ask(signInPaths.either), 'signed-in': ask(signInPaths.question) };
}

function toHeaders(model: GatewayModel): Record<string, unknown> {
  return {
    customRequestHeaders: removed(claimHeaders.filter((name) => !ownHeaders.has(name))),
    customResponseHeaders: {
      ...securityHeaders,
      ...(model.https ? { 'Strict-Transport-Security': strictTransportSecurity } : {}),
      Server: '',
      'X-Powered-By': '',
    },
  };
}

function toCors({ origins }: GatewayModel): Record<string, unknown> {
  return {
    accessControlAllowCredentials: true,
    accessControlAllowHeaders: [...corsRequestHeaders],
    accessControlAllowMethods: [...corsMethods],
    accessControlAllowOriginList: [...origins.exact],
    accessControlAllowOriginListRegex: [...origins.expressions],
    accessControlExposeHeaders: [...corsExposedHeaders],
    accessControlMaxAge: CORS_MAX_AGE,
    addVaryHeader: true,
  };
}

// Traefik limits bodies by reading them first, and it reads responses as well: API routes only, so that pages may
// stream and tools may open web sockets.
function toBodyLimit(bytes: number): Record<string, unknown> {
  return { buffering: { maxRequestBodyBytes: bytes, memRequestBodyBytes: Math.min(bytes, MEMORY_BYTES) } };
}

function bodyLimitName(bytes: number): string {
  return `body-limit-${bytes}`;
}

function removed(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, '']));
}
