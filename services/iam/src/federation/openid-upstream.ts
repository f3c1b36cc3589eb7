import type * as Library from 'openid-client';
import { OutboundRequestFailedError, OutboundUrlRefusedError } from '@plinth/common';
import { FederationDeniedError, FederationRefusedError } from './federation.errors.ts';
import {
  runCheck,
  type ConnectionCheck,
  type Flow,
  type Upstream,
  type UpstreamContext,
  type UpstreamProfile,
} from './upstream.ts';

/** Claims of an ID token, amended by those of the userinfo endpoint. */
export type Claims = Readonly<Record<string, unknown>>;

/** One OpenID provider, and where it is peculiar. */
export interface OpenidSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** The client's secret of this moment. */
  readonly clientSecret: () => Promise<string>;
  readonly clientAuthentication: 'basic' | 'post';
  readonly scopes: readonly string[];
  readonly pkce: boolean;
  /** Parameters of the authorization request beside the usual ones. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether names and addresses that the ID token lacks are asked for. */
  readonly userInfo: boolean;
  /** Throws for a person who may not sign in, and says who they are. `form`: what came with the answer beside it. */
  readonly toProfile: (claims: Claims, form: URLSearchParams) => UpstreamProfile;
}

const metadataMs = 10 * 60_000;
const timeoutSeconds = 10;

/**
 * Signs in by OpenID Connect: authorization code with PKCE, state and nonce; the issuer of the answer (RFC 9207), and
 * signature, issuer, audience, time and nonce of the ID token are verified by openid-client.
 */
export class OpenidUpstream implements Upstream {
  readonly #settings: OpenidSettings;
  readonly #context: UpstreamContext;
  #discovered: { readonly value: Library.Configuration; readonly at: number } | undefined;

  constructor(settings: OpenidSettings, context: UpstreamContext) {
    this.#settings = settings;
    this.#context = context;
  }

  async start(flow: Flow): Promise<URL> {
    const library = await import('openid-client');
    const { scopes, pkce, parameters } = this.#settings;
    const configuration = await this.#configure(library);
    return library.buildAuthorizationUrl(configuration, {
      redirect_uri: flow.callbackUrl,
      response_type: 'code',
      scope: scopes.join(' '),
      state: flow.state,
      nonce: flow.nonce,
      ...(pkce
        ? { code_challenge: await library.calculatePKCECodeChallenge(flow.verifier), code_challenge_method: 'S256' }
        : {}),
      ...parameters,
    });
  }

  async finish(answer: URLSearchParams, flow: Flow): Promise<UpstreamProfile> {
    const library = await import('openid-client');
    const configuration = await this.#configure(library);
    const tokens = await translate(() =>
      library.authorizationCodeGrant(configuration, withoutExtras(flow.callbackUrl, answer), {
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
        ...(this.#settings.pkce ? { pkceCodeVerifier: flow.verifier } : {}),
      }),
    );
    const claims = tokens.claims() as Claims;
    const complete = typeof claims['email'] === 'string' && typeof claims['name'] === 'string';
    if (!this.#settings.userInfo || complete || !configuration.serverMetadata().userinfo_endpoint)
      return this.#settings.toProfile(claims, answer);
    const info = await translate(() =>
      library.fetchUserInfo(configuration, tokens.access_token, String(claims['sub'])),
    );
    return this.#settings.toProfile(amend(claims, info), answer);
  }

  async check(): Promise<ConnectionCheck[]> {
    const library = await import('openid-client');
    const discovery = await runCheck('discovery', async () => {
      this.#discovered = undefined;
      const { issuer } = (await this.#configure(library)).serverMetadata();
      return `the issuer is ${issuer}`;
    });
    if (!discovery.ok) return [discovery];
    const keys = await runCheck('keys', async () => {
      const { jwks_uri: url } = (await this.#configure(library)).serverMetadata();
      if (url === undefined) throw new Error('the metadata names no keys (jwks_uri)');
      const answer = await this.#context.fetch(url, {});
      const { keys: found } = (await answer.json()) as { keys?: unknown[] };
      if (!Array.isArray(found) || found.length === 0) throw new Error(`${url} holds no keys`);
      return `${found.length} keys`;
    });
    return [discovery, keys];
  }

  /** The provider as it describes itself; asked again now and then, with its keys. */
  async #configure(library: typeof Library): Promise<Library.Configuration> {
    const now = this.#context.now().getTime();
    if (this.#discovered !== undefined && now - this.#discovered.at < metadataMs) return this.#discovered.value;
    const { issuer, clientId, clientSecret, clientAuthentication } = this.#settings;
    const method = clientAuthentication === 'basic' ? library.ClientSecretBasic : library.ClientSecretPost;
    const authenticate: Library.ClientAuth = async (server, client, body, headers) =>
      method(await clientSecret())(server, client, body, headers);
    const value = await translate(() =>
      library.discovery(new URL(issuer), clientId, undefined, authenticate, {
        [library.customFetch]: this.#fetch,
        timeout: timeoutSeconds,
        execute: [
          // Otherwise TLS alone vouches for the ID token.
          library.enableNonRepudiationChecks,
          ...(this.#context.allowInsecure ? [library.allowInsecureRequests] : []),
        ],
      }),
    );
    assertWebUrl(value.serverMetadata().authorization_endpoint);
    this.#discovered = { value, at: now };
    return value;
  }

  readonly #fetch: Library.CustomFetch = (url, { method, headers, body, signal }) =>
    this.#context.fetch(url, {
      method,
      headers,
      ...(body === undefined || body === null ? {} : { body: body as NonNullable<RequestInit['body']> }),
      ...(signal === undefined ? {} : { signal }),
    });
}

/** Runs a step of the protocol; what the other side got wrong becomes a refusal. */
export async function translate<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, error: reason } = error as { code?: string; error?: string };
    if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' && reason === 'access_denied') throw new FederationDeniedError();
    const outbound = (error as { cause?: unknown }).cause;
    for (const candidate of [error, outbound])
      if (candidate instanceof OutboundRequestFailedError || candidate instanceof OutboundUrlRefusedError)
        throw candidate;
    throw new FederationRefusedError(code ?? 'the protocol was not followed', error);
  }
}

/** The URL that the answer came to, as our own address says it; whatever host the request named. */
export function withoutExtras(callbackUrl: string, answer: URLSearchParams): URL {
  const url = new URL(callbackUrl);
  for (const name of ['code', 'state', 'iss', 'error', 'error_description', 'response'])
    for (const value of answer.getAll(name)) url.searchParams.append(name, value);
  return url;
}

/**
 * Claims of the ID token win; an address and whether it is verified come from the same place. How somebody signed in is
 * said by the ID token alone: it is about this sign-in.
 */
function amend(claims: Claims, info: Claims): Claims {
  const amended = { ...info, ...claims, amr: claims['amr'], acr: claims['acr'] };
  if (claims['email'] !== undefined) return { ...amended, email_verified: claims['email_verified'] };
  return { ...amended, email: info['email'], email_verified: info['email_verified'] };
}

/** A browser is sent there: nothing but the web will do. */
function assertWebUrl(url: string | undefined): void {
  const scheme = url === undefined ? undefined : URL.parse(url)?.protocol;
  if (scheme !== 'https:' && scheme !== 'http:')
    throw new FederationRefusedError('the metadata names no page to sign in at');
}
