import { block } from './caddy-block.ts';
import { headersForService, signInPaths, signInProblem, staffHeaders, VERIFY_TIMEOUT } from './edge-policy.ts';
import type { GatewayModel, GatewayRoute } from './gateway-model.ts';

const corsOfService = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Expose-Headers',
] as const;

/** One route of a site: what is blocked below it, and the handler of the rest. */
export function renderCaddyRoute(route: GatewayRoute, model: GatewayModel): string {
  const matcher = `@${route.name}`;
  // `route` keeps the order in which things are written: a preflight request is answered before anybody is asked.
  const steps = block('route', [
    ...(route.kind === 'api' ? ['import plinth_cors'] : []),
    block('request_body', [`max_size ${route.bodyLimit}`]),
    ...(route.verify === undefined ? [] : [forwardAuth(route, model)]),
    ...(route.signIn ? [signIn(model)] : []),
    reverseProxy(route),
  ]);
  const body = block(route.path === '/' ? 'handle' : `handle ${matcher}`, [steps]);
  return [
    ...route.blockedPaths.flatMap((path, index) => [
      `${matcher}-blocked-${index} path ${path} ${path}/*`,
      `error ${matcher}-blocked-${index} 404`,
    ]),
    ...(route.path === '/' ? [] : [`${matcher} path ${route.path} ${route.path}/*`]),
    body,
  ].join('\n');
}

function forwardAuth(route: GatewayRoute, model: GatewayModel): string {
  return block(`forward_auth ${model.verifier}`, [
    `uri /edge/verify?${route.verify ?? ''}`,
    `copy_headers ${headersForService.join(' ')}`,
    askingTransport,
  ]);
}

/** Asks oauth2-proxy. Pages begin its sign-in, which leads back to them; the answer to everything else is its own. */
function signIn({ signIn: proxy }: GatewayModel): string {
  const address = proxy?.address ?? '';
  return block(`forward_auth ${address}`, [
    `uri ${signInPaths.question}`,
    `copy_headers ${staffHeaders.join(' ')}`,
    askingTransport,
    '@plinth_unknown status 401',
    // In the order in which it is written; Caddy's own has `respond` first.
    block('handle_response @plinth_unknown', [
      block('route', [
        block(`reverse_proxy @plinth_page ${address}`, [
          // The empty query takes the place of the page's own, in which oauth2-proxy would look for the way back.
          `rewrite ${signInPaths.start}?`,
          'header_up X-Auth-Request-Redirect {scheme}://{hostport}{http.request.orig_uri}',
          askingTransport,
        ]),
        'header Content-Type application/problem+json',
        `respond \`${signInProblem}\` 401`,
      ]),
    ]),
  ]);
}

const askingTransport = block('transport http', [
  'dial_timeout 2s',
  `response_header_timeout ${VERIFY_TIMEOUT}s`,
  `read_timeout ${VERIFY_TIMEOUT}s`,
]);

function reverseProxy(route: GatewayRoute): string {
  const seconds = `${route.timeoutSeconds}s`;
  const counted = route.verify !== undefined && route.rateLimit !== undefined;
  return block(`reverse_proxy ${route.upstream}`, [
    ...(route.verify === undefined ? [] : ['header_up -X-API-Key']),
    ...(counted
      ? [
          'header_down RateLimit {http.request.header.RateLimit}',
          'header_down RateLimit-Policy {http.request.header.RateLimit-Policy}',
        ]
      : []),
    ...(route.kind === 'api' ? corsOfService.map((name) => `header_down -${name}`) : []),
    ...(route.critical
      ? ['fail_duration 10s', 'max_fails 5', 'unhealthy_status 5xx', `unhealthy_latency ${seconds}`]
      : []),
    block('transport http', [
      `dial_timeout ${seconds}`,
      `response_header_timeout ${seconds}`,
      // Without its own answer a page may stream for as long as it likes.
      ...(route.kind === 'api' ? [`read_timeout ${seconds}`, `write_timeout ${seconds}`] : []),
    ]),
  ]);
}
