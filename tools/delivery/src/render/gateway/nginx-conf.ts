import type { Artifact } from '../artifact.ts';
import { renderedBy } from '../yaml.ts';
import {
  CORS_MAX_AGE,
  corsExposedHeaders,
  corsMethods,
  corsRequestHeaders,
  inFlight,
  pageRequest,
  requestIdPattern,
  slowClient,
} from './edge-policy.ts';
import { listRoutes, type GatewayModel } from './gateway-model.ts';
import { nginxBlock } from './nginx-block.ts';
import { renderNginxDefaultServers, renderNginxServer } from './nginx-server.ts';

/** One nginx.conf for stock nginx (auth_request, realip and no third-party module). */
export function renderNginx(model: GatewayModel): Artifact[] {
  const content = [
    `# ${renderedBy}`,
    'worker_processes auto;',
    'pid /tmp/nginx.pid;',
    'error_log stderr warn;',
    nginxBlock('events', ['worker_connections 4096;']),
    nginxBlock('http', [
      ...general,
      `access_log ${model.accessLog} plinth;`,
      ...slowClients,
      ...maps(model),
      ...renderNginxDefaultServers(model),
      ...model.hosts.map((host) => renderNginxServer(host, model)),
    ]),
  ].join('\n\n');
  return [{ path: 'nginx/nginx.conf', content: `${content}\n` }];
}

const general = [
  // The root file system is read-only.
  ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path /tmp/nginx-${kind};`),
  'default_type application/octet-stream;',
  'server_tokens off;',
  // Paths without their query, which may carry what nobody should find in a log.
  `log_format plinth escape=json '{"time":"$time_iso8601","requestId":"$plinth_request_id","method":"$request_method",'
    '"host":"$host","path":"$uri","status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,'
    '"client":"$remote_addr","upstream":"$upstream_addr"}';`,
  // Docker's own DNS, asked again and again: a restarted container is found at its new address.
  'resolver 127.0.0.11 valid=10s ipv6=off;',
  'resolver_timeout 2s;',
  'server_names_hash_bucket_size 128;',
  'variables_hash_bucket_size 128;',
  'map_hash_bucket_size 256;',
  'proxy_http_version 1.1;',
  'proxy_buffer_size 16k;',
  'proxy_buffers 8 16k;',
  'proxy_next_upstream off;',
  // What a request did not ask for is empty; there is no other way to say so that subrequests leave alone.
  'uninitialized_variable_warn off;',
] as const;

const slowClients = [
  `client_header_timeout ${slowClient.header}s;`,
  `client_body_timeout ${slowClient.body}s;`,
  `send_timeout ${slowClient.send}s;`,
  `keepalive_timeout ${slowClient.idle}s;`,
  'reset_timedout_connection on;',
  'large_client_header_buffers 4 32k;',
  'limit_conn_zone $binary_remote_addr zone=plinth_clients:10m;',
  `limit_conn plinth_clients ${inFlight.perClient};`,
  'limit_conn_status 503;',
] as const;

/** Values that depend on the request. */
function maps(model: GatewayModel): string[] {
  return [
    nginxMap('$http_x_request_id', '$plinth_request_id', [`"~${requestIdPattern}" $http_x_request_id;`], '$request_id'),
    nginxMap('$http_upgrade', '$plinth_connection', ['"" "";'], 'upgrade'),
    ...(listRoutes(model).some((route) => route.kind === 'api') ? corsMaps(model) : []),
    ...(listRoutes(model).some((route) => route.signIn)
      ? [
          nginxMap('$request_method $http_accept', '$plinth_page', [
            `"~^${pageRequest.method} .*${pageRequest.accept}" 1;`,
          ]),
        ]
      : []),
  ];
}

/** CORS is for API routes, which say so in $plinth_cors; without any of them nobody sets it. */
function corsMaps({ origins }: GatewayModel): string[] {
  return [
    nginxMap('$plinth_cors$http_origin', '$plinth_vary', ['~^on. Origin;'], '""'),
    nginxMap('$plinth_cors$http_origin', '$plinth_cors_origin', [
      ...origins.exact.map((origin) => `"on${origin}" $http_origin;`),
      ...origins.expressions.map((expression) => `"~^on${expression.slice(1)}" $http_origin;`),
    ]),
    nginxMap('$plinth_cors_origin', '$plinth_cors_credentials', ['"" "";'], 'true'),
    nginxMap('$plinth_cors_origin', '$plinth_cors_expose', ['"" "";'], `"${corsExposedHeaders.join(', ')}"`),
    nginxMap('$plinth_cors$request_method$http_access_control_request_method', '$plinth_preflight', [
      '~^onOPTIONS. 1;',
    ]),
    nginxMap('$plinth_preflight', '$plinth_cors_methods', [`1 "${corsMethods.join(', ')}";`]),
    nginxMap('$plinth_preflight', '$plinth_cors_headers', [`1 "${corsRequestHeaders.join(', ')}";`]),
    nginxMap('$plinth_preflight', '$plinth_cors_age', [`1 ${CORS_MAX_AGE};`]),
  ];
}

function nginxMap(source: string, target: string, lines: readonly string[], otherwise = '""'): string {
  return nginxBlock(`map "${source}" ${target}`, [`default ${otherwise};`, ...lines]);
}
