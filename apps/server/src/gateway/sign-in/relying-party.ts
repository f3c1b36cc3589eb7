import { DomainError, ServiceUnavailableError } from '@plinth/common';
import { createRemoteJWKSet, customFetch as joseFetch, jwtVerify } from 'jose';
import type * as Library from 'openid-client';
import { LogoutTokenError, SignInFailedError } from './sign-in.errors.ts';
import { readLogoutClaims, type LogoutNotice } from './logout-token.ts';
import type { SendToProvider } from './provider-requests.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/** What a sign-in that has begun must find again in its answer. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  /** PKCE code verifier (RFC 7636). */
  readonly verifier: string;
}

export interface IssuedTokens {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly refreshToken: string | undefined;
  readonly idToken: string | undefined;
}

export interface SignedIn extends IssuedTokens {
  readonly subject: string;
  /** Id of the session at the provider. */
  readonly sid: string | undefined;
}

export interface RelyingPartyOptions {
  readonly settings: SignInSettings;
  readonly send: SendToProvider;
  readonly now: () => number;
}

interface Provider {
  readonly library: typeof Library;
  readonly configuration: Library.Configuration;
}

const scope = 'openid profile email';
const usualLifetimeSeconds = 60;

/** The client of the identity provider: authorization code flow with PKCE (RFC 9700), by openid-client. */
export class RelyingParty {
  readonly #options: RelyingPartyOptions;
  #provider: Promise<Provider> | undefined;
  #keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  constructor(options: RelyingPartyOptions) {
    this.#options = options;
  }

  /** Where the browser goes to sign in, and what its answer must carry. `redirectUri` is registered letter by letter. */
  async begin(redirectUri: string): Promise<{ readonly url: URL; readonly checks: SignInChecks }> {
    const { library, configuration } = await this.#load();
    const checks = {
      state: library.randomState(),
      nonce: library.randomNonce(),
      verifier: library.randomPKCECodeVerifier(),
    };
    const url = library.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await library.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    return { url, checks };
  }

  /** Exchanges the code in the address that the browser came back to. Checks state, `iss` (RFC 9207), nonce and key. */
  async redeem(callback: URL, checks: SignInChecks): Promise<SignedIn> {
    const { library, configuration } = await this.#load();
    try {
      const tokens = await library.authorizationCodeGrant(configuration, callback, {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new SignInFailedError('the identity provider sent no id token');
      const sid = claims['sid'];
      return { ...this.#read(tokens), subject: claims.sub, sid: typeof sid === 'string' ? sid : undefined };
    } catch (error) {
      throw toFailure(error, library);
    }
  }

  /** New tokens for a refresh token; undefined when the provider has ended the session. */
  async refresh(refreshToken: string): Promise<IssuedTokens | undefined> {
    const { library, configuration } = await this.#load();
    try {
      return this.#read(await library.refreshTokenGrant(configuration, refreshToken));
    } catch (error) {
      const failure = toFailure(error, library);
      if (failure instanceof SignInFailedError) return undefined;
      throw failure;
    }
  }

  /** Where the browser goes to end its session at the provider too; undefined when the provider has no such place. */
  async endSessionUrl(idToken: string | undefined, returnTo: string): Promise<URL | undefined> {
    const { library, configuration } = await this.#load();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return library.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: returnTo,
      ...(idToken === undefined ? {} : { id_token_hint: idToken }),
    });
  }

  /** Verifies a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). */
  async readLogoutToken(token: string): Promise<LogoutNotice> {
    const { configuration } = await this.#load();
    const { issuer, jwks_uri: keysUrl } = configuration.serverMetadata();
    if (keysUrl === undefined) throw new LogoutTokenError('the identity provider publishes no keys');
    const send = this.#options.send;
    this.#keys ??= createRemoteJWKSet(new URL(keysUrl), {
      [joseFetch]: (url, init) => send(url, { method: init.method, headers: Object.fromEntries(init.headers) }),
    });
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.#keys, {
        issuer,
        audience: this.#options.settings.clientId,
        algorithms: ['RS256', 'ES256'],
        requiredClaims: ['iat', 'jti', 'exp'],
        maxTokenAge: '5 minutes',
        currentDate: new Date(this.#options.now()),
      });
      return readLogoutClaims(payload, protectedHeader);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw new LogoutTokenError('it is forged, too old, or meant for somebody else', error);
    }
  }

  #read(tokens: Library.TokenEndpointResponse): IssuedTokens {
    return {
      accessToken: tokens.access_token,
      expiresAt: this.#options.now() + (tokens.expires_in ?? usualLifetimeSeconds) * 1000,
      refreshToken: tokens.refresh_token,
      idToken: tokens.id_token,
    };
  }

  /** Discovered by the first browser that needs it; a provider that is away now may come later. */
  #load(): Promise<Provider> {
    this.#provider ??= this.#discover().catch((error: unknown) => {
      this.#provider = undefined;
      throw error instanceof DomainError ? error : new ServiceUnavailableError('that identifies people', error);
    });
    return this.#provider;
  }

  async #discover(): Promise<Provider> {
    const { settings, send } = this.#options;
    const library = await import('openid-client');
    const secret = settings.clientSecret?.reveal();
    // Development, and an issuer that is reached inside the platform's own network.
    const isInsecure = [settings.issuer, settings.discoveryUrl].some((url) => url?.startsWith('http:'));
    const configuration = await library.discovery(
      new URL(settings.discoveryUrl ?? settings.issuer),
      settings.clientId,
      undefined,
      secret === undefined ? library.None() : library.ClientSecretBasic(secret),
      {
        execute: [
          // The id token is verified by its signature as well, not by the connection alone.
          library.enableNonRepudiationChecks,
          ...(isInsecure ? [library.allowInsecureRequests] : []),
        ],
        [library.customFetch]: (url, init) => send(url, init),
      },
    );
    const { issuer } = configuration.serverMetadata();
    if (issuer !== settings.issuer) throw new Error(`the discovery document is one of ${issuer}`);
    return { library, configuration };
  }
}

/** What went wrong: the sign-in itself, or a provider that cannot be reached, which is no reason to end anything. */
function toFailure(error: unknown, library: typeof Library): DomainError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DomainError) return cause;
    if (cause instanceof library.AuthorizationResponseError || cause instanceof library.ResponseBodyError)
      return new SignInFailedError(`the identity provider answered ${printable(cause.error)}`, error);
    if (cause.name === 'TimeoutError') return new ServiceUnavailableError('that identifies people', error);
  }
  return new SignInFailedError('the answer of the identity provider is not one to this sign-in', error);
}

function printable(code: string): string {
  return /^[\w.-]{1,64}$/.test(code) ? code : 'an error';
}
