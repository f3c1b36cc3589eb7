import type { ServiceUnderTest } from '@plinth/testing';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, password, sessionOf, signUp, startIam } from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

const all = ['password', 'email', 'passkey', 'federated'];

/** A tenant with its administrator. */
async function tenantWithAdministrator() {
  const user = await signUp(iam);
  return { user, ...(await createTenant(iam, user.userId)) };
}

async function principalOf(cookie: string) {
  return (await contractOf(iam).authenticateSession({ cookie }))!;
}

async function put(cookie: string, body: object, headers: Record<string, string> = {}) {
  return iam.request('PUT', '/sign-in-policy', { principal: await principalOf(cookie), body, headers });
}

/** Gives the user an app; returns the cookie of the session, which is strong then. */
async function strengthen(user: { cookie: string; cookies: string }): Promise<string> {
  const principal = await principalOf(user.cookie);
  const begun = await iam.request('POST', '/users/me/authenticator', { principal, body: { password } });
  const code = new TOTP({ secret: Secret.fromBase32(begun.body.secret) }).generate();
  const confirmed = await iam.request('POST', '/users/me/authenticator/confirmation', {
    principal,
    body: { code },
    headers: { cookie: user.cookies },
  });
  return sessionOf(confirmed).cookie;
}

test('asks for nothing until something was decided', async () => {
  const { user } = await tenantWithAdministrator();
  const policy = await iam.request('GET', '/sign-in-policy', { principal: await principalOf(user.cookie) });
  expect(policy).toMatchObject({ status: 200, body: { secondFactorRequired: false, methods: all, version: 0 } });
});

test('keeps an administrator from locking themselves out', async () => {
  const { user } = await tenantWithAdministrator();
  const refused = { status: 409, body: { code: 'sign_in_policy.would_lock_out' } };
  expect(await put(user.cookie, { secondFactorRequired: true, methods: all })).toMatchObject(refused);
  expect(await put(user.cookie, { secondFactorRequired: false, methods: ['federated'] })).toMatchObject(refused);
  expect((await put(user.cookie, { secondFactorRequired: false, methods: ['password'] })).status).toBe(200);
});

test('takes no stricter policy from an API key, which has no sign-in', async () => {
  const { tenantId } = await tenantWithAdministrator();
  const principal = {
    kind: 'api-key' as const,
    subject: tenantId,
    tenant: tenantId,
    roles: [],
    scopes: ['policy:write'],
  };
  const body = { secondFactorRequired: true, methods: all };
  expect((await iam.request('PUT', '/sign-in-policy', { principal, body })).status).toBe(409);
});

test('keeps members without a second factor out of the tenant until they have one', async () => {
  const { user, tenantId, organizationId } = await tenantWithAdministrator();
  const member = await signUp(iam);
  await contractOf(iam).grantRole({ userId: member.userId, tenantId, organizationId, role: 'org_member' });
  expect((await principalOf(member.cookie)).tenant).toBe(tenantId);
  const cookie = await strengthen(user);
  const decided = await put(cookie, { secondFactorRequired: true, methods: all });
  expect(decided).toMatchObject({ status: 200, body: { secondFactorRequired: true, version: 1 } });
  const outside = await principalOf(member.cookie);
  expect(outside).toMatchObject({ roles: [], secondFactorMissing: true });
  expect(outside.tenant).toBeUndefined();
  expect(await iam.request('GET', '/users', { principal: outside })).toMatchObject({
    status: 403,
    body: { code: 'auth.second_factor_required' },
  });
  expect((await iam.request('GET', '/users/me', { principal: outside })).status).toBe(200);
  expect((await principalOf(await strengthen(member))).tenant).toBe(tenantId);
});

test('keeps sign-ins by a way that the tenant does not accept out of it, with an error that says so', async () => {
  const { user, tenantId, organizationId } = await tenantWithAdministrator();
  const member = await signUp(iam);
  await contractOf(iam).grantRole({ userId: member.userId, tenantId, organizationId, role: 'org_member' });
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.sessions SET methods = '{fed}' WHERE user_id = $1`, [user.userId]),
  );
  expect((await put(user.cookie, { secondFactorRequired: false, methods: ['federated', 'federated'] })).body).toEqual({
    secondFactorRequired: false,
    methods: ['federated'],
    version: 1,
  });
  const outside = await principalOf(member.cookie);
  expect(outside).toMatchObject({ roles: [], signInMethodRefused: true });
  expect(await iam.request('GET', '/users', { principal: outside })).toMatchObject({
    status: 403,
    body: { code: 'auth.sign_in_method_refused' },
  });
  const token = await iam.request('GET', '/auth/token', {
    headers: { cookie: member.cookies, 'x-tenant-id': tenantId },
  });
  expect(JSON.stringify(Buffer.from(token.body.token.split('.')[1], 'base64url').toString())).not.toContain(tenantId);
  expect((await principalOf(user.cookie)).tenant).toBe(tenantId);
});

test('holds in one tenant alone', async () => {
  const first = await tenantWithAdministrator();
  const second = await createTenant(iam, first.user.userId);
  const cookie = await strengthen(first.user);
  await put(cookie, { secondFactorRequired: true, methods: all });
  const body = { email: first.user.email, password };
  const weak = sessionOf(await iam.request('POST', '/auth/sign-in/email', { body }));
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.sessions SET pending = false WHERE user_id = $1`, [first.user.userId]),
  );
  const contract = contractOf(iam);
  const inTenant = (requestedTenant: string) => contract.authenticateSession({ cookie: weak.cookie, requestedTenant });
  expect((await inTenant(second.tenantId))!.tenant).toBe(second.tenantId);
  expect((await inTenant(first.tenantId))!.tenant).toBeUndefined();
});

test('needs the permission, and the version that was read', async () => {
  const { user, tenantId } = await tenantWithAdministrator();
  const member = { ...(await principalOf(user.cookie)), roles: ['org_member'], tenant: tenantId };
  const body = { secondFactorRequired: false, methods: all };
  expect((await iam.request('PUT', '/sign-in-policy', { principal: member, body })).status).toBe(403);
  expect((await put(user.cookie, body, { 'if-match': '"0"' })).status).toBe(200);
  expect(await put(user.cookie, body, { 'if-match': '"0"' })).toMatchObject({ status: 412 });
  expect(await put(user.cookie, { secondFactorRequired: false, methods: [] })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/methods' }] },
  });
});
