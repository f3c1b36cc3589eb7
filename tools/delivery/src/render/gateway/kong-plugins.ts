import {
  claimHeaders,
  CORS_MAX_AGE,
  corsExposedHeaders,
  corsMethods,
  corsRequestHeaders,
  securityHeaders,
  strictTransportSecurity,
} from './edge-policy.ts';
import { askedAddresses, type AskedAddresses, type GatewayModel, type GatewayRoute } from './gateway-model.ts';
import { kongSignIn } from './kong-sign-in.ts';
import { kongVerifier } from './kong-verifier.ts';

export interface KongPlugin {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Kong's own, which it writes over whatever the client says. */
const ownHeaders = new Set(['X-Forwarded-Port', 'X-Forwarded-Prefix', 'X-Real-Ip']);

/** Plugins of a route, each at most once: of two with one name Kong would take the last. */
export function kongPluginsOf(
  route: GatewayRoute,
  model: GatewayModel,
  asked: AskedAddresses = askedAddresses(model),
): KongPlugin[] {
  return [
    ...(route.kind === 'api' ? [corsPlugin(model)] : []),
    correlationPlugin,
    claimsPlugin,
    bodyLimitPlugin(route.bodyLimit),
    headersPlugin(model),
    ...askingPlugins(route, asked),
  ];
}

/** After all others: preflight requests and bodies that are too large never get here. */
function askingPlugins(route: GatewayRoute, { verifier, signIn }: AskedAddresses): KongPlugin[] {
  if (route.signIn) return [{ name: 'post-function', config: { ...kongSignIn(signIn ?? '') } }];
  if (route.verify === undefined) return [];
  return [{ name: 'post-function', config: { ...kongVerifier(verifier, route.verify) } }];
}

/** Kong takes origins with anything but letters, digits and a few signs for regular expressions. */
function corsPlugin({ origins }: GatewayModel): KongPlugin {
  return {
    name: 'cors',
    config: {
      // Without origins Kong would answer `*`: an origin that no browser has lets nobody in.
      origins:
        origins.exact.length + origins.expressions.length === 0
          ? ['null.invalid']
          : [...origins.exact, ...origins.expressions],
      methods: [...corsMethods],
      headers: [...corsRequestHeaders],
      exposed_headers: [...corsExposedHeaders],
      credentials: true,
      max_age: CORS_MAX_AGE,
      preflight_continue: false,
    },
  };
}

const correlationPlugin: KongPlugin = {
  name: 'correlation-id',
  config: { header_name: 'X-Request-ID', generator: 'uuid', echo_downstream: true },
};

/** What only a gateway may say of a request. */
const claimsPlugin: KongPlugin = {
  name: 'request-transformer',
  config: { remove: { headers: ['X-Forwarded-For', ...claimHeaders.filter((name) => !ownHeaders.has(name))] } },
};

function bodyLimitPlugin(bytes: number): KongPlugin {
  return {
    name: 'request-size-limiting',
    config: { allowed_payload_size: bytes, size_unit: 'bytes', require_content_length: false },
  };
}

function headersPlugin({ https }: GatewayModel): KongPlugin {
  const headers = { ...securityHeaders, ...(https ? { 'Strict-Transport-Security': strictTransportSecurity } : {}) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
  // `replace` is for headers that the service sent, `add` for those that it did not.
  return {
    name: 'response-transformer',
    config: { remove: { headers: ['X-Powered-By'] }, replace: { headers: lines }, add: { headers: lines } },
  };
}
