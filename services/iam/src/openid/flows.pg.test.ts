import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { Clock } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTenant, origin, password, sessionOf, signUp, startIam } from '../../test/builders.ts';
import {
  buildCodeRequest,
  callback,
  discover,
  getTokens,
  issuer,
  operator,
  redeem,
  registerClient,
  resolveToken,
  TestBrowser,
} from '../../test/openid.ts';

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

test('discovery is right at the first request and names the issuer alone, whatever Host was sent', async () => {
  const path = '/auth/.well-known/openid-configuration';
  const { body } = await iam.request('GET', path, {
    headers: {
      host: 'evil.test',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.test',
    },
  });
  expect(JSON.stringify(body)).not.toContain('evil.test');
  expect(body).toMatchObject({
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    userinfo_endpoint: `${issuer}/oauth2/userinfo`,
    introspection_endpoint: `${issuer}/oauth2/introspect`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    end_session_endpoint: `${issuer}/oauth2/logout`,
    device_authorization_endpoint: `${issuer}/oauth2/device-authorization`,
    pushed_authorization_request_endpoint: `${issuer}/oauth2/par`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
  });
  expect(body.grant_types_supported).not.toContain('implicit');
  expect(body.grant_types_supported).not.toContain('password');
});

test('a signed-in user gets tokens with the claims of the platform, which the gateway takes', async () => {
  const user = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, user.userId);
  const web = await discover(iam, 'plinth-web');
  const tokens = await getTokens(new TestBrowser(iam, user.cookies), web);
  const platform = { tenant_id: tenantId, organization_id: organizationId, roles: ['org_admin'], email: user.email };
  expect(tokens.claims()).toMatchObject({
    ...platform,
    sub: user.userId,
    aud: 'plinth-web',
    acr: 'urn:plinth:acr:single-factor',
    amr: ['pwd'],
    auth_time: expect.any(Number),
    name: 'Ann',
  });
  const keys = await iam.request('GET', '/auth/jwks');
  const verified = await jwtVerify(tokens.access_token, createLocalJWKSet(keys.body), {
    issuer,
    audience: 'plinth-api',
    typ: 'at+jwt',
  });
  expect(verified.payload).toMatchObject({ ...platform, sub: user.userId, client_id: 'plinth-web' });
  expect(tokens.expires_in).toBe(900);
  expect(await resolve(tokens.access_token)).toEqual({
    kind: 'user',
    subject: user.userId,
    email: user.email,
    session: verified.payload['sid'],
    tenant: tenantId,
    organization: organizationId,
    roles: ['org_admin'],
  });
  expect(await openid.fetchUserInfo(web, tokens.access_token, user.userId)).toMatchObject({
    ...platform,
    name: 'Ann',
    email_verified: false,
  });
});

test('somebody who is not signed in comes to the sign-in page and from there back into the application', async () => {
  const user = await signUp(iam);
  const web = await discover(iam, 'plinth-web');
  const browser = new TestBrowser(iam);
  const request = await buildCodeRequest(web);
  const page = await browser.visit(request.url.href);
  expect(page.pathname).toBe('/sign-in');
  const returnTo = page.searchParams.get('return_to')!;
  const signedIn = await browser.send('POST', '/api/v1/auth/sign-in/email', { body: { email: user.email, password } });
  expect(signedIn.status).toBe(200);
  const tokens = await redeem(web, request, await browser.visit(returnTo));
  expect(tokens.claims()?.sub).toBe(user.userId);
});

test('prompt=none answers login_required without a session, and a code with one', async () => {
  const web = await discover(iam, 'plinth-web');
  const request = await buildCodeRequest(web, { prompt: 'none' });
  const refused = await new TestBrowser(iam).visit(request.url.href);
  expect(refused.origin + refused.pathname).toBe(callback);
  expect(Object.fromEntries(refused.searchParams)).toMatchObject({ error: 'login_required', iss: issuer });
  const user = await signUp(iam);
  expect((await getTokens(new TestBrowser(iam, user.cookies), web, { prompt: 'none' })).claims()?.sub).toBe(
    user.userId,
  );
});

test.each<Record<string, string>>([{ prompt: 'login' }, { max_age: '0' }])(
  '%o needs a new sign-in, and the old session is not enough',
  async (asked) => {
    const user = await signUp(iam);
    const web = await discover(iam, 'plinth-web');
    const browser = new TestBrowser(iam, user.cookies);
    const request = await buildCodeRequest(web, asked);
    const page = await browser.visit(request.url.href);
    expect(page.pathname).toBe('/sign-in');
    expect(page.searchParams.get('reauthenticate')).toBe('true');
    const returnTo = page.searchParams.get('return_to')!;
    expect((await browser.visit(returnTo)).pathname).toBe('/sign-in');
    await browser.send('POST', '/api/v1/auth/sign-in/email', { body: { email: user.email, password } });
    const tokens = await redeem(web, request, await browser.visit(returnTo));
    expect(tokens.claims()!.auth_time! * 1000).toBeGreaterThan(Date.now() - 10_000);
  },
);

test('another application is asked for consent once, and only for what it has not got yet', async () => {
  const user = await signUp(iam);
  const { id, secret } = await register({ permissions: ['usage:read', 'usage:write'] });
  const grafana = await discover(iam, id, secret);
  const browser = new TestBrowser(iam, user.cookies);
  const request = await buildCodeRequest(grafana, { scope: 'openid email usage:read' });
  const page = await browser.visit(request.url.href);
  expect(page.pathname).toBe('/sign-in/consent');
  const interaction = `/api/v1/auth/interactions/${page.searchParams.get('interaction')}`;
  expect((await browser.send('GET', interaction)).body).toEqual({
    client: { id, name: 'Grafana', logoUri: null, homeUri: null },
    scopes: ['openid', 'email', 'usage:read'],
    user: { name: 'Ann', email: user.email },
    redirectOrigin: 'http://127.0.0.1:4999',
  });
  const answer = await browser.send('POST', interaction, { body: { agreed: true }, headers: { origin } });
  const tokens = await redeem(grafana, request, await browser.visit(answer.body.location));
  expect(tokens.scope).toBe('openid email usage:read');
  expect((await resolve(tokens.access_token))?.scopes).toEqual(['usage:read']);
  await getTokens(browser, grafana, { scope: 'openid usage:read' });
  const more = await buildCodeRequest(grafana, { scope: 'openid usage:write' });
  expect((await browser.visit(more.url.href)).pathname).toBe('/sign-in/consent');
});

test('a user sees what they agreed to and takes it back, and the tokens of the application end', async () => {
  const user = await signUp(iam);
  const { id, secret } = await register({ permissions: ['usage:read'] });
  const browser = new TestBrowser(iam, user.cookies);
  const request = await buildCodeRequest(await discover(iam, id, secret), { scope: 'openid usage:read' });
  const page = await browser.visit(request.url.href);
  const interaction = `/api/v1/auth/interactions/${page.searchParams.get('interaction')}`;
  const agreed = await browser.send('POST', interaction, { body: { agreed: true }, headers: { origin } });
  const location = await browser.visit(agreed.body.location);
  const tokens = await redeem(await discover(iam, id, secret), request, location);
  const principal = buildPrincipal({ subject: user.userId });
  expect((await iam.request('GET', '/users/me/consents', { principal })).body.data).toMatchObject([
    { client: { id, name: 'Grafana' }, scopes: ['openid', 'usage:read'] },
  ]);
  const stranger = buildPrincipal();
  expect((await iam.request('DELETE', `/users/me/consents/${id}`, { principal: stranger })).status).toBe(404);
  expect(await resolve(tokens.access_token)).not.toBeNull();
  expect((await iam.request('DELETE', `/users/me/consents/${id}`, { principal })).status).toBe(204);
  expect(await resolve(tokens.access_token)).toBeNull();
  const again = await buildCodeRequest(await discover(iam, id, secret), { scope: 'openid' });
  expect((await browser.visit(again.url.href)).pathname).toBe('/sign-in/consent');
});

test('refreshing keeps the session alive, and a disabled user has no token', async () => {
  const user = await signUp(iam);
  const web = await discover(iam, 'plinth-web');
  const tokens = await getTokens(new TestBrowser(iam, user.cookies), web);
  const change = (sql: string) =>
    iam.database.transaction(undefined, (transaction) => transaction.execute(sql, [user.userId]));
  await change(`UPDATE auth.sessions SET expires_at = now() + interval '1 minute' WHERE user_id = $1`);
  const refreshed = await openid.refreshTokenGrant(web, tokens.refresh_token!);
  const left = await iam.database.transaction(undefined, (transaction) =>
    transaction.findRow<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float8 AS seconds FROM auth.sessions WHERE user_id = $1`,
      [user.userId],
    ),
  );
  expect(left?.seconds).toBeGreaterThan(1700);
  await change(`UPDATE auth.users SET disabled_at = now() WHERE id = $1`);
  expect(await resolve(refreshed.access_token)).toBeNull();
  await expect(openid.refreshTokenGrant(web, refreshed.refresh_token!)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
});

test('an application of the operator asks nobody, and its token does what it asked for alone', async () => {
  const user = await signUp(iam);
  const { id, secret } = await register({ firstParty: true, permissions: ['usage:read'] });
  const browser = new TestBrowser(iam, user.cookies);
  const grafana = await discover(iam, id, secret);
  expect((await resolve((await getTokens(browser, grafana)).access_token))?.scopes).toEqual([]);
  const asked = await getTokens(browser, grafana, { scope: 'openid usage:read' });
  expect((await resolve(asked.access_token))?.scopes).toEqual(['usage:read']);
  const tooMuch = await browser.visit((await buildCodeRequest(grafana, { scope: 'openid tenant:delete' })).url.href);
  expect(tooMuch.searchParams.get('error')).toBe('invalid_scope');
});

test('a refusal reaches the application as access_denied', async () => {
  const user = await signUp(iam);
  const { id, secret } = await register();
  const browser = new TestBrowser(iam, user.cookies);
  const request = await buildCodeRequest(await discover(iam, id, secret));
  const page = await browser.visit(request.url.href);
  const interaction = `/api/v1/auth/interactions/${page.searchParams.get('interaction')}`;
  const answer = await browser.send('POST', interaction, { body: { agreed: false }, headers: { origin } });
  const location = await browser.visit(answer.body.location);
  expect(location.searchParams.get('error')).toBe('access_denied');
});

test('a refresh token works once; the second use ends the whole family', async () => {
  const user = await signUp(iam);
  const web = await discover(iam, 'plinth-web');
  const first = await getTokens(new TestBrowser(iam, user.cookies), web);
  const second = await openid.refreshTokenGrant(web, first.refresh_token!);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect((await resolve(second.access_token))?.subject).toBe(user.userId);
  await expect(openid.refreshTokenGrant(web, first.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' });
  await expect(openid.refreshTokenGrant(web, second.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' });
  expect(await resolve(second.access_token)).toBeNull();
});

test('tokens are worth nothing once their session has ended', async () => {
  const user = await signUp(iam);
  const web = await discover(iam, 'plinth-web');
  const tokens = await getTokens(new TestBrowser(iam, user.cookies), web);
  await iam.request('POST', '/auth/sign-out', { headers: { cookie: user.cookies, origin } });
  expect(await resolve(tokens.access_token)).toBeNull();
  await expect(openid.refreshTokenGrant(web, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' });
  await expect(openid.fetchUserInfo(web, tokens.access_token, user.userId)).rejects.toThrow();
});

test('tenant_id chooses the tenant of the tokens, and nobody gets one that is not theirs', async () => {
  const user = await signUp(iam);
  await createTenant(iam, user.userId);
  const second = await createTenant(iam, user.userId);
  const foreign = await createTenant(iam, (await signUp(iam)).userId);
  const web = await discover(iam, 'plinth-web');
  const browser = new TestBrowser(iam, user.cookies);
  const tokens = await getTokens(browser, web, { tenant_id: second.tenantId });
  expect(tokens.claims()).toMatchObject({ tenant_id: second.tenantId, organization_id: second.organizationId });
  expect((await resolve(tokens.access_token))?.tenant).toBe(second.tenantId);
  const refreshed = await openid.refreshTokenGrant(web, tokens.refresh_token!);
  expect(decodeJwt(refreshed.access_token)['tenant_id']).toBe(second.tenantId);
  const refused = await browser.visit((await buildCodeRequest(web, { tenant_id: foreign.tenantId })).url.href);
  expect(refused.searchParams.get('error')).toBe('access_denied');
  const malformed = await browser.visit((await buildCodeRequest(web, { tenant_id: 'acme' })).url.href);
  expect(malformed.searchParams.get('error')).toBe('invalid_request');
});

test('somebody who leaves a tenant gets no more tokens for it', async () => {
  const user = await signUp(iam);
  const { tenantId } = await createTenant(iam, user.userId);
  const web = await discover(iam, 'plinth-web');
  const tokens = await getTokens(new TestBrowser(iam, user.cookies), web, { tenant_id: tenantId });
  await iam.database.transaction(tenantId, (transaction) =>
    transaction.execute(`DELETE FROM iam.role_assignments WHERE user_id = $1`, [user.userId]),
  );
  await expect(openid.refreshTokenGrant(web, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('an answer by form post may reach its application and nobody else', async () => {
  const user = await signUp(iam);
  const web = await discover(iam, 'plinth-web');
  const { url } = await buildCodeRequest(web, { response_mode: 'form_post' });
  const answer = await new TestBrowser(iam, user.cookies).send('GET', url.href);
  expect(answer.status).toBe(200);
  expect(answer.body).toContain(`action="${callback}"`);
  expect(answer.headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'sha256-[\w+/=]+'; .*form-action http:\/\/127\.0\.0\.1:4999$/,
  );
});

test('a confidential client gets a token for itself, narrowed to what it asks for', async () => {
  const { id, secret } = await register({
    grantTypes: ['client_credentials'],
    redirectUris: [],
    permissions: ['usage:read', 'usage:write'],
  });
  const machine = await discover(iam, id, secret);
  const all = await openid.clientCredentialsGrant(machine);
  expect(decodeProtectedHeader(all.access_token).typ).toBe('at+jwt');
  expect(decodeJwt(all.access_token)).toMatchObject({ sub: id, client_id: id, aud: 'plinth-api' });
  const permitted = {
    kind: 'service-account',
    subject: id,
    roles: [],
    grants: [{ permissions: ['usage:read', 'usage:write'] }],
  };
  expect(await resolve(all.access_token)).toEqual(permitted);
  const narrow = await openid.clientCredentialsGrant(machine, { scope: 'usage:read' });
  expect(await resolve(narrow.access_token)).toEqual({ ...permitted, scopes: ['usage:read'] });
  await expect(openid.clientCredentialsGrant(machine, { scope: 'tenant:delete' })).rejects.toMatchObject({
    error: 'invalid_scope',
  });
  await iam.request('DELETE', `/clients/${id}`, { principal: operator });
  expect(await resolve(all.access_token)).toBeNull();
});

test('the built-in API client gets tokens by its configured secret', async () => {
  const api = await discover(iam, 'plinth-api', apiSecret);
  expect((await openid.clientCredentialsGrant(api)).expires_in).toBe(900);
});

test('a rotated signing key goes on verifying, and new tokens are signed by the next', async () => {
  const user = await signUp(iam);
  const web = await discover(iam, 'plinth-web');
  const browser = new TestBrowser(iam, user.cookies);
  const before = await getTokens(browser, web);
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.signing_keys SET retires_at = now() - interval '1 second'`),
  );
  ahead += 120_000;
  const after = await getTokens(browser, web);
  const kid = (token: string): string | undefined => decodeProtectedHeader(token).kid;
  expect(kid(after.id_token!)).not.toBe(kid(before.id_token!));
  expect(kid(after.access_token)).toBe(kid(after.id_token!));
  expect(await openid.fetchUserInfo(web, before.access_token, user.userId)).toMatchObject({ sub: user.userId });
});

test('signing in twice in one browser keeps the applications of each user apart', async () => {
  const [ann, bob] = [await signUp(iam), await signUp(iam)];
  const web = await discover(iam, 'plinth-web');
  const browser = new TestBrowser(iam, ann.cookies);
  expect((await getTokens(browser, web)).claims()?.sub).toBe(ann.userId);
  const signedIn = await iam.request('POST', '/auth/sign-in/email', { body: { email: bob.email, password } });
  browser.setCookies(sessionOf(signedIn).cookies);
  expect((await getTokens(browser, web)).claims()?.sub).toBe(bob.userId);
});
