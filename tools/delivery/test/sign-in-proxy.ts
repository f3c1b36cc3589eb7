import { createHash, createPublicKey, randomBytes, verify, type JsonWebKey } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startAnswerer, type Answerer } from './http-answerer.ts';

interface Session {
  readonly sub: string;
  readonly email: string;
  readonly preferred_username: string;
}

type Claims = Session & Readonly<Record<string, unknown>>;

/**
 * In place of oauth2-proxy, whose Go module cannot be had everywhere: its paths, statuses, cookies and headers as its
 * documentation and sources (oauthproxy.go, pkg/app/redirect) have them, for the settings that the catalogue gives it.
 * `variables` are those of the rendered container. Sessions are kept in memory and are never refreshed.
 */
export async function startSignInProxy(
  variables: Readonly<Record<string, string>>,
  clientSecret: string,
): Promise<Answerer> {
  const proxy = new SignInProxy((name) => {
    const value = variables[`OAUTH2_PROXY_${name}`];
    if (value === undefined) throw new Error(`OAUTH2_PROXY_${name} is not set`);
    return value;
  }, clientSecret);
  return startAnswerer((request, response) => proxy.answer(request, response));
}

class SignInProxy {
  readonly #setting: (name: string) => string;
  readonly #clientSecret: string;
  readonly #sessions = new Map<string, Session>();

  constructor(setting: (name: string) => string, clientSecret: string) {
    this.#setting = setting;
    this.#clientSecret = clientSecret;
  }

  answer(request: IncomingMessage, response: ServerResponse): Promise<void> | void {
    const url = new URL(request.url ?? '/', 'http://oauth2-proxy');
    if (url.pathname === '/ready') return void response.writeHead(200).end('OK');
    if (url.pathname === '/oauth2/start') return this.#start(request, response, url);
    if (url.pathname === '/oauth2/callback') return this.#callback(request, response, url);
    const session = this.#sessions.get(cookieOf(request, this.#setting('COOKIE_NAME')) ?? '');
    if (session !== undefined) {
      const user = { 'x-auth-request-user': session.sub, 'x-auth-request-email': session.email };
      const headers = { ...user, 'x-auth-request-preferred-username': session.preferred_username };
      const upstream = Number(/^static:\/\/(\d+)$/.exec(this.#setting('UPSTREAMS'))?.[1]);
      return void response.writeHead(url.pathname === '/oauth2/auth' ? 202 : upstream, headers).end();
    }
    const isProgram = (request.headers.accept ?? '').split(',').some((type) => type.trim() === 'application/json');
    if (url.pathname === '/oauth2/auth' || isProgram) return void response.writeHead(401).end('Unauthorized');
    return this.#start(request, response, url);
  }

  #start(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const [nonce, verifier] = [randomBytes(16), randomBytes(32)].map((bytes) => bytes.toString('base64url'));
    const query = new URLSearchParams({
      client_id: this.#setting('CLIENT_ID'),
      redirect_uri: this.#setting('REDIRECT_URL'),
      response_type: 'code',
      scope: this.#setting('SCOPE'),
      state: `${nonce}:${this.#wayBack(request, url)}`,
      code_challenge: createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url'),
      code_challenge_method: this.#setting('CODE_CHALLENGE_METHOD'),
    });
    const location = `${this.#setting('LOGIN_URL')}?${query}`;
    const cookie = this.#cookie(request, '_csrf', `${nonce}.${verifier}`);
    response.writeHead(302, { location, 'set-cookie': cookie }).end();
  }

  async #callback(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [nonce, verifier = ''] = (cookieOf(request, `${this.#setting('COOKIE_NAME')}_csrf`) ?? '').split('.');
    const [, state = '', wayBack = '/'] = /^([^:]*):(.*)$/.exec(url.searchParams.get('state') ?? '') ?? [];
    if (nonce === '' || nonce !== state) return void response.writeHead(403).end('Permission Denied');
    const answer = await fetch(this.#setting('REDEEM_URL'), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: url.searchParams.get('code') ?? '',
        redirect_uri: this.#setting('REDIRECT_URL'),
        client_id: this.#setting('CLIENT_ID'),
        client_secret: this.#clientSecret,
        code_verifier: verifier,
      }),
    });
    const { id_token: token } = (await answer.json()) as { id_token?: string };
    if (!answer.ok || token === undefined) return void response.writeHead(500).end('Internal Error');
    const claims = await this.#read(token);
    if (claims === undefined) return void response.writeHead(500).end('Internal Error');
    const groups = (claims[this.#setting('OIDC_GROUPS_CLAIM')] ?? []) as readonly string[];
    if (!groups.includes(this.#setting('ALLOWED_GROUPS'))) return void response.writeHead(403).end('Invalid Account');
    const id = randomBytes(16).toString('base64url');
    this.#sessions.set(id, claims);
    const location = this.#isOwn(wayBack) ? wayBack : '/';
    response.writeHead(302, { location, 'set-cookie': this.#cookie(request, '', id) }).end();
  }

  /** The claims of an identity token that is the provider's, for this client, of somebody whose address is known. */
  async #read(token: string): Promise<Claims | undefined> {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const { kid, alg } = decode(header) as { kid?: string; alg?: string };
    const { keys } = (await (await fetch(this.#setting('OIDC_JWKS_URL'))).json()) as { keys: JsonWebKey[] };
    const key = keys.find((candidate) => candidate['kid'] === kid);
    const signed = Buffer.from(`${header}.${payload}`);
    const given = Buffer.from(signature, 'base64url');
    if (key === undefined || alg !== 'RS256') return undefined;
    if (!verify('sha256', signed, createPublicKey({ key, format: 'jwk' }), given)) return undefined;
    const claims = decode(payload) as Claims;
    const isOurs = claims['iss'] === this.#setting('OIDC_ISSUER_URL') && claims['aud'] === this.#setting('CLIENT_ID');
    return isOurs && claims.email !== '' && claims['email_verified'] === true ? claims : undefined;
  }

  /** Where it leads people in the end: its parameter, then the header, then what a proxy forwards of another host. */
  #wayBack(request: IncomingMessage, url: URL): string {
    const header = (name: string): string => String(request.headers[name] ?? '');
    const forwardedUri = header('x-forwarded-uri').startsWith('/oauth2/') ? '/' : header('x-forwarded-uri');
    const isForwarded = this.#setting('REVERSE_PROXY') === 'true' && header('x-forwarded-host') !== header('host');
    const forwarded = `${header('x-forwarded-proto')}://${header('x-forwarded-host')}${forwardedUri}`;
    const own = url.pathname.startsWith('/oauth2/') ? '/' : `${url.pathname}${url.search}`;
    const asked = [url.searchParams.get('rd') ?? '', header('x-auth-request-redirect')];
    return [...asked, isForwarded ? forwarded : '', own].find((target) => this.#isOwn(target)) ?? '/';
  }

  #isOwn(target: string): boolean {
    if (/^\/(?![/\\])/.test(target)) return true;
    if (!/^https?:\/\//.test(target)) return false;
    const { hostname, port } = new URL(target);
    return port === '' && hostname.endsWith(this.#setting('WHITELIST_DOMAINS'));
  }

  #cookie(request: IncomingMessage, suffix: string, value: string): string {
    const host = String(request.headers['x-forwarded-host'] ?? request.headers.host ?? '');
    const domain = this.#setting('COOKIE_DOMAINS');
    if (!host.endsWith(domain)) throw new Error(`${host} is not below ${domain}`);
    return `${this.#setting('COOKIE_NAME')}${suffix}=${value}; Path=/; Domain=${domain.slice(1)}; HttpOnly; SameSite=Lax`;
  }
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('=') as [string, string?]);
  return pairs.find(([key]) => key === name)?.[1];
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
