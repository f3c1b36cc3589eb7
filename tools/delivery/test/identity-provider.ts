import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { readForm, startAnswerer, type Answerer } from './http-answerer.ts';

/** A client as the rendered realm has it. */
export interface RealmClient {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Person {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface IdentityProvider extends Answerer {
  /** Whoever comes from now on has signed in as this person. */
  signsIn(person: Person): void;
}

/**
 * As much of an identity provider as one client needs. It is as strict as Keycloak is with the same realm: redirects
 * to listed addresses only, scopes that the client has, and proof of the key that went with the request.
 */
export async function startIdentityProvider(
  issuer: string,
  client: RealmClient,
  clientSecret: string,
): Promise<IdentityProvider> {
  const codes = new Map<string, { person: Person; challenge: string; redirectUri: string }>();
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const scopes = new Set(['openid', ...client.defaultClientScopes, ...client.optionalClientScopes]);
  let person: Person | undefined;

  function authorize(query: URLSearchParams): { status: number; location?: string } {
    const redirectUri = query.get('redirect_uri') ?? '';
    const known = query.get('client_id') === client.clientId && client.redirectUris.includes(redirectUri);
    if (!known || query.get('response_type') !== 'code') return { status: 400 };
    if (!(query.get('scope') ?? '').split(' ').every((scope) => scopes.has(scope))) return { status: 400 };
    if (query.get('code_challenge_method') !== client.attributes['pkce.code.challenge.method']) return { status: 400 };
    if (person === undefined) return { status: 200 };
    const code = randomUUID();
    codes.set(code, { person, challenge: query.get('code_challenge') ?? '', redirectUri });
    return {
      status: 302,
      location: `${redirectUri}?${new URLSearchParams({ code, state: query.get('state') ?? '' })}`,
    };
  }

  function redeem(form: URLSearchParams): string | undefined {
    const found = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isClient = form.get('client_id') === client.clientId && form.get('client_secret') === clientSecret;
    if (found === undefined || !isClient || proof !== found.challenge) return undefined;
    if (form.get('redirect_uri') !== found.redirectUri) return undefined;
    const { subject, email, name, roles } = found.person;
    const claims = { iss: issuer, sub: subject, aud: client.clientId, email, preferred_username: name, roles };
    const head = encode({ alg: 'RS256', kid: 'key-1' });
    const body = `${head}.${encode({ ...claims, email_verified: true })}`;
    return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`;
  }

  const answerer = await startAnswerer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://provider');
    if (pathname.endsWith('/protocol/openid-connect/auth')) {
      const { status, location } = authorize(searchParams);
      response.writeHead(status, location === undefined ? {} : { location }).end('sign-in page');
    } else if (pathname.endsWith('/protocol/openid-connect/token')) {
      const token = redeem(await readForm(request));
      response.writeHead(token === undefined ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id_token: token }));
    } else if (pathname.endsWith('/protocol/openid-connect/certs')) {
      const key = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig', alg: 'RS256' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key] }));
    } else response.writeHead(404).end();
  });
  return { ...answerer, signsIn: (next) => void (person = next) };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
