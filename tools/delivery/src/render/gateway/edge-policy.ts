/** What every gateway does alike (requirement 02), as the embedded one in apps/server/src/gateway does it. */
export const corsMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export const corsRequestHeaders = [
  'Authorization',
  'Content-Type',
  'X-Tenant-ID',
  'Idempotency-Key',
  'If-Match',
  'X-API-Key',
] as const;

export const corsExposedHeaders = ['X-Request-ID', 'ETag', 'Retry-After', 'RateLimit', 'RateLimit-Policy'] as const;

/** Seconds for which a browser remembers the answer to a preflight request. */
export const CORS_MAX_AGE = 3600;

/** Set on every response, in place of what the service behind says. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'geolocation=(), microphone=(), camera=()',
};

export const strictTransportSecurity = 'max-age=31536000; includeSubDomains; preload';

/**
 * Of the answer of `/edge/verify`: what the service behind gets in place of what the client sent. What the answer has
 * not is taken away: a cookie is there on public routes and, without the platform's own, for tools.
 */
export const headersForService = [
  'Authorization',
  'Cookie',
  'X-Request-ID',
  'traceparent',
  'RateLimit',
  'RateLimit-Policy',
] as const;

/** Of the answer of oauth2-proxy: what a tool gets to know of whoever opens it. */
export const staffHeaders = [
  'X-Auth-Request-User',
  'X-Auth-Request-Email',
  'X-Auth-Request-Preferred-Username',
] as const;

/**
 * Paths of oauth2-proxy: whether a request is signed in (202, or 401), the way to the identity provider, and its one
 * upstream, which answers as the first does to programs and as the second does to browsers.
 */
export const signInPaths = { question: '/oauth2/auth', start: '/oauth2/start', either: '/' } as const;

/** A browser that opens a page; everything else that is not signed in gets 401. */
export const pageRequest = { method: 'GET', accept: 'text/html' } as const;

/** Of the client: what only a gateway may say of a request, and is dropped before anybody believes it. */
export const claimHeaders = [
  'Forwarded',
  'X-Forwarded-Method',
  'X-Forwarded-Port',
  'X-Forwarded-Prefix',
  'X-Forwarded-Server',
  'X-Forwarded-Uri',
  'X-Forwarded-User',
  'X-Forwarded-Email',
  'X-Forwarded-Groups',
  'X-Forwarded-Preferred-Username',
  'X-Real-Ip',
  ...staffHeaders,
  'X-Auth-Request-Groups',
  'X-Auth-Request-Access-Token',
  'X-Auth-Request-Redirect',
  'X-Plinth-Status',
  'X-Plinth-Location',
  'X-Plinth-Problem',
  'X-Plinth-Subject',
  'X-Plinth-Tenant',
  'X-Plinth-Roles',
  'RateLimit',
  'RateLimit-Policy',
] as const;

/** Request ids of clients that are taken over; all others are replaced. */
export const requestIdPattern = '^[A-Za-z0-9._-]{8,128}$';

/** Seconds after which a client that sends slowly, or nothing, is let go. */
export const slowClient = { header: 10, body: 30, idle: 75, send: 60 } as const;

/** Requests that one upstream and one client address may have open at a time. */
export const inFlight = { perClient: 256, perService: 1024 } as const;

/** Seconds that the question at `/edge/verify` may take. */
export const VERIFY_TIMEOUT = 5;

/** Refusals of a gateway's own, as RFC 9457 problems; the codes are those of the embedded gateway. */
export const problems = {
  404: { code: 'route.not_found', detail: 'There is no such path on this host.' },
  413: { code: 'request.too_large', detail: 'The request body is larger than this route accepts.' },
  502: { code: 'service.unavailable', detail: 'The service cannot be reached.' },
  503: { code: 'service.unavailable', detail: 'The service cannot be reached.' },
  504: { code: 'service.timeout', detail: 'The service did not answer in time.' },
} as const;

export type ProblemStatus = keyof typeof problems;

/** What programs get at a tool for which they are not signed in. */
export const signInProblem = toDocument(401, 'auth.required', 'Sign in to use this tool.');

/** The problem document of a status, in one line of ASCII without `'`, `{{` or a backslash. */
export function problemDocument(status: ProblemStatus): string {
  const { code, detail } = problems[status];
  return toDocument(status, code, detail);
}

function toDocument(status: number, code: string, detail: string): string {
  return JSON.stringify({
    type: `urn:plinth:error:${code}`,
    title: code.replaceAll(/[._]/g, ' '),
    status,
    detail,
    code,
  });
}
