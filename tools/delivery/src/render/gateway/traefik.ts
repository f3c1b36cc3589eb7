import type { Artifact } from '../artifact.ts';
import { renderYaml } from '../yaml.ts';
import { slowClient } from './edge-policy.ts';
import { askedAddresses, type GatewayModel } from './gateway-model.ts';
import { toTraefikMiddlewares } from './traefik-middlewares.ts';
import { toTraefikRouters } from './traefik-routers.ts';

/** Traefik's static and dynamic files. */
export function renderTraefik(model: GatewayModel): Artifact[] {
  return [
    { path: 'traefik/traefik.yml', content: renderYaml(toStatic(model)) },
    { path: 'traefik/dynamic.yml', content: renderYaml(toTraefikDynamic(model)) },
  ];
}

/** What the file provider reads: routers, services, middlewares and transports. */
export function toTraefikDynamic(model: GatewayModel): Record<string, unknown> {
  const { routers, services } = toTraefikRouters(model);
  return {
    http: {
      routers,
      services,
      middlewares: toTraefikMiddlewares(model, askedAddresses(model)),
      serversTransports: traefikTransports,
    },
    ...(model.https ? { tls: { options: { default: { minVersion: 'VersionTLS12', sniStrict: true } } } } : {}),
  };
}

/** Requirement 02: 60 s, and 5 s on critical routes. */
export const traefikTransports = {
  usual: { forwardingTimeouts: { dialTimeout: '60s', responseHeaderTimeout: '60s', idleConnTimeout: '90s' } },
  critical: { forwardingTimeouts: { dialTimeout: '5s', responseHeaderTimeout: '5s', idleConnTimeout: '90s' } },
} as const;

/** No service of ours has a path with these, and readers of paths differ over them. */
const pathRules = {
  maxHeaderBytes: 65_536,
  encodedCharacters: { allowEncodedBackSlash: false, allowEncodedNullCharacter: false },
} as const;

function toStatic(model: GatewayModel): Record<string, unknown> {
  const { ports, tls } = model;
  const transport = {
    // Of the whole request with its body; a client that sends by drops holds a connection no longer than this.
    respondingTimeouts: {
      readTimeout: `${slowClient.body + slowClient.header + 20}s`,
      idleTimeout: `${slowClient.idle}s`,
    },
    lifeCycle: { requestAcceptGraceTimeout: '5s', graceTimeOut: '20s' },
  };
  return {
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    log: { level: 'INFO', format: 'json' },
    accessLog: {
      format: 'json',
      // Queries may carry what nobody should find in a log.
      fields: {
        names: { RequestPath: 'keep', ClientUsername: 'drop' },
        headers: { defaultMode: 'drop' },
        queryParameters: { defaultMode: 'drop' },
      },
    },
    metrics: { prometheus: { entryPoint: 'traefik', addRoutersLabels: true } },
    ping: { entryPoint: 'traefik' },
    providers: { file: { filename: `${model.folder}/dynamic.yml`, watch: true } },
    entryPoints: {
      web: {
        address: `:${ports.http}`,
        transport,
        http: {
          ...pathRules,
          ...(model.https ? { redirections: { entryPoint: { to: ':443', scheme: 'https', permanent: true } } } : {}),
        },
      },
      ...(model.https
        ? {
            websecure: { address: `:${ports.https}`, transport, http: pathRules, http2: { maxConcurrentStreams: 250 } },
          }
        : {}),
      traefik: { address: `:${ports.admin}` },
    },
    ...(tls === undefined
      ? {}
      : {
          certificatesResolvers: {
            platform: {
              acme: {
                email: tls.email,
                storage: '/var/tmp/acme.json',
                ...(tls.challenge === 'dns-01'
                  ? { dnsChallenge: { provider: tls.dnsProvider ?? 'manual' } }
                  : { httpChallenge: { entryPoint: 'web' } }),
              },
            },
          },
        }),
  };
}
