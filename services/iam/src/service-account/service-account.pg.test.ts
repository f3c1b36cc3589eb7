import type { Clock } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTenant, signUp, startIam } from '../../test/builders.ts';
import { discover, fetchOf, issuer, resolveToken } from '../../test/openid.ts';

let skippedMs = 0;
const clock: Clock = { now: () => new Date(Date.now() + skippedMs) };
let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ clock });
});
afterAll(() => iam.stop());

async function createOwner(): Promise<Principal> {
  const { userId } = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, userId);
  return buildPrincipal({ subject: userId, tenant: tenantId, organization: organizationId });
}

const create = (principal: Principal, body: object = {}) =>
  iam.request('POST', '/service-accounts', { principal, body: { name: `robot ${Math.random()}`, ...body } });
const assign = (principal: Principal, serviceAccountId: string, role = 'org_member') =>
  iam.request('POST', '/roles/assignments', { principal, body: { serviceAccountId, role } });
async function getToken(id: string, secret: string, parameters: Record<string, string> = {}): Promise<string> {
  const { access_token: token } = await openid.clientCredentialsGrant(await discover(iam, id, secret), parameters);
  return token;
}
const change = (principal: Principal, id: string, what: string) =>
  iam.request('POST', `/service-accounts/${id}/${what}`, { principal });

test('gets a token by its secret and acts in its tenant with the roles that it has at the moment', async () => {
  const principal = await createOwner();
  const { status, body } = await create(principal);
  expect([status, body.secret]).toEqual([201, expect.stringMatching(/^pls_/)]);
  const token = await getToken(body.id, body.secret);
  expect(await resolveToken(iam, token)).toMatchObject({ kind: 'service-account', roles: [] });
  const assigned = await assign(principal, body.id);
  expect(assigned).toMatchObject({ status: 201, body: { serviceAccountId: body.id, name: body.name } });
  expect(await resolveToken(iam, token)).toEqual({
    kind: 'service-account',
    subject: body.id,
    tenant: principal.tenant,
    organization: principal.organization,
    roles: ['org_member'],
  });
  const narrow = await getToken(body.id, body.secret, { scope: 'plan:read' });
  expect(await resolveToken(iam, narrow)).toMatchObject({ scopes: ['plan:read'] });
  await expect(getToken(body.id, body.secret, { scope: 'plan:write' })).rejects.toMatchObject({
    error: 'invalid_scope',
  });
});

test('takes the secret before a rotation until the overlap ends, and a wrong one never', async () => {
  const principal = await createOwner();
  const { body } = await create(principal);
  const path = `/service-accounts/${body.id}/secret`;
  const rotated = await iam.request('POST', path, { principal, body: { overlapSeconds: 60 } });
  expect(rotated.body.secret).not.toBe(body.secret);
  await getToken(body.id, body.secret);
  await getToken(body.id, rotated.body.secret);
  skippedMs += 61_000;
  await getToken(body.id, rotated.body.secret);
  await expect(getToken(body.id, body.secret)).rejects.toMatchObject({ error: 'invalid_client' });
  const shown = await iam.request('GET', `/service-accounts/${body.id}`, { principal });
  expect(shown.body.secrets).toMatchObject([{ prefix: rotated.body.prefix }]);
  expect(JSON.stringify([shown.body, await iam.takeEvents()])).not.toContain(rotated.body.secret);
});

test('signs in by a key of its own (private_key_jwt), which replaces the secret', async () => {
  const principal = await createOwner();
  for (const alg of ['ES256', 'RS256', 'Ed25519'] as const) {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg };
    const { status, body } = await create(principal, { publicKeys: [jwk] });
    expect([alg, status, body.secret]).toEqual([alg, 201, null]);
    const signIn = async (key: CryptoKey) => {
      const authentication = openid.PrivateKeyJwt({ key, kid: 'one' });
      const configuration = await openid.discovery(new URL(issuer), body.id, undefined, authentication, {
        execute: [openid.allowInsecureRequests],
        [openid.customFetch]: fetchOf(iam),
      });
      return openid.clientCredentialsGrant(configuration);
    };
    const { access_token: token } = await signIn(privateKey);
    expect(await resolveToken(iam, token)).toMatchObject({ kind: 'service-account', subject: body.id });
    const stranger = await generateKeyPair(alg, { extractable: true });
    await expect(signIn(stranger.privateKey)).rejects.toMatchObject({ error: 'invalid_client' });
    const secret = await exportJWK(privateKey);
    expect((await create(principal, { publicKeys: [{ ...secret, kid: 'one', alg }] })).status).toBe(400);
  }
});

test('is refused with all its tokens while it is disabled and after it was deleted', async () => {
  const principal = await createOwner();
  const { body } = await create(principal);
  await assign(principal, body.id);
  const token = await getToken(body.id, body.secret);
  expect((await change(principal, body.id, 'disable')).status).toBe(204);
  expect(await resolveToken(iam, token)).toBeNull();
  await expect(getToken(body.id, body.secret)).rejects.toMatchObject({ error: 'invalid_client' });
  expect((await change(principal, body.id, 'enable')).status).toBe(204);
  expect(await resolveToken(iam, token)).not.toBeNull();
  expect((await iam.request('DELETE', `/service-accounts/${body.id}`, { principal })).status).toBe(204);
  expect(await resolveToken(iam, token)).toBeNull();
  const left = await iam.request('GET', '/roles/assignments', { principal });
  expect(left.body.data.some((one: { serviceAccountId: string }) => one.serviceAccountId === body.id)).toBe(false);
});

test('gives nobody the power of an account by its credentials', async () => {
  const principal = await createOwner();
  const { body } = await create(principal);
  await assign(principal, body.id, 'org_admin');
  const helper: Principal = {
    ...principal,
    roles: ['org_member'],
    grants: [{ permissions: ['service-account:write', 'service-account:read', 'role:write'] }],
  };
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  const publicKeys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }];
  for (const [method, path, input] of [
    ['POST', '/secret', {}],
    ['PATCH', '', { publicKeys }],
  ] as const)
    expect(
      await iam.request(method, `/service-accounts/${body.id}${path}`, {
        principal: helper,
        body: input,
        headers: { 'if-match': '*' },
      }),
    ).toMatchObject({ status: 403, body: { code: 'role.too_powerful' } });
  await change(principal, body.id, 'disable');
  expect(await change(helper, body.id, 'enable')).toMatchObject({ status: 403, body: { code: 'role.too_powerful' } });
  expect(await assign(helper, body.id, 'org_admin')).toMatchObject({ status: 403 });
  for (const caller of [
    { ...principal, kind: 'service-account' as const, subject: body.id },
    { ...principal, kind: 'api-key' as const, roles: [], scopes: ['service-account:write'] },
  ])
    expect(await create(caller)).toMatchObject({ status: 403, body: { code: 'caller.not_a_user' } });
});

test("is out of another tenant's reach, and takes no fields beyond its own", async () => {
  const [own, foreign] = [await createOwner(), await createOwner()];
  const { body } = await create(foreign);
  const path = `/service-accounts/${body.id}`;
  const options = { principal: own, headers: { 'if-match': '*' } };
  expect((await iam.request('GET', path, options)).status).toBe(404);
  expect((await iam.request('DELETE', path, options)).status).toBe(404);
  expect((await iam.request('PATCH', path, { ...options, body: { name: 'x' } })).status).toBe(404);
  expect((await iam.request('POST', `${path}/secret`, { ...options, body: {} })).status).toBe(404);
  expect((await change(own, body.id, 'disable')).status).toBe(404);
  expect(await assign(own, body.id)).toMatchObject({ status: 400, body: { errors: [{ path: '/serviceAccountId' }] } });
  for (const field of [{ tenantId: foreign.tenant }, { roles: ['org_admin'] }, { id: body.id }, { disabledAt: null }])
    expect((await create(own, field)).status).toBe(400);
});

test('notes the last use, behind the requests', async () => {
  const other = await startIam();
  const { userId } = await signUp(other);
  const { tenantId } = await createTenant(other, userId);
  const principal = buildPrincipal({ subject: userId, tenant: tenantId });
  const { body } = await other.request('POST', '/service-accounts', { principal, body: { name: 'robot' } });
  const { access_token: token } = await openid.clientCredentialsGrant(await discover(other, body.id, body.secret));
  await resolveToken(other, token);
  await other.instance.stop?.();
  const read = await other.request('GET', `/service-accounts/${body.id}`, { principal });
  expect(read.body.lastUsedAt).toEqual(expect.any(String));
  await other.stop().catch(() => {});
});
