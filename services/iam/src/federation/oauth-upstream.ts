import { createHmac } from 'node:crypto';
import type * as Library from 'openid-client';
import type { SettingsOf } from '../identity-provider/provider-settings.ts';
import { FederationRefusedError } from './federation.errors.ts';
import { translate, withoutExtras } from './openid-upstream.ts';
import {
  runCheck,
  type ConnectionCheck,
  type Flow,
  type Upstream,
  type UpstreamContext,
  type UpstreamProfile,
} from './upstream.ts';

/** Reads one resource with the access token of the person who signs in. */
type Read = (url: string) => Promise<unknown>;

/** A provider that speaks OAuth 2.0 alone, with an interface of its own to ask who somebody is. */
export interface OAuthSettings {
  readonly issuer: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly pkce: boolean;
  readonly readProfile: (read: Read, accessToken: string) => Promise<UpstreamProfile>;
}

const timeoutSeconds = 10;

/** Signs in by OAuth 2.0: authorization code with state, then the provider's own resources about the person. */
export class OAuthUpstream implements Upstream {
  readonly #settings: OAuthSettings;
  readonly #context: UpstreamContext;

  constructor(settings: OAuthSettings, context: UpstreamContext) {
    this.#settings = settings;
    this.#context = context;
  }

  async start(flow: Flow): Promise<URL> {
    const library = await import('openid-client');
    const { scope, pkce } = this.#settings;
    return library.buildAuthorizationUrl(this.#configure(library), {
      redirect_uri: flow.callbackUrl,
      response_type: 'code',
      scope,
      state: flow.state,
      ...(pkce
        ? { code_challenge: await library.calculatePKCECodeChallenge(flow.verifier), code_challenge_method: 'S256' }
        : {}),
    });
  }

  async finish(answer: URLSearchParams, flow: Flow): Promise<UpstreamProfile> {
    const library = await import('openid-client');
    const configuration = this.#configure(library);
    const tokens = await translate(() =>
      library.authorizationCodeGrant(configuration, withoutExtras(flow.callbackUrl, answer), {
        expectedState: flow.state,
        ...(this.#settings.pkce ? { pkceCodeVerifier: flow.verifier } : {}),
      }),
    );
    const read: Read = async (url) => {
      const response = await translate(() =>
        library.fetchProtectedResource(
          configuration,
          tokens.access_token,
          new URL(url),
          'GET',
          undefined,
          new Headers({ accept: 'application/json', 'user-agent': 'plinth' }),
        ),
      );
      if (!response.ok) throw new FederationRefusedError(`${new URL(url).origin} answered ${response.status}`);
      return translate(() => response.json());
    };
    return this.#settings.readProfile(read, tokens.access_token);
  }

  async check(): Promise<ConnectionCheck[]> {
    const { authorizationUrl, tokenUrl } = this.#settings;
    return Promise.all(
      [authorizationUrl, tokenUrl].map((url) =>
        runCheck(url, async () => `answered ${(await this.#context.fetch(url, {})).status}`),
      ),
    );
  }

  #configure(library: typeof Library): Library.Configuration {
    const { issuer, authorizationUrl, tokenUrl, clientId, clientSecret } = this.#settings;
    const server = { issuer, authorization_endpoint: authorizationUrl, token_endpoint: tokenUrl };
    const configuration = new library.Configuration(server, clientId, {}, library.ClientSecretPost(clientSecret));
    configuration[library.customFetch] = (url, { method, headers, body }) =>
      this.#context.fetch(url, {
        method,
        headers,
        ...(body ? { body: body as NonNullable<RequestInit['body']> } : {}),
      });
    configuration.timeout = timeoutSeconds;
    if (this.#context.allowInsecure) library.allowInsecureRequests(configuration);
    return configuration;
  }
}

/**
 * GitHub (docs.github.com/apps/oauth-apps; docs.github.com/rest/users/emails). The profile's address is whatever its
 * owner wants to show; the primary one, and whether it is verified, stand in a list of their own.
 */
export function githubSettings(settings: SettingsOf<'github'>, clientSecret: string): OAuthSettings {
  const base = settings.baseUrl.replace(/\/+$/, '');
  const api = base === 'https://github.com' ? 'https://api.github.com' : `${base}/api/v3`;
  return {
    issuer: `${base}/login/oauth`,
    authorizationUrl: `${base}/login/oauth/authorize`,
    tokenUrl: `${base}/login/oauth/access_token`,
    clientId: settings.clientId,
    clientSecret,
    scope: 'read:user user:email',
    pkce: true,
    readProfile: async (read) => {
      const user = (await read(`${api}/user`)) as { id?: unknown; name?: unknown; login?: unknown };
      const emails = (await read(`${api}/user/emails`)) as { email?: unknown; primary?: unknown; verified?: unknown }[];
      if (!Number.isSafeInteger(user.id)) throw new FederationRefusedError('the account has no id');
      const primary = Array.isArray(emails) ? emails.find((one) => one.primary === true) : undefined;
      return {
        issuer: `${base}/login/oauth`,
        // Login names are given away again, ids are not.
        subject: String(user.id),
        email: asText(primary?.email),
        emailVerified: primary?.verified === true,
        name: asText(user.name) ?? asText(user.login),
        locale: undefined,
        multiFactor: false,
      };
    },
  };
}

const facebook = 'https://www.facebook.com';
const graph = 'https://graph.facebook.com/v24.0';

/**
 * Facebook (developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow). Ids are of the application, and
 * no field says that an address was verified: it never counts as verified by itself.
 */
export function facebookSettings(settings: SettingsOf<'facebook'>, clientSecret: string): OAuthSettings {
  return {
    issuer: facebook,
    authorizationUrl: `${facebook}/v24.0/dialog/oauth`,
    tokenUrl: `${graph}/oauth/access_token`,
    clientId: settings.clientId,
    clientSecret,
    scope: 'public_profile email',
    pkce: false,
    readProfile: async (read, accessToken) => {
      // Shows that the application itself asks, not somebody who found the token.
      const proof = createHmac('sha256', clientSecret).update(accessToken).digest('hex');
      const user = (await read(`${graph}/me?fields=id,name,email&appsecret_proof=${proof}`)) as Record<string, unknown>;
      const id = asText(user['id']);
      if (id === undefined) throw new FederationRefusedError('the account has no id');
      return {
        issuer: facebook,
        // Ids are of one application: those of another one are other people.
        subject: `${settings.clientId}:${id}`,
        email: asText(user['email']),
        emailVerified: false,
        name: asText(user['name']),
        locale: undefined,
        multiFactor: false,
      };
    },
  };
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
