import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendToIssuer } from './provider-requests.ts';
import { RelyingParty } from './relying-party.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';
let server: Server;
let issuer: string;
let key: CryptoKey;
let foreignKey: CryptoKey;
let party: RelyingParty;

/** An issuer that publishes what there is to discover. */
beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  key = pair.privateKey;
  foreignKey = (await generateKeyPair('RS256')).privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'key-1', alg: 'RS256' };
  server = createServer((request, response) => {
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
      },
      '/jwks': { keys: [jwk] },
    };
    const found = documents[request.url ?? ''];
    response.writeHead(found === undefined ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  party = createParty(issuer);
});
afterAll(() => new Promise((done) => server.close(done)));

function createParty(at: string): RelyingParty {
  const publicOrigin = 'https://api.example.com';
  const settings = {
    issuer: at,
    discoveryUrl: undefined,
    embedded: false,
    clientId: 'plinth-web',
    clientSecret: undefined,
    publicOrigin,
    origins: new Set([publicOrigin]),
  };
  return new RelyingParty({ settings, send: sendToIssuer, now: Date.now });
}

function sign(claims: JWTPayload, options: { readonly key?: CryptoKey; readonly typ?: string } = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: issuer,
    aud: 'plinth-web',
    sub: 'ada',
    sid: 'sid-1',
    jti: 'notice-1',
    iat: now,
    exp: now + 60,
    events: { [event]: {} },
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1', typ: options.typ ?? 'logout+jwt' })
    .sign(options.key ?? key);
}

test('reads whom a logout token names', async () => {
  expect(await party.readLogoutToken(await sign({}))).toEqual({ id: 'notice-1', subject: 'ada', sid: 'sid-1' });
});

test.each<[string, () => Promise<string> | string]>([
  ['signed by somebody else', () => sign({}, { key: foreignKey })],
  ['without a signature', () => new UnsecuredJWT({ sub: 'ada', jti: 'x', events: { [event]: {} } }).encode()],
  ['for another client', () => sign({ aud: 'grafana' })],
  ['of another issuer', () => sign({ iss: 'https://issuer.example' })],
  ['that is too old', () => sign({ iat: Math.floor(Date.now() / 1000) - 3600 })],
  ['that has expired', () => sign({ exp: Math.floor(Date.now() / 1000) - 60 })],
  ['that is an id token', () => sign({ nonce: 'n', events: undefined })],
  ['with a nonce', () => sign({ nonce: 'n' })],
  ['that is an access token', () => sign({}, { typ: 'at+jwt' })],
  ['of another event', () => sign({ events: { 'https://example.com/event': {} } })],
  ['that names nobody', () => sign({ sub: undefined, sid: undefined })],
  ['without an id', () => sign({ jti: undefined })],
  ['that is no token', () => 'nothing'],
])('refuses a logout token %s', async (_case, make) => {
  await expect(party.readLogoutToken(await make())).rejects.toThrow('The logout token is not accepted');
});

test('sends a browser with PKCE, state and nonce of its own, and to the registered address', async () => {
  const [first, second] = [
    await party.begin('https://shop.example.com/edge/callback'),
    await party.begin('https://shop.example.com/edge/callback'),
  ];
  const parameters = Object.fromEntries(first.url.searchParams);
  expect(parameters).toMatchObject({
    client_id: 'plinth-web',
    redirect_uri: 'https://shop.example.com/edge/callback',
    response_type: 'code',
    code_challenge_method: 'S256',
    state: first.checks.state,
    nonce: first.checks.nonce,
  });
  expect(parameters['code_challenge']).not.toBe(first.checks.verifier);
  for (const name of ['state', 'nonce', 'verifier'] as const) expect(first.checks[name]).not.toBe(second.checks[name]);
});

test('an issuer that is away is unavailable, and is asked again later', async () => {
  const away = createParty('http://127.0.0.1:9');
  await expect(away.begin('https://shop.example.com/edge/callback')).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(party.refresh('refresh-1')).rejects.toMatchObject({ kind: 'unavailable' });
});
