import { createHash, generateKeyPairSync } from 'node:crypto';
import { newId } from '@plinth/common';
import { eventually, requirePeers } from '@plinth/testing';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import * as openid from 'openid-client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiCaller } from './api-caller.ts';
import { launchChromium } from './browser-page.ts';
import { startKeycloakWorld, type KeycloakWorld, type Person } from './keycloak-world.ts';

const peers = requirePeers('keycloak', 'chromium');
type Json = ReturnType<typeof JSON.parse>;

describe.skipIf(peers.skip)('a platform whose people are in a real Keycloak', () => {
  let world: KeycloakWorld;
  let browser: Browser;
  let operator: ApiCaller;
  /** The owner of an organization, and its tenant. */
  let owner: Person;
  let tenantId: string;

  beforeAll(async () => {
    world = await startKeycloakWorld(peers.paths.keycloak);
    browser = await launchChromium(peers.paths.chromium);
    operator = await callerOf(await world.addPerson(['platform_admin']));
    owner = await world.addPerson();
    ({ tenantId } = await (await callerOf(owner)).expect('POST', '/organizations', { name: 'Acme' }));
    await world.setTenant(owner.id, tenantId);
    await eventually(async () =>
      (await (await callerOf(owner)).expect('GET', '/users/me')).tenants.length > 0 ? true : undefined,
    );
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const callerOf = async (person: Pick<Person, 'email' | 'password'>): Promise<ApiCaller> =>
    world.call((await world.getTokens(person)).access_token);
  const ownId = async (caller: ApiCaller): Promise<string> => (await caller.expect('GET', '/users/me')).id;
  const inKeycloak = async (path: string): Promise<Json> => (await world.keycloak.admin('GET', path)).json();

  /** The code flow in Chromium, as the pages of the platform drive it. */
  async function signIn(person: Pick<Person, 'email' | 'password'>): Promise<openid.TokenEndpointResponse> {
    const client = await openid.discovery(new URL(world.keycloak.issuer), world.web, undefined, openid.None(), {
      execute: [openid.allowInsecureRequests],
    });
    const [pkceCodeVerifier, expectedState] = [openid.randomPKCECodeVerifier(), openid.randomState()];
    const url = openid.buildAuthorizationUrl(client, {
      redirect_uri: world.callback,
      scope: 'openid',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
    });
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.route(`${world.callback}**`, (route) => route.fulfill({ body: 'signed in' }));
      await page.goto(url.href);
      await page.locator('#username').fill(person.email);
      await page.locator('#password').fill(person.password);
      await page.locator('#kc-login').click();
      await page.waitForURL(`${world.callback}**`);
      const location = new URL(page.url());
      return await openid.authorizationCodeGrant(client, location, { pkceCodeVerifier, expectedState });
    } finally {
      await context.close();
    }
  }

  test('somebody signs in by the code flow in a browser; their token is accepted, with its role', async () => {
    const person = await world.addPerson(['platform_admin']);
    const tokens = await signIn(person);
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    const caller = world.call(tokens.access_token);
    expect(await caller.expect('GET', '/users/me')).toMatchObject({
      email: person.email,
      emailVerified: true,
      name: 'Ada Lovelace',
      roles: ['platform_admin'],
    });
    // What only that role may do.
    expect((await caller.send('GET', '/clients')).status).toBe(200);
    const plain = await callerOf(await world.addPerson());
    expect((await plain.send('GET', '/clients')).body.code).toBe('auth.permission_denied');
  });

  test('a token opens the tenant that it names, if its person belongs to it here', async () => {
    const member = await callerOf(owner);
    expect(await member.expect('GET', '/users/me')).toMatchObject({ tenant: tenantId, roles: ['org_admin'] });
    expect((await member.send('GET', '/accounts')).status).toBe(200);
    const stranger = await callerOf(await world.addPerson(['org_admin'], tenantId));
    expect(await stranger.expect('GET', '/users/me')).toMatchObject({ tenant: null, roles: [] });
    expect(await stranger.send('GET', '/accounts')).toMatchObject({
      status: 403,
      body: { code: 'auth.tenant_required' },
    });
    expect((await member.with({ 'x-tenant-id': newId() }).send('GET', '/accounts')).status).toBe(401);
  });

  test('a user disabled by our route is refused within two seconds, and Keycloak signs them in no more', async () => {
    const person = await world.addPerson();
    const caller = await callerOf(person);
    const id = await ownId(caller);
    await operator.expect('POST', `/users/${id}/disable`);
    const disabledAt = Date.now();
    await eventually(async () => ((await caller.send('GET', '/users/me')).status === 401 ? true : undefined));
    expect(Date.now() - disabledAt).toBeLessThan(2000);
    expect((await inKeycloak(`/users/${person.id}`)).enabled).toBe(false);
    await expect(world.getTokens(person)).rejects.toThrow('disabled');
    await operator.expect('POST', `/users/${id}/enable`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await (await callerOf(person)).send('GET', '/users/me')).status).toBe(200);
    // What was issued before does not come back to life.
    expect((await caller.send('GET', '/users/me')).status).toBe(401);
  });

  test('sessions are listed and ended by our routes, and tokens of theirs with them', async () => {
    const person = await world.addPerson();
    const caller = await callerOf(person);
    const id = await ownId(caller);
    const listed = await operator.expect('GET', `/users/${id}/sessions`);
    expect(listed.data).toEqual([
      { id: expect.any(String), ip: '127.0.0.1', startedAt: expect.any(String), usedAt: expect.any(String) },
    ]);
    await operator.expect('DELETE', `/users/${id}/sessions`);
    expect(await inKeycloak(`/users/${person.id}/sessions`)).toEqual([]);
    await eventually(async () => ((await caller.send('GET', '/users/me')).status === 401 ? true : undefined), 2000);
  });

  test('users are made, changed, given roles and deleted in Keycloak by our routes', async () => {
    const email = `${newId()}@saas.example.com`;
    const made = await operator.expect('POST', '/users', { email, name: 'Grace Brewster Hopper' }, key());
    const [account] = await inKeycloak(`/users?email=${email}&exact=true`);
    expect(account).toMatchObject({ email, firstName: 'Grace Brewster', lastName: 'Hopper', enabled: true });
    await world.setTenant(account.id, tenantId);
    expect(await operator.expect('PATCH', `/users/${made.id}`, { name: 'Grace Hopper' })).toMatchObject({
      name: 'Grace Hopper',
    });
    expect(await inKeycloak(`/users/${account.id}`)).toMatchObject({
      firstName: 'Grace',
      attributes: { tenant_id: [tenantId] },
    });
    await operator.expect('PUT', `/users/${made.id}/realm-roles`, { roles: ['org_admin', 'org_member'] });
    await operator.expect('PUT', `/users/${made.id}/realm-roles`, { roles: ['org_member'] });
    expect(await operator.expect('GET', `/users/${made.id}/realm-roles`)).toEqual({ roles: ['org_member'] });
    const held = await inKeycloak(`/users/${account.id}/role-mappings/realm`);
    expect(held.map(({ name }: Json) => name)).toContain('org_member');
    await operator.expect('DELETE', `/users/${made.id}`);
    await expect(inKeycloak(`/users/${account.id}`)).rejects.toThrow('404');
  });

  test('somebody who was made here chooses a password by the mail of Keycloak, and gets in', async () => {
    const email = `${newId()}@saas.example.com`;
    const { id } = await operator.expect('POST', '/users', { email, name: 'Grace Hopper' }, key());
    const password = 'one that grace has chosen';
    await choosePassword(email, password);
    const caller = world.call((await signIn({ email, password })).access_token);
    expect(await caller.expect('GET', '/users/me')).toMatchObject({ id, email, emailVerified: true });
    await operator.expect('POST', `/users/${id}/password-reset`);
    await choosePassword(email, 'another one that grace has chosen');
    expect((await world.getTokens({ email, password: 'another one that grace has chosen' })).access_token).toBeTruthy();
  });

  test('what Keycloak refuses is an answer of ours', async () => {
    const other = await world.addPerson();
    const made = await operator.send('POST', '/users', { email: other.email, name: 'Ada' }, key());
    expect(made).toMatchObject({ status: 409, body: { code: 'authentication.email_taken' } });
    const person = await world.addPerson();
    const id = await ownId(await callerOf(person));
    const changed = await operator.send('PATCH', `/users/${id}`, { email: other.email });
    expect(changed).toMatchObject({ status: 409, body: { code: 'authentication.email_taken' } });
    await world.keycloak.admin('DELETE', `/users/${person.id}`);
    expect(await operator.send('POST', `/users/${id}/password-reset`)).toMatchObject({
      status: 404,
      body: { code: 'resource.not_found' },
    });
    // Who is gone there already can be deleted here.
    expect((await operator.send('DELETE', `/users/${id}`)).status).toBe(204);
  });

  test('a deleted user does not come back by a token that is still valid', async () => {
    const caller = await callerOf(await world.addPerson());
    await operator.expect('DELETE', `/users/${await ownId(caller)}`);
    await eventually(async () => ((await caller.send('GET', '/users/me')).status === 401 ? true : undefined), 2000);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect((await caller.send('GET', '/users/me')).status).toBe(401);
  });

  test('a rotated realm key: tokens of the old one still count, and those of the new one too', async () => {
    const before = (await world.getTokens(owner)).access_token;
    const { id } = await inKeycloak('');
    await world.keycloak.admin('POST', '/components', {
      name: 'rsa-rotated',
      providerId: 'rsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      parentId: id,
      config: { priority: ['200'], algorithm: ['RS256'], keySize: ['2048'], active: ['true'], enabled: ['true'] },
    });
    // Another token of the old key, which nobody has verified yet, is what a running application holds.
    const after = (await world.getTokens(owner)).access_token;
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    await eventually(async () =>
      (await world.call(after).send('GET', '/accounts')).status === 200 ? true : undefined,
    );
    expect((await world.call(before).send('GET', '/accounts')).status).toBe(200);
  });

  describe('refuses', () => {
    const audience = (config: object) => ({
      name: 'audience',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-audience-mapper',
      config: { 'access.token.claim': 'true', ...config },
    });
    const attacks: Readonly<Record<string, () => Promise<string>>> = {
      'a token for the audience account': async () =>
        tokenOf(await world.addClient({ protocolMappers: [], defaultClientScopes: ['basic', 'roles'] }), ['account']),
      'a token for another audience': async () =>
        tokenOf(await world.addClient({ protocolMappers: [audience({ 'included.custom.audience': 'other' })] }), [
          'other',
        ]),
      'a token without an audience': async () => tokenOf(await world.addClient({ protocolMappers: [] }), []),
      'a token of another realm of the same server': async () => {
        const answer = await fetch(`${world.keycloak.base}/realms/master/protocol/openid-connect/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'password',
            client_id: 'admin-cli',
            username: 'admin',
            password: 'admin-of-a-test',
          }),
        });
        return ((await answer.json()) as { access_token: string }).access_token;
      },
      'a token that is signed with a key of our own under the name of theirs': async () => {
        const { access_token: token } = await world.getTokens(owner);
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const header = decodeProtectedHeader(token) as { alg: string };
        return new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(privateKey);
      },
      'a token that is signed with the public key as a secret': async () => {
        const { access_token: token } = await world.getTokens(owner);
        const { keys } = (await (await fetch(`${world.keycloak.issuer}/protocol/openid-connect/certs`)).json()) as Json;
        const secret = createHash('sha256').update(JSON.stringify(keys)).digest();
        return new SignJWT(decodeJwt(token))
          .setProtectedHeader({ alg: 'HS256', kid: keys[0].kid, typ: 'at+jwt' })
          .sign(secret);
      },
      'a token with the algorithm none': async () =>
        new UnsecuredJWT(decodeJwt((await world.getTokens(owner)).access_token)).encode(),
      'a token with another tenant pasted in': async () => {
        const [header, payload = '', signature] = (await world.getTokens(owner)).access_token.split('.');
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
        const changed = Buffer.from(JSON.stringify({ ...claims, tenant_id: newId() })).toString('base64url');
        return [header, changed, signature].join('.');
      },
      'an id token': async () => (await world.getTokens(owner)).id_token,
      'an id token for the audience': async () => {
        const client = await world.addClient({
          protocolMappers: [audience({ 'included.custom.audience': world.audience, 'id.token.claim': 'true' })],
        });
        const { id_token: token } = await world.getTokens(owner, client);
        expect(decodeJwt(token).aud).toContain(world.audience);
        return token;
      },
      'a refresh token': async () => (await world.getTokens(owner)).refresh_token,
    };

    async function tokenOf(client: string, audiences: readonly string[]): Promise<string> {
      const { access_token: token } = await world.getTokens(owner, client);
      expect([decodeJwt(token).aud ?? []].flat()).toEqual(audiences);
      return token;
    }

    test.each(Object.keys(attacks))('%s', async (name) => {
      const answer = await world.call(await attacks[name]!()).send('GET', '/users/me');
      expect(answer).toMatchObject({ status: 401, body: { code: 'auth.token_invalid' } });
    });

    test('the service account of the client that administers users', async () => {
      const answer = await fetch(`${world.keycloak.issuer}/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: world.audience,
          client_secret: 'the-secret-of-the-services',
        }),
      });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      expect(await world.call(token).send('GET', '/users/me')).toMatchObject({
        status: 403,
        body: { code: 'issuer.email_unverified' },
      });
    });

    test('a sign-in at the platform itself', async () => {
      const answer = await world.anonymous.send('POST', '/auth/sign-in/email', world.administrator);
      expect(answer).toMatchObject({ status: 403, body: { code: 'issuer.embedded_sign_in_off' } });
    });
  });

  test('while Keycloak is away tokens count, and its users cannot be changed', async () => {
    const person = await world.addPerson();
    const caller = await callerOf(person);
    const id = await ownId(caller);
    const member = await callerOf(owner);
    await world.keycloak.stop();
    expect((await member.send('GET', '/accounts')).status).toBe(200);
    expect(await operator.send('PATCH', `/users/${id}`, { name: 'Ada' })).toMatchObject({
      status: 503,
      body: { code: 'directory.unavailable' },
    });
    // Whom we disable is out all the same.
    expect((await operator.send('POST', `/users/${id}/disable`)).status).toBe(503);
    await eventually(async () => ((await caller.send('GET', '/users/me')).status === 401 ? true : undefined), 2000);
  });

  const key = () => ({ 'idempotency-key': newId() });

  async function choosePassword(email: string, password: string): Promise<void> {
    const index = await eventually(async () => {
      const found = world.mails.messages.findIndex((message) => message.includes(email));
      return found < 0 ? undefined : found;
    });
    const [message] = (world.mails.messages as string[]).splice(index, 1);
    const link = /http:\/\/127\.0\.0\.1[^\s"<]+/.exec(message!.replaceAll('=\n', '').replaceAll('=3D', '='))![0];
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(link);
      await page.getByRole('link', { name: /proceed/i }).click();
      await page.locator('#password-new').fill(password);
      await page.locator('#password-confirm').fill(password);
      await page.locator('[type=submit]').click();
      await page.getByText(/account has been updated/i).waitFor();
    } finally {
      await context.close();
    }
  }
});
