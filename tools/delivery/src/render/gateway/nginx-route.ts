import { securityHeaders, staffHeaders } from './edge-policy.ts';
import type { GatewayRoute } from './gateway-model.ts';
import { nginxBlock } from './nginx-block.ts';
import { escapeExpression } from './origin-pattern.ts';

/** Of the service's response: what nginx says itself. */
export const nginxHiddenHeaders = [
  'X-Request-ID',
  'RateLimit',
  'RateLimit-Policy',
  'X-Powered-By',
  'Strict-Transport-Security',
  ...Object.keys(securityHeaders),
] as const;

const corsOfService = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Expose-Headers',
] as const;

/** The location of one route. Locations are regular expressions, of which nginx takes the first that fits. */
export function renderNginxRoute(route: GatewayRoute): string {
  const name = route.name.replaceAll('-', '_');
  const seconds = `${route.timeoutSeconds}s`;
  const blocked = route.blockedPaths.map((path) => nginxBlock(`location ~ ${below(path)}`, ['return 404;']));
  const isApi = route.kind === 'api';
  const location = nginxBlock(route.path === '/' ? 'location /' : `location ~ ${below(route.path)}`, [
    `client_max_body_size ${route.bodyLimit};`,
    // As a variable, so that the name is looked up again when its time is over.
    `set $plinth_upstream_${name} ${route.upstream};`,
    ...(isApi
      ? [
          'set $plinth_cors on;',
          'if ($plinth_preflight) { return 204; }',
          // A location that hides anything inherits nothing.
          ...[...nginxHiddenHeaders, ...corsOfService].map((name) => `proxy_hide_header ${name};`),
        ]
      : []),
    ...(route.verify === undefined ? keptHeaders : verify(route.verify)),
    ...(route.signIn ? signIn : []),
    `proxy_connect_timeout ${seconds};`,
    `proxy_send_timeout ${seconds};`,
    `proxy_read_timeout ${seconds};`,
    ...(isApi ? [] : ['proxy_buffering off;']),
    `proxy_pass http://$plinth_upstream_${name};`,
  ]);
  return [...blocked, location].join('\n');
}

function below(path: string): string {
  return `^${escapeExpression(path)}(/|$)`;
}

const keptHeaders = [
  'set $plinth_traceparent $http_traceparent;',
  'set $plinth_authorization $http_authorization;',
  'set $plinth_cookie $http_cookie;',
  'set $plinth_api_key $http_x_api_key;',
] as const;

/** Variable in which the server block looks for a header of oauth2-proxy's answer; empty on other routes. */
export function nginxStaffVariable(header: string): string {
  return `$plinth_${header.toLowerCase().replaceAll('-', '_')}`;
}

/** Asks oauth2-proxy; nginx lets 2xx alone pass. */
const signIn = [
  'auth_request /.plinth/sign-in;',
  ...staffHeaders.map(
    (header) =>
      `auth_request_set ${nginxStaffVariable(header)} $upstream_http_${header.toLowerCase().replaceAll('-', '_')};`,
  ),
] as const;

/** Asks `/edge/verify`. The variables of a refusal are filled in as well, for the location that answers it. */
function verify(query: string): string[] {
  const from = {
    plinth_authorization: 'authorization',
    plinth_cookie: 'cookie',
    plinth_traceparent: 'traceparent',
    plinth_ratelimit: 'ratelimit',
    plinth_ratelimit_policy: 'ratelimit_policy',
    plinth_status: 'x_plinth_status',
    plinth_problem: 'x_plinth_problem',
    plinth_location: 'x_plinth_location',
    plinth_retry_after: 'retry_after',
    plinth_www_authenticate: 'www_authenticate',
  };
  return [
    `set $plinth_verify "${query}";`,
    'set $plinth_api_key "";',
    'auth_request /.plinth/verify;',
    ...Object.entries(from).map(([name, header]) => `auth_request_set $${name} $upstream_http_${header};`),
  ];
}
