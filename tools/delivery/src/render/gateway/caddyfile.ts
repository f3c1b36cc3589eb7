import type { Artifact } from '../artifact.ts';
import { renderedBy } from '../yaml.ts';
import { block } from './caddy-block.ts';
import { renderCaddyRoute } from './caddy-route.ts';
import {
  claimHeaders,
  CORS_MAX_AGE,
  corsExposedHeaders,
  corsMethods,
  corsRequestHeaders,
  pageRequest,
  problemDocument,
  problems,
  requestIdPattern,
  securityHeaders,
  slowClient,
  strictTransportSecurity,
  type ProblemStatus,
} from './edge-policy.ts';
import type { GatewayHost, GatewayModel } from './gateway-model.ts';
import { originExpression } from './origin-pattern.ts';

/** A Caddyfile for stock Caddy 2.11 or later: no module beside those of the official build. */
export function renderCaddy(model: GatewayModel): Artifact[] {
  const content = [
    `# ${renderedBy}`,
    globalOptions(model),
    headersSnippet(model),
    corsSnippet(model),
    refusalsSnippet(),
    ...model.hosts.map((host) => site(host, model)),
    ...(model.https ? [] : [unknownHostSite(model)]),
    adminSite(model),
  ].join('\n\n');
  return [{ path: 'caddy/Caddyfile', content: `${content}\n` }];
}

function globalOptions({ ports, tls, https }: GatewayModel): string {
  return block('', [
    '# It could change the configuration, and is reached from inside the container only.',
    `admin 127.0.0.1:${ports.caddy}`,
    'persist_config off',
    `http_port ${ports.http}`,
    `https_port ${ports.https}`,
    ...(https ? [] : ['auto_https off']),
    ...(tls === undefined ? [] : [`email ${tls.email}`]),
    ...(tls?.challenge === 'dns-01'
      ? ['# DNS-01 needs a provider module, which stock Caddy has not: it proves the hosts by HTTP-01 or TLS-ALPN-01.']
      : []),
    'grace_period 20s',
    'metrics',
    block('log', ['output stdout', 'format json']),
    block('servers', [
      block('timeouts', [
        `read_header ${slowClient.header}s`,
        `read_body ${slowClient.body * 2}s`,
        `idle ${slowClient.idle}s`,
      ]),
      'max_header_size 64KB',
    ]),
  ]);
}

/** Headers of every response, whoever made it. Set when it is sent, in place of those of the service behind. */
function headersSnippet({ https }: GatewayModel): string {
  return block('(plinth_headers)', [
    block('header', [
      ...Object.entries(securityHeaders).map(([name, value]) => `${name} "${value}"`),
      ...(https ? [`Strict-Transport-Security "${strictTransportSecurity}"`] : []),
      'X-Request-ID {http.request.header.X-Request-ID}',
      '-Server',
      '-X-Powered-By',
      '-Via',
      'defer',
    ]),
  ]);
}

function corsSnippet({ origins }: GatewayModel): string {
  const expression = originExpression(origins);
  return block('(plinth_cors)', [
    '@plinth_origin header Origin *',
    block('header @plinth_origin', ['+Vary Origin', 'defer']),
    ...(expression === undefined
      ? []
      : [
          `@plinth_origin_allowed header_regexp Origin \`${expression}\``,
          block('header @plinth_origin_allowed', [
            'Access-Control-Allow-Origin {http.request.header.Origin}',
            'Access-Control-Allow-Credentials true',
            `Access-Control-Expose-Headers "${corsExposedHeaders.join(', ')}"`,
            'defer',
          ]),
        ]),
    block('@plinth_preflight', ['method OPTIONS', 'header Access-Control-Request-Method *']),
    block('handle @plinth_preflight', [
      block('header', [
        `Access-Control-Allow-Methods "${corsMethods.join(', ')}"`,
        `Access-Control-Allow-Headers "${corsRequestHeaders.join(', ')}"`,
        `Access-Control-Max-Age ${CORS_MAX_AGE}`,
      ]),
      'respond 204',
    ]),
  ]);
}

/** Refusals of Caddy's own as problems. */
function refusalsSnippet(): string {
  const statuses = Object.keys(problems).map((status) => Number(status) as ProblemStatus);
  return block('(plinth_refusals)', [
    block('handle_errors', [
      'import plinth_headers',
      ...statuses.flatMap((status) => [
        `@plinth_${status} expression \`{http.error.status_code} == ${status}\``,
        block(`handle @plinth_${status}`, [
          'header Content-Type application/problem+json',
          `respond \`${problemDocument(status)}\` ${status}`,
        ]),
      ]),
      block('handle', ['respond "" {http.error.status_code}']),
    ]),
  ]);
}

function site(host: GatewayHost, model: GatewayModel): string {
  return block(`${model.https ? 'https' : 'http'}://${host.name}`, [
    'log',
    block('route', [
      '# Claims that only a gateway may make.',
      ...claimHeaders.map((name) => `request_header -${name}`),
      `@plinth_no_id not header_regexp X-Request-ID ${requestIdPattern}`,
      'request_header @plinth_no_id X-Request-ID {http.request.uuid}',
      'import plinth_headers',
      ...(host.routes.some((route) => route.signIn)
        ? [block('@plinth_page', [`method ${pageRequest.method}`, `header Accept *${pageRequest.accept}*`])]
        : []),
      ...host.routes.map((route) => renderCaddyRoute(route, model)),
      'error 404',
    ]),
    'import plinth_refusals',
  ]);
}

/** Health and metrics, on a port that is never published. */
function adminSite({ ports }: GatewayModel): string {
  return block(`http://:${ports.admin}`, ['respond /health 200', 'metrics /metrics']);
}

/** Caddy answers hosts that it does not know with an empty 200 unless told otherwise. */
function unknownHostSite({ ports }: GatewayModel): string {
  return block(`http://:${ports.http}`, [
    block('route', ['request_header X-Request-ID {http.request.uuid}', 'error 404']),
    'import plinth_refusals',
  ]);
}
