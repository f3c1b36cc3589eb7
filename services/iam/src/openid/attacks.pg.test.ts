import { decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { ServiceUnderTest } from '@plinth/testing';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { origin, password, signUp, startIam } from '../../test/builders.ts';
import {
  buildCodeRequest,
  callback,
  discover,
  getTokens,
  issuer,
  redeem,
  registerClient,
  resolveToken,
  TestBrowser,
} from '../../test/openid.ts';

const apiSecret = 'a secret of the api client that is long enough';
let iam: ServiceUnderTest;
let web: openid.Configuration;

beforeAll(async () => {
  iam = await startIam({
    environment: { IAM_WEB_REDIRECT_URIS: callback, IAM_API_CLIENT_SECRET: apiSecret, IAM_API_REDIRECT_URIS: callback },
  });
  web = await discover(iam, 'plinth-web');
});
afterAll(() => iam.stop());

const register = (settings?: Record<string, unknown>) => registerClient(iam, settings);
const resolve = (token: string) => resolveToken(iam, token);

async function signedInBrowser(): Promise<TestBrowser> {
  return new TestBrowser(iam, (await signUp(iam)).cookies);
}

/** Posts a form to an endpoint, as a client that is none of ours would. */
function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return iam.request('POST', path, {
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

function basic(id: string, secret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

async function getCode(browser: TestBrowser): Promise<{ code: string; verifier: string }> {
  const request = await buildCodeRequest(web);
  const location = await browser.visit(request.url.href);
  return { code: location.searchParams.get('code')!, verifier: request.verifier };
}

test('an intercepted code is worth nothing without its verifier', async () => {
  const { code } = await getCode(await signedInBrowser());
  const form = { grant_type: 'authorization_code', client_id: 'plinth-web', redirect_uri: callback, code };
  expect((await post('/auth/oauth2/token', form)).body.error).toBe('invalid_grant');
  const wrong = { ...form, code_verifier: openid.randomPKCECodeVerifier() };
  expect((await post('/auth/oauth2/token', wrong)).body.error).toBe('invalid_grant');
});

test('a replayed code gives nothing and takes back what it gave', async () => {
  const { code, verifier } = await getCode(await signedInBrowser());
  const form = {
    grant_type: 'authorization_code',
    client_id: 'plinth-web',
    redirect_uri: callback,
    code,
    code_verifier: verifier,
  };
  const first = await post('/auth/oauth2/token', form);
  expect(first.status).toBe(200);
  expect((await post('/auth/oauth2/token', form)).body.error).toBe('invalid_grant');
  expect(await resolve(first.body.access_token)).toBeNull();
  const refresh = { grant_type: 'refresh_token', client_id: 'plinth-web', refresh_token: first.body.refresh_token };
  expect((await post('/auth/oauth2/token', refresh)).body.error).toBe('invalid_grant');
});

test('of two that redeem one code at once, nobody keeps a token', async () => {
  const { code, verifier } = await getCode(await signedInBrowser());
  const form = {
    grant_type: 'authorization_code',
    client_id: 'plinth-web',
    redirect_uri: callback,
    code,
    code_verifier: verifier,
  };
  const answers = await Promise.all([1, 2, 3, 4].map(() => post('/auth/oauth2/token', form)));
  const tokens = answers.filter((answer) => answer.status === 200).map((answer) => String(answer.body.access_token));
  expect(tokens.length).toBeLessThanOrEqual(1);
  for (const token of tokens) expect(await resolve(token)).toBeNull();
});

test.each([
  'http://127.0.0.1:4999/callback/',
  'http://127.0.0.1:4999/callback?next=x',
  'http://127.0.0.1:4999/callback/../evil',
  'http://127.0.0.1:4999/Callback',
  'http://127.0.0.1:4999/callback#fragment',
  'http://127.0.0.1:4999/callback%2f..%2fevil',
  'http://127.0.0.1:4998/callback',
  'http://localhost:4999/callback',
  'https://127.0.0.1:4999/callback',
  'http://127.0.0.1:4999@evil.test/callback',
  'http://127.0.0.1:4999.evil.test/callback',
  'https://evil.test/',
  '//evil.test/callback',
  'javascript:alert(1)',
])('sends nobody to the redirect URI %s', async (uri) => {
  const browser = await signedInBrowser();
  const request = await buildCodeRequest(web, { redirect_uri: uri });
  const answer = await browser.send('GET', request.url.href, { headers: { accept: 'text/html' } });
  expect(answer.status).toBe(400);
  expect(answer.headers['location']).toBeUndefined();
  expect(answer.body).toContain('Sign-in cannot go on');
});

test('the redirect URI of the code must be repeated when it is redeemed', async () => {
  const { code, verifier } = await getCode(await signedInBrowser());
  const answer = await post('/auth/oauth2/token', {
    grant_type: 'authorization_code',
    client_id: 'plinth-web',
    redirect_uri: 'http://127.0.0.1:4999/other',
    code,
    code_verifier: verifier,
  });
  expect(answer.body.error).toBe('invalid_grant');
});

test.each([
  ['no challenge', { code_challenge: '', code_challenge_method: '' }],
  ['the method plain', { code_challenge_method: 'plain' }],
])('PKCE cannot be downgraded: %s, whether the client has a secret or not', async (_name, changes) => {
  const browser = await signedInBrowser();
  for (const client of [web, await discover(iam, 'plinth-api', apiSecret)]) {
    const { url } = await buildCodeRequest(client);
    for (const [name, value] of Object.entries(changes))
      if (value === '') url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    const location = await browser.visit(url.href);
    expect(location.searchParams.get('error')).toBe('invalid_request');
    expect(location.searchParams.get('code')).toBeNull();
  }
});

test.each(['token', 'id_token', 'code id_token', 'code token'])('answers no response_type %s', async (type) => {
  const { url } = await buildCodeRequest(web);
  url.searchParams.set('response_type', type);
  const location = await (await signedInBrowser()).visit(url.href);
  expect(location.href).toContain('error=unsupported_response_type');
  expect(location.href).not.toContain('token=');
});

test('takes no password for a token', async () => {
  const user = await signUp(iam);
  const form = { grant_type: 'password', client_id: 'plinth-web', username: user.email, password };
  expect((await post('/auth/oauth2/token', form)).body.error).toBe('unsupported_grant_type');
});

test('every answer says which issuer it comes from, so that two cannot be mixed up', async () => {
  const request = await buildCodeRequest(web);
  const location = await (await signedInBrowser()).visit(request.url.href);
  expect(location.searchParams.get('iss')).toBe(issuer);
  location.searchParams.set('iss', 'https://evil.test/');
  await expect(redeem(web, request, location)).rejects.toThrow();
});

test('a code is of use to its own client only', async () => {
  const other = await register({ confidential: false });
  const { code, verifier } = await getCode(await signedInBrowser());
  const answer = await post('/auth/oauth2/token', {
    grant_type: 'authorization_code',
    client_id: other.id,
    redirect_uri: callback,
    code,
    code_verifier: verifier,
  });
  expect(answer.body.error).toBe('invalid_grant');
});

test('guessing clients finds out nothing and secrets are slowed down', async () => {
  const { id } = await register({ grantTypes: ['client_credentials'], redirectUris: [] });
  const form = { grant_type: 'client_credentials' };
  const unknown = await post('/auth/oauth2/token', form, basic('00000000-no-such-client', 'guess'));
  const known = await post('/auth/oauth2/token', form, basic(id, 'guess'));
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
  expect(known.body.error).toBe('invalid_client');
  // Two within a second wait.
  await post('/auth/oauth2/token', form, basic(id, 'guess'));
  const third = await post('/auth/oauth2/token', form, basic(id, 'guess'));
  expect(third.status).toBe(429);
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
});

test.each(['none', 'HS256', 'RS256'])('takes no client assertion signed with %s', async (algorithm) => {
  const claims = { iss: 'plinth-api', sub: 'plinth-api', aud: issuer, jti: 'x' };
  const time = Math.floor(Date.now() / 1000) + 60;
  const assertion =
    algorithm === 'none'
      ? new UnsecuredJWT({ ...claims, exp: time }).encode()
      : await new SignJWT({ ...claims, exp: time })
          .setProtectedHeader({ alg: algorithm })
          .sign(algorithm === 'HS256' ? Buffer.from(apiSecret) : (await generateKeyPair('RS256')).privateKey);
  const answer = await post('/auth/oauth2/token', {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body).not.toHaveProperty('access_token');
});

test('consent cannot be passed by going straight on', async () => {
  const { id, secret } = await register();
  const browser = await signedInBrowser();
  const request = await buildCodeRequest(await discover(iam, id, secret));
  const page = await browser.visit(request.url.href);
  const uid = page.searchParams.get('interaction')!;
  const resumed = await browser.visit(`/api/v1/auth/oauth2/authorize/${uid}`);
  expect(resumed.searchParams.get('code')).toBeNull();
  expect(resumed.pathname).toBe('/sign-in/consent');
});

test('nobody but the user in their own session answers for their consent', async () => {
  const { id, secret } = await register();
  const request = await buildCodeRequest(await discover(iam, id, secret));
  const page = await (await signedInBrowser()).visit(request.url.href);
  const path = `/api/v1/auth/interactions/${page.searchParams.get('interaction')}`;
  for (const browser of [await signedInBrowser(), new TestBrowser(iam)]) {
    expect((await browser.send('GET', path)).body.code).toBe('openid.interaction_unknown');
    const answer = await browser.send('POST', path, { body: { agreed: true }, headers: { origin } });
    expect(answer.body.code).toBe('openid.interaction_unknown');
  }
});

test('another site cannot make a browser agree, or admit a device', async () => {
  const { id, secret } = await register();
  const browser = await signedInBrowser();
  const request = await buildCodeRequest(await discover(iam, id, secret));
  const page = await browser.visit(request.url.href);
  const path = `/api/v1/auth/interactions/${page.searchParams.get('interaction')}`;
  const forged: Record<string, string>[] = [
    { origin: 'https://evil.test' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of forged) {
    const agreed = await browser.send('POST', path, { body: { agreed: true }, headers });
    expect(agreed.body.code).toBe('authentication.origin_not_trusted');
    const device = { body: { userCode: 'BCDF-GHJK', approved: true }, headers };
    const admitted = await browser.send('POST', '/api/v1/auth/devices/answer', device);
    expect(admitted.body.code).toBe('authentication.origin_not_trusted');
  }
});

test('a sign-in that somebody else began does not end in their browser', async () => {
  const attacker = new TestBrowser(iam);
  const request = await buildCodeRequest(web);
  const returnTo = (await attacker.visit(request.url.href)).searchParams.get('return_to')!;
  const victim = await signedInBrowser();
  expect((await victim.send('GET', returnTo)).status).toBe(404);
  expect((await attacker.visit(returnTo)).pathname).toBe('/sign-in');
});

test('a session cookie of the library that a browser made up signs nobody in', async () => {
  const user = await signUp(iam);
  const tokens = await getTokens(new TestBrowser(iam, user.cookies), web);
  const { sid } = decodeJwt<{ sid: string }>(tokens.access_token);
  const browser = new TestBrowser(iam, `plinth.openid=${sid}`);
  const page = await browser.visit((await buildCodeRequest(web)).url.href);
  expect(page.pathname).toBe('/sign-in');
});

test('a sign-in that still lacks its second factor gets no code', async () => {
  const user = await signUp(iam);
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.sessions SET pending = true WHERE user_id = $1`, [user.userId]),
  );
  const page = await new TestBrowser(iam, user.cookies).visit((await buildCodeRequest(web)).url.href);
  expect(page.pathname).toBe('/sign-in');
});

test('a stranger who introspects or revokes learns and changes nothing', async () => {
  const tokens = await getTokens(await signedInBrowser(), web);
  const stranger = await register({ grantTypes: ['client_credentials'], redirectUris: [] });
  const form = { token: tokens.access_token };
  expect((await post('/auth/oauth2/introspect', form)).status).toBeGreaterThanOrEqual(400);
  const asked = await post('/auth/oauth2/introspect', form, basic(stranger.id, stranger.secret));
  expect(asked.body).toEqual({ active: false });
  const refresh = { token: tokens.refresh_token! };
  expect((await post('/auth/oauth2/introspect', refresh, basic('plinth-api', apiSecret))).body).toEqual({
    active: false,
  });
  await post('/auth/oauth2/revoke', form, basic(stranger.id, stranger.secret));
  expect(await resolve(tokens.access_token)).not.toBeNull();
});

test('the id inside an access token is no token', async () => {
  const tokens = await getTokens(await signedInBrowser(), await discover(iam, 'plinth-api', apiSecret));
  const { jti } = decodeJwt(tokens.access_token);
  const asked = await post('/auth/oauth2/introspect', { token: jti! }, basic('plinth-api', apiSecret));
  expect(asked.body).toEqual({ active: false });
  const userinfo = await iam.request('GET', '/auth/oauth2/userinfo', { headers: { authorization: `Bearer ${jti}` } });
  expect(userinfo.status).toBe(401);
});

test('forged access tokens open neither userinfo nor introspection', async () => {
  const tokens = await getTokens(await signedInBrowser(), web);
  const claims = decodeJwt(tokens.access_token);
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = (await iam.request('GET', '/auth/jwks')).body.keys[0].kid as string;
  const forged = [
    new UnsecuredJWT(claims).encode(),
    await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt', jwk }).sign(privateKey),
    await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' })
      .sign(Buffer.from(JSON.stringify((await iam.request('GET', '/auth/jwks')).body.keys[0]))),
    tokens.id_token!,
  ];
  for (const token of forged) {
    const headers = { authorization: `Bearer ${token}` };
    expect((await iam.request('GET', '/auth/oauth2/userinfo', { headers })).status).toBe(401);
    const asked = await post('/auth/oauth2/introspect', { token }, basic('plinth-api', apiSecret));
    expect(asked.body).toEqual({ active: false });
  }
});

test('user codes of devices cannot be tried out', async () => {
  const browser = await signedInBrowser();
  const guess = (userCode: string) => browser.send('POST', '/api/v1/auth/devices/search', { body: { userCode } });
  expect((await guess('BBBB-BBBB')).body.code).toBe('openid.device_code_unknown');
  await guess('BBBB-BBBC');
  expect((await guess('BBBB-BBBD')).body.code).toBe('authentication.throttled');
});

test('a sign-out leads to registered addresses only', async () => {
  const browser = await signedInBrowser();
  for (const uri of ['https://evil.test/', 'http://127.0.0.1:4999/callback/../x', '//evil.test']) {
    const url = openid.buildEndSessionUrl(web, { post_logout_redirect_uri: uri });
    const answer = await browser.send('GET', url.href);
    expect(answer.status).toBe(400);
    expect(answer.headers['location']).toBeUndefined();
  }
});

test('secrets are nowhere in the database as they are', async () => {
  const { id, secret } = await register({ firstParty: true });
  const tokens = await getTokens(await signedInBrowser(), await discover(iam, id, secret));
  // PostgreSQL writes bytes in hexadecimal.
  const rows = await iam.database.transaction(undefined, async (transaction) => [
    ...(await transaction.rows(`SELECT to_jsonb(a) AS row FROM auth.artifacts a`)),
    ...(await transaction.rows(`SELECT to_jsonb(g) AS row FROM auth.grants g`)),
    ...(await transaction.rows(`SELECT to_jsonb(s) AS row FROM auth.client_secrets s`)),
  ]);
  const text = JSON.stringify(rows);
  expect(rows.length).toBeGreaterThan(3);
  for (const value of [secret, tokens.refresh_token!, decodeJwt(tokens.access_token).jti!]) {
    expect(text).not.toContain(value);
    expect(text).not.toContain(Buffer.from(value).toString('hex'));
  }
});
