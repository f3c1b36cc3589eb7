import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { Clock } from '@plinth/common';
import { buildPrincipal, eventually, type ServiceUnderTest } from '@plinth/testing';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { origin, signUp, startIam } from '../../test/builders.ts';
import { callback, discover, getTokens, issuer, registerClient, resolveToken, TestBrowser } from '../../test/openid.ts';

const apiSecret = 'a secret of the api client that is long enough';
let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
let iam: ServiceUnderTest;

beforeAll(async () => {
  iam = await startIam({
    clock,
    environment: { IAM_WEB_REDIRECT_URIS: callback, IAM_API_CLIENT_SECRET: apiSecret, IAM_API_REDIRECT_URIS: callback },
  });
});
afterAll(() => iam.stop());

const register = (settings?: Record<string, unknown>) => registerClient(iam, settings);
const resolve = (token: string) => resolveToken(iam, token);

test('a device that shows a code is admitted by its user into a session of its own', async () => {
  const user = await signUp(iam);
  const { id } = await register({
    confidential: false,
    native: true,
    grantTypes: ['device_code', 'refresh_token'],
    redirectUris: [],
  });
  const tv = await discover(iam, id);
  const started = await openid.initiateDeviceAuthorization(tv, { scope: 'openid email' });
  expect(started.verification_uri).toBe(`${origin}/device`);
  expect(started.verification_uri_complete).toBe(`${origin}/device?user_code=${started.user_code}`);
  const browser = new TestBrowser(iam, user.cookies);
  const found = await browser.send('POST', '/api/v1/auth/devices/search', {
    body: { userCode: started.user_code.toLowerCase() },
  });
  expect(found.body).toMatchObject({ client: { id, name: 'Grafana' }, scopes: ['openid', 'email'], ip: '127.0.0.1' });
  const answer = await browser.send('POST', '/api/v1/auth/devices/answer', {
    body: { userCode: started.user_code, approved: true },
    headers: { origin },
  });
  expect(answer.status).toBe(200);
  const tokens = await openid.pollDeviceAuthorizationGrant(tv, { ...started, interval: 0.01 });
  expect(tokens.claims()?.sub).toBe(user.userId);
  expect((await openid.refreshTokenGrant(tv, tokens.refresh_token!)).access_token).toBeTruthy();
  // Signing out of the browser leaves the device alone; ending its own session does not.
  await iam.request('POST', '/auth/sign-out', { headers: { cookie: user.cookies, origin } });
  expect((await resolve(tokens.access_token))?.subject).toBe(user.userId);
  const session = decodeJwt<{ sid: string }>(tokens.access_token).sid;
  await iam.request('DELETE', `/sessions/${session}`, { principal: buildPrincipal({ subject: user.userId }) });
  expect(await resolve(tokens.access_token)).toBeNull();
});

test('a device that its user turns away learns so', async () => {
  const user = await signUp(iam);
  const { id } = await register({ confidential: false, grantTypes: ['device_code'], redirectUris: [] });
  const tv = await discover(iam, id);
  const started = await openid.initiateDeviceAuthorization(tv, { scope: 'openid' });
  await new TestBrowser(iam, user.cookies).send('POST', '/api/v1/auth/devices/answer', {
    body: { userCode: started.user_code, approved: false },
  });
  await expect(openid.pollDeviceAuthorizationGrant(tv, { ...started, interval: 0.01 })).rejects.toMatchObject({
    error: 'access_denied',
  });
});

test('introspection and revocation take access and refresh tokens', async () => {
  const user = await signUp(iam);
  const api = await discover(iam, 'plinth-api', apiSecret);
  const tokens = await getTokens(new TestBrowser(iam, user.cookies), api);
  expect(await openid.tokenIntrospection(api, tokens.access_token)).toMatchObject({
    active: true,
    sub: user.userId,
    aud: 'plinth-api',
    client_id: 'plinth-api',
    iss: issuer,
    scope: 'openid profile email',
  });
  expect(await openid.tokenIntrospection(api, tokens.refresh_token!)).toMatchObject({ active: true });
  expect(await openid.tokenIntrospection(api, 'no token')).toEqual({ active: false });
  await openid.tokenRevocation(api, tokens.access_token);
  expect(await openid.tokenIntrospection(api, tokens.access_token)).toEqual({ active: false });
  expect(await resolve(tokens.access_token)).toBeNull();
});

test('a pushed authorization request is taken once', async () => {
  const user = await signUp(iam);
  const api = await discover(iam, 'plinth-api', apiSecret);
  const browser = new TestBrowser(iam, user.cookies);
  const verifier = openid.randomPKCECodeVerifier();
  const url = await openid.buildAuthorizationUrlWithPAR(api, {
    redirect_uri: callback,
    scope: 'openid',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const location = await browser.visit(url.href);
  expect((await openid.authorizationCodeGrant(api, location, { pkceCodeVerifier: verifier })).claims()?.sub).toBe(
    user.userId,
  );
  const again = await browser.visit(url.href);
  expect(again.searchParams.get('error')).toBe('invalid_request_uri');
});

test('an application signs its user out at once by the id token, and comes back to a registered address', async () => {
  const user = await signUp(iam);
  const web = await discover(iam, 'plinth-web');
  const browser = new TestBrowser(iam, user.cookies);
  const tokens = await getTokens(browser, web);
  const url = openid.buildEndSessionUrl(web, {
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: 'http://127.0.0.1:4999/',
    state: 'kept',
  });
  expect((await browser.visit(url.href)).href).toBe('http://127.0.0.1:4999/?state=kept');
  expect((await iam.request('GET', '/auth/session', { headers: { cookie: user.cookies } })).body.session).toBeNull();
});

test('a sign-out that nobody vouches for asks the user first', async () => {
  const user = await signUp(iam);
  const web = await discover(iam, 'plinth-web');
  const browser = new TestBrowser(iam, user.cookies);
  const page = await browser.visit(
    openid.buildEndSessionUrl(web, { post_logout_redirect_uri: 'http://127.0.0.1:4999/' }).href,
  );
  expect(page.pathname).toBe('/sign-out');
  await browser.send('POST', '/api/v1/auth/sign-out', { headers: { origin } });
  expect((await browser.visit(page.searchParams.get('return_to')!)).href).toBe('http://127.0.0.1:4999/');
});

interface Receiver {
  readonly url: string;
  readonly received: string[];
  /** How many notices it still refuses. */
  failures: number;
  close(): void;
}

/** An application's endpoint for logout tokens. */
async function startReceiver(failures: number): Promise<Receiver> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (receiver.failures-- > 0) return void response.writeHead(503).end();
      const token = new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('logout_token');
      receiver.received.push(token ?? '');
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logout`;
  const receiver: Receiver = { url, received: [], failures, close: () => server.close() };
  return receiver;
}

const runJob = (name: string) => iam.instance.jobs!.find((job) => job.name === name)!.run(undefined as never);

test('a session that ends is told to the applications that know it, again when they were away', async () => {
  const receiver = await startReceiver(1);
  const { id, secret } = await register({ firstParty: true, backchannelLogoutUri: receiver.url });
  const user = await signUp(iam);
  const tokens = await getTokens(new TestBrowser(iam, user.cookies), await discover(iam, id, secret));
  await iam.request('POST', '/auth/sign-out', { headers: { cookie: user.cookies, origin } });
  await eventually(async () => (receiver.failures <= 0 ? true : undefined));
  expect(receiver.received).toEqual([]);
  await eventually(async () => {
    ahead += 6000;
    await runJob('iam.send-logout-notices');
    return receiver.received[0];
  });
  receiver.close();
  const keys = createLocalJWKSet((await iam.request('GET', '/auth/jwks')).body);
  const { payload, protectedHeader } = await jwtVerify(receiver.received[0]!, keys, { issuer, audience: id });
  expect(protectedHeader.typ).toBe('logout+jwt');
  expect(payload).toMatchObject({
    sub: user.userId,
    sid: tokens.claims()!['sid'],
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
  expect(payload).not.toHaveProperty('nonce');
});

test('a session that runs out is told too', async () => {
  const receiver = await startReceiver(0);
  const { id, secret } = await register({ firstParty: true, backchannelLogoutUri: receiver.url });
  const user = await signUp(iam);
  const tokens = await getTokens(new TestBrowser(iam, user.cookies), await discover(iam, id, secret));
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
      user.userId,
    ]),
  );
  expect(await resolve(tokens.access_token)).toBeNull();
  await runJob('iam.clean-up');
  await eventually(async () => receiver.received[0]);
  receiver.close();
  expect(decodeJwt(receiver.received[0]!)['sid']).toBe(tokens.claims()!['sid']);
});

test('what has expired is removed', async () => {
  const { id } = await register({ confidential: false, grantTypes: ['device_code'], redirectUris: [] });
  await openid.initiateDeviceAuthorization(await discover(iam, id), { scope: 'openid' });
  const count = () =>
    iam.database.transaction(undefined, (transaction) =>
      transaction.findRow<{ count: number }>(`SELECT count(*)::int AS count FROM auth.artifacts`),
    );
  expect((await count())!.count).toBeGreaterThan(0);
  ahead += 31 * 24 * 3600 * 1000;
  await runJob('iam.clean-up-openid');
  expect((await count())!.count).toBe(0);
});
