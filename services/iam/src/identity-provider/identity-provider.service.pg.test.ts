import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIam } from '../../test/builders.ts';
import { createProvider, errorOf, openidBody, operator, start } from '../../test/federation-world.ts';
import { startOpenidUpstream, type OpenidUpstreamServer } from '../../test/openid-upstream.ts';

let iam: ServiceUnderTest;
let upstream: OpenidUpstreamServer;
beforeAll(async () => {
  upstream = await startOpenidUpstream();
  iam = await startIam({ environment: { IAM_PRIVATE_IDENTITY_PROVIDERS: 'true' } });
});
afterAll(async () => {
  await iam.stop();
  await upstream.stop();
});

const tenantAdmin = () => buildPrincipal();

test('makes, shows, lists, changes and deletes providers of a tenant, and never shows a secret', async () => {
  const principal = tenantAdmin();
  const created = await iam.request('POST', '/identity-providers', { principal, body: openidBody(upstream) });
  const { id } = created.body;
  expect(created).toMatchObject({
    status: 201,
    body: {
      realm: 'tenant',
      origin: 'administered',
      enabled: true,
      signUp: 'platform',
      secretSet: true,
      settings: { kind: 'oidc', issuer: upstream.issuer, scopes: ['openid', 'email', 'profile'] },
      callbackUrl: `http://localhost:3000/api/v1/auth/federation/${id}/callback`,
      metadataUrl: null,
      version: 1,
    },
  });
  const changed = await iam.request('PATCH', `/identity-providers/${id}`, {
    principal,
    headers: { 'if-match': '"1"' },
    body: { title: 'Renamed', enabled: false },
  });
  expect(changed).toMatchObject({
    status: 200,
    body: { title: 'Renamed', enabled: false, version: 2, secretSet: true },
  });
  expect(
    (await iam.request('PATCH', `/identity-providers/${id}`, { principal, headers: { 'if-match': '"1"' }, body: {} }))
      .body.code,
  ).toBe('request.version_mismatch');
  const list = await iam.request('GET', '/identity-providers', { principal });
  const got = await iam.request('GET', `/identity-providers/${id}`, { principal });
  expect(list.body.data).toEqual([got.body]);
  const events = JSON.stringify(await iam.takeEvents());
  for (const shown of [created.body, list.body, got.body, events])
    expect(JSON.stringify(shown)).not.toContain(upstream.clientSecret);
  expect((await iam.request('DELETE', `/identity-providers/${id}`, { principal })).status).toBe(204);
  expect((await iam.request('GET', `/identity-providers/${id}`, { principal })).status).toBe(404);
});

test('keeps the secret encrypted', async () => {
  const id = await createProvider(iam, openidBody(upstream));
  const [row] = await iam.database.platformTransaction((transaction) =>
    transaction.rows<{ secret: Buffer; settings: object }>(
      `SELECT secret, settings FROM iam.identity_providers WHERE id = $1`,
      [id],
    ),
  );
  expect(row!.secret.includes(upstream.clientSecret)).toBe(false);
  expect(JSON.stringify(row!.settings)).not.toContain(upstream.clientSecret);
});

test('names every mistake by its path', async () => {
  const create = async (body: object) => {
    const response = await iam.request('POST', '/identity-providers?realm=platform', { principal: operator, body });
    return (response.body.errors as { path: string }[]).map(({ path }) => path);
  };
  expect(await create({ settings: { kind: 'oidc', clientId: '', scopes: ['a b'] }, more: 1 })).toEqual(
    expect.arrayContaining(['/title', '/settings/clientId', '/settings/issuer', '/settings/scopes/0', '/more']),
  );
  expect(
    await create({
      title: 'a',
      homeRealm: true,
      joinRole: 'org_member',
      settings: { kind: 'oidc', clientId: 'a', issuer: 'ftp://a.test', scopes: ['email'] },
    }),
  ).toEqual(['/settings/clientSecret', '/homeRealm', '/joinRole', '/settings/issuer', '/settings/scopes']);
  expect(await create({ title: 'a', settings: { kind: 'myspace' } })).toEqual(['/settings/kind']);
  const apple = { kind: 'apple', clientId: 'a', teamId: 'b', keyId: 'c' };
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  for (const key of ['nonsense', privateKey.export({ type: 'pkcs8', format: 'pem' })])
    expect(await create({ title: 'a', settings: { ...apple, privateKey: key } })).toEqual(['/settings/privateKey']);
});

test('attack: a changed issuer does not get the secret of the one before', async () => {
  const principal = tenantAdmin();
  const id = await createProvider(iam, openidBody(upstream), principal);
  const change = (settings: object) =>
    iam.request('PATCH', `/identity-providers/${id}`, { principal, body: { settings: { kind: 'oidc', ...settings } } });
  const { issuer, clientId } = upstream;
  expect((await change({ issuer, clientId, scopes: ['openid'] })).body).toMatchObject({ secretSet: true, version: 2 });
  expect((await change({ issuer: 'https://evil.test', clientId })).body.errors).toMatchObject([
    { path: '/settings/clientSecret', message: 'is required' },
  ]);
  expect(
    (
      await iam.request('PATCH', `/identity-providers/${id}`, {
        principal,
        body: { settings: { kind: 'google', clientId, clientSecret: 'x' } },
      })
    ).body.errors,
  ).toMatchObject([{ path: '/settings/kind' }]);
});

test('attack: providers of another tenant and of the platform cannot be seen, changed, tried or deleted', async () => {
  const [own, foreign] = [tenantAdmin(), tenantAdmin()];
  const ofTenant = await createProvider(iam, openidBody(upstream), own);
  const ofPlatform = await createProvider(iam, openidBody(upstream));
  for (const id of [ofTenant, ofPlatform]) {
    const path = `/identity-providers/${id}`;
    const answers = await Promise.all([
      iam.request('GET', path, { principal: foreign }),
      iam.request('PATCH', path, { principal: foreign, body: { title: 'Mine' } }),
      iam.request('DELETE', path, { principal: foreign }),
      iam.request('POST', `${path}/test`, { principal: foreign }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  }
  for (const path of ['/identity-providers', `/identity-providers/${ofPlatform}`])
    expect((await iam.request('GET', `${path}?realm=platform`, { principal: foreign })).body.code).toBe(
      'role.platform_administrator_only',
    );
  const member = { ...own, roles: ['org_member'] };
  expect((await iam.request('GET', '/identity-providers', { principal: member })).body.code).toBe(
    'auth.permission_denied',
  );
  expect(
    (
      await iam.request('POST', '/identity-providers', {
        principal: { ...own, actor: newId() },
        body: openidBody(upstream),
      })
    ).body.code,
  ).toBe('auth.impersonation_refused');
});

test('attack: who may write providers alone becomes no administrator by one, nor lets others join as one', async () => {
  const principal = buildPrincipal({
    roles: [],
    grants: [{ permissions: ['identity-provider:write', 'identity-provider:read'] }],
  });
  const body = (joinRole: string) => openidBody(upstream, { joinRole });
  for (const role of ['org_admin', 'org_member'])
    expect((await iam.request('POST', '/identity-providers', { principal, body: body(role) })).body.code).toBe(
      'role.too_powerful',
    );
  for (const role of ['platform_admin', 'nonsense'])
    expect(
      (await iam.request('POST', '/identity-providers', { principal: tenantAdmin(), body: body(role) })).body.errors,
    ).toMatchObject([{ path: '/joinRole' }]);
  // A provider alone would do: with the tenant's own domain it makes its maker any of the tenant's people.
  expect((await iam.request('POST', '/identity-providers', { principal, body: openidBody(upstream) })).body.code).toBe(
    'role.too_powerful',
  );
  const admin = { ...principal, grants: [], roles: ['org_admin'] };
  const id = await createProvider(iam, body('org_admin'), admin);
  // Nor do they make a provider with such a role their own afterwards.
  expect(
    (await iam.request('PATCH', `/identity-providers/${id}`, { principal, body: { trustEmail: true } })).body.code,
  ).toBe('role.too_powerful');
});

test('tells whether a provider can be reached and what it is', async () => {
  const tryOut = async (id: string) =>
    (await iam.request('POST', `/identity-providers/${id}/test?realm=platform`, { principal: operator })).body;
  expect(await tryOut(await createProvider(iam, openidBody(upstream)))).toEqual({
    ok: true,
    checks: [
      { name: 'discovery', ok: true, message: `the issuer is ${upstream.issuer}` },
      { name: 'keys', ok: true, message: expect.stringMatching(/^\d+ keys$/) },
    ],
  });
  const settings = { kind: 'oidc', issuer: `${upstream.issuer}/other`, clientId: 'a', clientSecret: 'b' };
  expect(await tryOut(await createProvider(iam, openidBody(upstream, { settings })))).toMatchObject({
    ok: false,
    checks: [{ name: 'discovery', ok: false }],
  });
});

test('attack: URLs of tenants reach nothing that only we can reach (SSRF)', async () => {
  let requests = 0;
  const inside = createServer((_request, response) => {
    requests += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const { port } = inside.address() as AddressInfo;
  const guarded = await startIam();
  try {
    const principal = tenantAdmin();
    const create = (settings: object) =>
      guarded.request('POST', '/identity-providers', { principal, body: { title: 'a', settings } });
    const openid = { kind: 'oidc', clientId: 'a', clientSecret: 'b' };
    for (const host of ['127.0.0.1', '[::1]', '2130706433', '[::ffff:127.0.0.1]', '169.254.169.254', '10.0.0.1'])
      expect((await create({ ...openid, issuer: `https://${host}:${port}` })).body.errors, host).toMatchObject([
        { path: '/settings/issuer' },
      ]);
    expect((await create({ ...openid, issuer: `http://localhost:${port}` })).body.errors).toMatchObject([
      { path: '/settings/issuer', message: 'is refused: it is not https' },
    ]);
    expect(
      (await create({ kind: 'github', clientId: 'a', clientSecret: 'b', baseUrl: `https://127.0.0.1:${port}` })).body
        .errors,
    ).toMatchObject([{ path: '/settings/baseUrl' }]);
    expect((await create({ kind: 'saml', metadataUrl: `https://localhost:${port}/` })).body.code).toBe(
      'outbound.url_refused',
    );
    // A name says only when it is resolved where it leads.
    const named = await create({ ...openid, issuer: `https://localhost:${port}` });
    expect(named.status).toBe(201);
    expect(errorOf((await start(guarded, named.body.id)).response)).toBe('federation.unavailable');
    const tried = await guarded.request('POST', `/identity-providers/${named.body.id}/test`, { principal });
    expect(tried.body.ok).toBe(false);
    expect(requests).toBe(0);
    // The operator's own providers may be inside.
    expect(
      (
        await guarded.request('POST', '/identity-providers?realm=platform', {
          principal: operator,
          body: { title: 'a', settings: { ...openid, issuer: `http://127.0.0.1:${port}` } },
        })
      ).status,
    ).toBe(201);
  } finally {
    await guarded.stop();
    inside.close();
  }
});
