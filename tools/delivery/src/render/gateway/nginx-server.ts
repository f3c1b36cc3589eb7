import {
  claimHeaders,
  problemDocument,
  problems,
  securityHeaders,
  signInPaths,
  signInProblem,
  staffHeaders,
  strictTransportSecurity,
  VERIFY_TIMEOUT,
  type ProblemStatus,
} from './edge-policy.ts';
import type { GatewayHost, GatewayModel } from './gateway-model.ts';
import { nginxBlock } from './nginx-block.ts';
import { nginxHiddenHeaders, nginxStaffVariable, renderNginxRoute } from './nginx-route.ts';

/** Statuses that `/edge/verify` may mean; nginx cannot return a status that is in a variable. */
const refusals = [400, 401, 404, 429, 500, 503] as const;
/** Certificate and key as a Kubernetes TLS secret holds them; stock nginx gets no certificates by itself. */
const tlsFolder = '/etc/nginx/tls';

/** The server of one host. */
export function renderNginxServer(host: GatewayHost, model: GatewayModel): string {
  const { ports, https } = model;
  const asksProxy = host.routes.some((route) => route.signIn);
  const redirect = nginxBlock('server', [
    `listen ${ports.http};`,
    `server_name ${host.name};`,
    nginxBlock('location /.well-known/acme-challenge/', ['root /var/lib/acme;']),
    nginxBlock('location /', ['return 308 https://$host$request_uri;']),
  ]);
  const server = nginxBlock('server', [
    ...(https
      ? [
          `listen ${ports.https} ssl http2;`,
          `ssl_certificate ${tlsFolder}/tls.crt;`,
          `ssl_certificate_key ${tlsFolder}/tls.key;`,
          'ssl_protocols TLSv1.2 TLSv1.3;',
          'ssl_session_cache shared:plinth_tls:10m;',
        ]
      : [`listen ${ports.http};`]),
    `server_name ${host.name};`,
    `set $plinth_verifier ${model.verifier};`,
    ...(asksProxy ? [`set $plinth_sign_in ${model.signIn?.address ?? ''};`] : []),
    ...responseHeaders(https),
    ...(host.routes.some((route) => route.kind === 'api') ? corsHeaders : []),
    ...requestHeaders(asksProxy),
    ...ownRefusals(),
    ...(host.routes.some((route) => route.verify !== undefined) ? verifying : []),
    ...(asksProxy ? signingIn : []),
    ...host.routes.map((route) => renderNginxRoute(route)),
    ...(host.routes.some((route) => route.path === '/') ? [] : [nginxBlock('location /', ['return 404;'])]),
  ]);
  return https ? `${redirect}\n${server}` : server;
}

/** Hosts that are nobody's, and the health check, which has a port of its own. */
export function renderNginxDefaultServers({ ports, https }: GatewayModel): string[] {
  return [
    nginxBlock('server', [
      `listen ${ports.http} default_server;`,
      'server_name _;',
      ...ownRefusals(),
      ...(https ? [nginxBlock('location /.well-known/acme-challenge/', ['root /var/lib/acme;'])] : []),
      nginxBlock('location /', ['return 404;']),
    ]),
    nginxBlock('server', [
      `listen ${ports.admin};`,
      nginxBlock('location = /health', ['access_log off;', 'default_type text/plain;', 'return 200 ok;']),
      nginxBlock('location /', ['return 404;']),
    ]),
    ...(https
      ? [nginxBlock('server', [`listen ${ports.https} ssl http2 default_server;`, 'ssl_reject_handshake on;'])]
      : []),
  ];
}

/** Headers of every response, in place of those of the service behind. Empty ones are not sent. */
function responseHeaders(https: boolean): string[] {
  const own = Object.entries({
    ...securityHeaders,
    ...(https ? { 'Strict-Transport-Security': strictTransportSecurity } : {}),
  });
  return [
    ...nginxHiddenHeaders.map((name) => `proxy_hide_header ${name};`),
    ...own.map(([name, value]) => `add_header ${name} "${value}" always;`),
    'add_header X-Request-ID $plinth_request_id always;',
  ];
}

const corsHeaders = [
  'add_header Vary $plinth_vary always;',
  'add_header Access-Control-Allow-Origin $plinth_cors_origin always;',
  'add_header Access-Control-Allow-Credentials $plinth_cors_credentials always;',
  'add_header Access-Control-Expose-Headers $plinth_cors_expose always;',
  'add_header Access-Control-Allow-Methods $plinth_cors_methods always;',
  'add_header Access-Control-Allow-Headers $plinth_cors_headers always;',
  'add_header Access-Control-Max-Age $plinth_cors_age always;',
] as const;

/** What the service behind gets; each route says what becomes of the client's credentials. */
function requestHeaders(asksProxy: boolean): string[] {
  const staff = new Set<string>(asksProxy ? staffHeaders : []);
  return [
    ...claimHeaders.map((name) => `proxy_set_header ${name} ${staff.has(name) ? nginxStaffVariable(name) : '""'};`),
    ...setHeaders,
  ];
}

const setHeaders = [
  'proxy_set_header Host $http_host;',
  'proxy_set_header Connection $plinth_connection;',
  'proxy_set_header Upgrade $http_upgrade;',
  'proxy_set_header X-Forwarded-For $remote_addr;',
  'proxy_set_header X-Forwarded-Host $http_host;',
  'proxy_set_header X-Forwarded-Proto $scheme;',
  'proxy_set_header X-Request-ID $plinth_request_id;',
  'proxy_set_header traceparent $plinth_traceparent;',
  'proxy_set_header Authorization $plinth_authorization;',
  'proxy_set_header Cookie $plinth_cookie;',
  'proxy_set_header X-API-Key $plinth_api_key;',
] as const;

function ownRefusals(): string[] {
  const statuses = Object.keys(problems).map((status) => Number(status) as ProblemStatus);
  return [
    ...statuses.map((status) => `error_page ${status} @plinth_${status};`),
    ...statuses.map((status) =>
      nginxBlock(`location @plinth_${status}`, [
        'default_type application/problem+json;',
        `return ${status} '${problemDocument(status)}';`,
      ]),
    ),
  ];
}

const verifyLocation = nginxBlock('location = /.plinth/verify', [
  'internal;',
  'proxy_pass http://$plinth_verifier/edge/verify?$plinth_verify&refuse=403;',
  'proxy_method GET;',
  'proxy_pass_request_body off;',
  `proxy_connect_timeout 2s;`,
  `proxy_read_timeout ${VERIFY_TIMEOUT}s;`,
  // A refusal travels in headers.
  'proxy_buffer_size 64k;',
  'proxy_buffers 4 64k;',
  'proxy_busy_buffers_size 64k;',
  'proxy_set_header Host $http_host;',
  'proxy_set_header Connection "";',
  'proxy_set_header Content-Length "";',
  'proxy_set_header X-Forwarded-Method $request_method;',
  'proxy_set_header X-Forwarded-Uri $request_uri;',
  'proxy_set_header X-Forwarded-Host $http_host;',
  'proxy_set_header X-Forwarded-Proto $scheme;',
  'proxy_set_header X-Forwarded-For $remote_addr;',
  'proxy_set_header X-Request-ID $plinth_request_id;',
]);

const refusedLocation = nginxBlock('location @plinth_refused', [
  'default_type application/problem+json;',
  // A browser that opens a page goes to the sign-in.
  'if ($plinth_status = 302) { return 302 $plinth_location; }',
  ...refusals.map((status) => `if ($plinth_status = ${status}) { return ${status} $plinth_problem; }`),
  'return 403 $plinth_problem;',
]);

/** What hosts have that ask at `/edge/verify`. */
const verifying = [
  'add_header RateLimit $plinth_ratelimit always;',
  'add_header RateLimit-Policy $plinth_ratelimit_policy always;',
  'add_header Retry-After $plinth_retry_after always;',
  'add_header WWW-Authenticate $plinth_www_authenticate always;',
  // Nothing else ends in these two: statuses of services are passed on as they are.
  'error_page 403 = @plinth_refused;',
  'error_page 500 = @plinth_503;',
  verifyLocation,
  refusedLocation,
] as const;

/** What oauth2-proxy is told. Without the page's own address it would lead everybody to its own host in the end. */
const askingProxy = [
  'proxy_method GET;',
  'proxy_pass_request_body off;',
  'proxy_connect_timeout 2s;',
  `proxy_read_timeout ${VERIFY_TIMEOUT}s;`,
  ...claimHeaders.filter((name) => name !== 'X-Auth-Request-Redirect').map((name) => `proxy_set_header ${name} "";`),
  'proxy_set_header Host $http_host;',
  'proxy_set_header Connection "";',
  'proxy_set_header Content-Length "";',
  'proxy_set_header X-Auth-Request-Redirect $scheme://$http_host$request_uri;',
  'proxy_set_header X-Forwarded-Host $http_host;',
  'proxy_set_header X-Forwarded-Proto $scheme;',
  'proxy_set_header X-Forwarded-For $remote_addr;',
  'proxy_set_header X-Request-ID $plinth_request_id;',
] as const;

/** What hosts have that ask oauth2-proxy. Statuses of tools are passed on as they are. */
const signingIn = [
  'error_page 401 = @plinth_unknown;',
  'error_page 500 = @plinth_503;',
  nginxBlock('location = /.plinth/sign-in', [
    'internal;',
    `proxy_pass http://$plinth_sign_in${signInPaths.question};`,
    ...askingProxy,
  ]),
  nginxBlock('location @plinth_unknown', [
    'default_type application/problem+json;',
    `if ($plinth_page = "") { return 401 '${signInProblem}'; }`,
    // With a variable in it the path takes the place of the whole request's, query and all.
    `proxy_pass http://$plinth_sign_in${signInPaths.start};`,
    ...askingProxy,
  ]),
] as const;
