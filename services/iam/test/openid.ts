import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest, type TestResponse } from '@plinth/testing';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { contractOf, origin } from './builders.ts';

export const issuer = `${origin}/api/v1/auth`;
export const operator = buildPrincipal({ roles: ['platform_admin'] });
export const callback = 'http://127.0.0.1:4999/callback';

type Method = Parameters<ServiceUnderTest['request']>[0];

/** `fetch` that reaches the service under test, for clients that take one. */
export function fetchOf(iam: ServiceUnderTest): openid.CustomFetch {
  return async (url, { method, headers, body }) => {
    const answer = await iam.request(method as Method, pathOf(url), {
      headers: headers as Record<string, string>,
      ...(body === null || body === undefined ? {} : { body: String(body) }),
    });
    const { 'content-type': type } = answer.headers as Record<string, string>;
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status, headers: type === undefined ? {} : { 'content-type': type } });
  };
}

/** The client's view of the provider, as openid-client discovers it. */
export async function discover(
  iam: ServiceUnderTest,
  clientId: string,
  secret?: string,
): Promise<openid.Configuration> {
  const authentication = secret === undefined ? openid.None() : openid.ClientSecretBasic(secret);
  return openid.discovery(new URL(issuer), clientId, undefined, authentication, {
    execute: [openid.allowInsecureRequests],
    [openid.customFetch]: fetchOf(iam),
  });
}

/** Registers a client as the operator of the platform. */
export async function registerClient(
  iam: ServiceUnderTest,
  settings: Record<string, unknown> = {},
): Promise<{ id: string; secret: string }> {
  const answer = await iam.request('POST', '/clients', {
    principal: operator,
    body: { name: 'Grafana', redirectUris: [callback], ...settings },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** Who the gateway learns that the subject of an access token is. */
export async function resolveToken(iam: ServiceUnderTest, token: string): Promise<Principal | null> {
  const { sub, sid, tenant_id: tenant, jti } = decodeJwt<{ sid?: string; tenant_id?: string }>(token);
  return contractOf(iam).resolveSubject({
    issuer,
    kind: 'user',
    subject: sub!,
    tokenId: jti,
    ...(sid === undefined ? {} : { session: sid }),
    ...(tenant === undefined ? {} : { tenant }),
  });
}

/** A browser: keeps cookies by name and path, follows redirects within the platform. */
export class TestBrowser {
  readonly #iam: ServiceUnderTest;
  readonly #cookies = new Map<string, { readonly pair: string; readonly path: string }>();

  constructor(iam: ServiceUnderTest, cookies?: string) {
    this.#iam = iam;
    if (cookies !== undefined) this.setCookies(cookies);
  }

  setCookies(cookies: string): void {
    for (const pair of cookies.split('; ')) this.#cookies.set(pair.split('=')[0]!, { pair, path: '/' });
  }

  /** One request, without following where it leads. */
  async send(
    method: Method,
    url: string,
    options: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
  ): Promise<TestResponse> {
    const path = new URL(url, origin).pathname;
    const cookie = [...this.#cookies.values()]
      .filter((one) => path.startsWith(one.path))
      .map((one) => one.pair)
      .join('; ');
    const answer = await this.#iam.request(method, pathOf(new URL(url, origin).href), {
      ...options,
      headers: { cookie, ...options.headers },
    });
    for (const header of [answer.headers['set-cookie']].flat().filter((one) => one !== undefined))
      this.#store(String(header));
    return answer;
  }

  /** Follows redirects until the browser leaves the provider's endpoints; returns where it came to. */
  async visit(url: string): Promise<URL> {
    let current = new URL(url, origin);
    for (let hops = 0; hops < 12; hops += 1) {
      if (current.origin !== origin || !current.pathname.startsWith('/api/v1/auth/')) return current;
      const answer = await this.send('GET', current.href);
      const location = answer.headers['location'];
      if (typeof location !== 'string')
        throw new Error(`${answer.status} ${current.pathname}: ${JSON.stringify(answer.body)}`);
      current = new URL(location, current);
    }
    throw new Error(`redirected without end at ${current.href}`);
  }

  #store(header: string): void {
    const [pair = '', ...attributes] = header.split('; ');
    const name = pair.split('=')[0]!;
    const path = attributes.find((one) => one.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    const removed = attributes.some((one) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(one));
    if (removed) this.#cookies.delete(name);
    else this.#cookies.set(name, { pair, path });
  }
}

export interface CodeRequest {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** An authorization request with PKCE, as an application sends its user off. */
export async function buildCodeRequest(
  configuration: openid.Configuration,
  parameters: Record<string, string> = {},
): Promise<CodeRequest> {
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const url = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid profile email',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...parameters,
  });
  return { url, verifier, state, nonce };
}

/** Sends a signed-in user through the code flow of a client that needs no consent. */
export async function getTokens(
  browser: TestBrowser,
  configuration: openid.Configuration,
  parameters: Record<string, string> = {},
): Promise<openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers> {
  const request = await buildCodeRequest(configuration, parameters);
  return redeem(configuration, request, await browser.visit(request.url.href));
}

export function redeem(
  configuration: openid.Configuration,
  request: CodeRequest,
  location: URL,
): Promise<openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers> {
  return openid.authorizationCodeGrant(configuration, location, {
    pkceCodeVerifier: request.verifier,
    expectedState: request.state,
    expectedNonce: request.nonce,
  });
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname.replace('/api/v1', '') + search;
}
