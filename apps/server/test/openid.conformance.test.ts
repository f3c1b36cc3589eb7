import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@plinth/common';
import { eventually } from '@plinth/testing';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';
import { HttpBrowser } from './http-browser.ts';

const adminPassword = 'a password of the first administrator';
const apiSecret = 'a secret of the api client that is long enough';
const callback = 'http://127.0.0.1:4999/callback';
const person = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery staple' };

let directory: string;
let platform: Platform;
let issuer: string;
let administrator: HttpBrowser;
let browser: HttpBrowser;
let tenantId: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-openid-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {
      PLINTH_JOBS: 'false',
      IAM_INITIAL_ADMIN_PASSWORD: adminPassword,
      IAM_WEB_REDIRECT_URIS: callback,
      IAM_API_CLIENT_SECRET: apiSecret,
    },
    log: createLogger({ level: 'silent' }),
  });
  issuer = `${platform.url}/api/v1/auth`;
  administrator = new HttpBrowser(platform.url);
  await administrator.expect('POST', '/auth/sign-in/email', {
    email: 'admin@plinth.localhost',
    password: adminPassword,
  });
  browser = new HttpBrowser(platform.url);
  await browser.expect('POST', '/auth/sign-up/email', person);
  ({ tenantId } = await browser.expect<{ tenantId: string }>('POST', '/organizations', { name: 'Acme' }));
  await eventually(async () => {
    const { tenants } = await browser.expect<{ tenants: unknown[] }>('GET', '/users/me');
    return tenants.length > 0 ? true : undefined;
  });
}, 60_000);

afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

interface Registered {
  readonly id: string;
  readonly secret: string;
}

const register = (settings: object): Promise<Registered> =>
  administrator.expect<Registered>('POST', '/clients', { name: 'Grafana', redirectUris: [callback], ...settings });

function discover(clientId: string, secret?: string): Promise<openid.Configuration> {
  const authentication = secret === undefined ? openid.None() : openid.ClientSecretBasic(secret);
  return openid.discovery(new URL(issuer), clientId, undefined, authentication, {
    execute: [openid.allowInsecureRequests],
  });
}

/** The code flow as an application drives it; `agree`: on the page that asks for consent. */
async function signIn(
  client: openid.Configuration,
  from: HttpBrowser,
  options: { readonly scope?: string; readonly agree?: boolean } = {},
): Promise<openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers> {
  const verifier = openid.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
  const url = openid.buildAuthorizationUrl(client, {
    redirect_uri: callback,
    scope: options.scope ?? 'openid profile email',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  let location = await from.visit(url.href);
  if (options.agree) {
    expect(location.pathname).toBe('/sign-in/consent');
    const path = `/auth/interactions/${location.searchParams.get('interaction')}`;
    const answer = await from.expect<{ location: string }>('POST', path, { agreed: true });
    location = await from.visit(answer.location);
  }
  return openid.authorizationCodeGrant(client, location, { pkceCodeVerifier: verifier, expectedState, expectedNonce });
}

const withToken = (token: string): ApiCaller => new ApiCaller(platform.url, { authorization: `Bearer ${token}` });

test('openid-client signs a person in, and the gateway takes the token until its session ends', async () => {
  const web = await discover('plinth-web');
  const own = new HttpBrowser(platform.url);
  await own.expect('POST', '/auth/sign-in/email', { email: person.email, password: person.password });
  const tokens = await signIn(web, own);
  expect(tokens.claims()).toMatchObject({ tenant_id: tenantId, roles: ['org_admin'], email: person.email });
  const caller = withToken(tokens.access_token);
  expect((await caller.send('GET', '/accounts')).status).toBe(200);
  const refreshed = await openid.refreshTokenGrant(web, tokens.refresh_token!);
  expect((await withToken(refreshed.access_token).send('GET', '/accounts')).status).toBe(200);
  expect(await openid.fetchUserInfo(web, refreshed.access_token, tokens.claims()!.sub)).toMatchObject({ name: 'Ada' });
  // The id token speaks of the same person, and is no key to the API.
  expect((await withToken(tokens.id_token!).send('GET', '/accounts')).status).toBe(401);
  await own.expect('POST', '/auth/sign-out');
  const ended = Date.now();
  await eventually(async () => ((await caller.send('GET', '/accounts')).status === 401 ? true : undefined));
  expect(Date.now() - ended).toBeLessThan(1500);
});

test('the token of another application does what its user agreed to, and nothing to their account', async () => {
  const { id, secret } = await register({ permissions: ['account:read'] });
  const grafana = await discover(id, secret);
  const plain = await signIn(grafana, browser, { scope: 'openid email', agree: true });
  const withoutScope = withToken(plain.access_token);
  expect((await withoutScope.send('GET', '/accounts')).body.code).toBe('auth.permission_denied');
  const scoped = await signIn(grafana, browser, { scope: 'openid email account:read', agree: true });
  const withScope = withToken(scoped.access_token);
  expect((await withScope.send('GET', '/accounts')).status).toBe(200);
  expect((await withScope.send('POST', '/accounts', {})).body.code).toBe('auth.permission_denied');
  expect((await withScope.send('DELETE', '/sessions')).body.code).toBe('auth.scope_missing');
});

test('openid-client gets a token for a program, introspects and revokes', async () => {
  const api = await discover('plinth-api', apiSecret);
  const token = (await openid.clientCredentialsGrant(api)).access_token;
  expect(await openid.tokenIntrospection(api, token)).toMatchObject({ active: true, aud: 'plinth-api' });
  const tokens = await signIn(await discover('plinth-web'), browser);
  expect(await openid.tokenIntrospection(api, tokens.access_token)).toMatchObject({ client_id: 'plinth-web' });
  await openid.tokenRevocation(api, token);
  expect(await openid.tokenIntrospection(api, token)).toEqual({ active: false });
});

test('openid-client signs a device in that shows a code', async () => {
  const { id } = await register({
    confidential: false,
    grantTypes: ['device_code', 'refresh_token'],
    redirectUris: [],
  });
  const device = await discover(id);
  const started = await openid.initiateDeviceAuthorization(device, { scope: 'openid' });
  await browser.expect('POST', '/auth/devices/answer', { userCode: started.user_code, approved: true });
  const tokens = await openid.pollDeviceAuthorizationGrant(device, { ...started, interval: 0.01 });
  expect(tokens.claims()).toMatchObject({ tenant_id: tenantId, aud: id });
});

test('openid-client signs its user out, and other applications are told through the back channel', async () => {
  const received: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('logout_token') ?? '');
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const { id, secret } = await register({ firstParty: true, backchannelLogoutUri: `http://127.0.0.1:${port}/logout` });
  const own = new HttpBrowser(platform.url);
  await own.expect('POST', '/auth/sign-in/email', { email: person.email, password: person.password });
  const grafana = await signIn(await discover(id, secret), own);
  const web = await discover('plinth-web');
  const tokens = await signIn(web, own);
  const url = openid.buildEndSessionUrl(web, {
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: 'http://127.0.0.1:4999/',
  });
  expect((await own.visit(url.href)).href).toBe('http://127.0.0.1:4999/');
  await eventually(async () => received[0]);
  server.close();
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const { payload } = await jwtVerify(received[0]!, keys, { issuer, audience: id, typ: 'logout+jwt' });
  expect(payload).toMatchObject({ sub: grafana.claims()!.sub, sid: grafana.claims()!['sid'] });
});

test('behind TLS, links and cookies follow the public URL and not what a client says of itself', async () => {
  const own = await mkdtemp(join(tmpdir(), 'plinth-openid-'));
  await chmod(own, 0o755);
  const secure = await startPlatform({
    port: 0,
    dataDirectory: join(own, 'data'),
    environment: {
      PLINTH_JOBS: 'false',
      PLINTH_PUBLIC_URL: 'https://api.example.test',
      IAM_WEB_REDIRECT_URIS: 'https://app.example.test/callback',
    },
    log: createLogger({ level: 'silent' }),
  });
  try {
    const query = new URLSearchParams({
      client_id: 'plinth-web',
      redirect_uri: 'https://app.example.test/callback',
      response_type: 'code',
      scope: 'openid',
      code_challenge: await openid.calculatePKCECodeChallenge(openid.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    });
    const local = `http://127.0.0.1:${secure.port}/api/v1/auth`;
    const poisoned = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'http', forwarded: 'host=evil.test' };
    const answer = await fetch(`${local}/oauth2/authorize?${query}`, { redirect: 'manual', headers: poisoned });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/^\/api\/v1\/auth\/oauth2\/interaction\//);
    const cookies = answer.headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/^__Secure-plinth\..*; samesite=lax; secure; httponly$/);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
    const discovery = await fetch(`${local}/.well-known/openid-configuration`, { headers: poisoned });
    expect(await discovery.json()).toMatchObject({
      issuer: 'https://api.example.test/api/v1/auth',
      token_endpoint: 'https://api.example.test/api/v1/auth/oauth2/token',
    });
  } finally {
    await secure.stop();
    await rm(own, { recursive: true, force: true, maxRetries: 20 });
  }
});
