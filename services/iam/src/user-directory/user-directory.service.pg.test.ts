import { newId } from '@plinth/common';
import { buildPrincipal, eventually, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, password, signUp, startIam } from '../../test/builders.ts';
import { externalIssuer, externalToken, writeIssuersFile } from '../../test/issuers.ts';

const file = writeIssuersFile({
  issuers: [
    { issuer: externalIssuer, audiences: ['api'], tenant: { from: 'membership' }, provisioning: 'first-token' },
  ],
});
let iam: ServiceUnderTest;
const owners = new Map<string, string>();
beforeAll(async () => {
  iam = await startIam({
    environment: file.environment,
    contracts: {
      account: {
        findMembership: async ({ tenantId, userId }: { tenantId: string; userId: string }) =>
          owners.get(tenantId) === userId ? { isOwner: true } : null,
      },
    },
  });
});
afterAll(async () => {
  await iam?.stop();
  file.remove();
});

const operator = buildPrincipal({ roles: ['platform_admin'] });
const signIn = (email: string) => iam.request('POST', '/auth/sign-in/email', { body: { email, password } });

test('disables a user: no session and no sign-in of theirs counts, until they are enabled', async () => {
  const ann = await signUp(iam);
  await iam.takeEvents();
  expect((await iam.request('POST', `/users/${ann.userId}/disable`, { principal: operator })).status).toBe(204);
  expect((await iam.request('POST', `/users/${ann.userId}/disable`, { principal: operator })).status).toBe(204);
  expect(await contractOf(iam).authenticateSession({ cookie: ann.cookie })).toBeNull();
  expect(await signIn(ann.email)).toMatchObject({
    status: 401,
    body: { code: 'authentication.invalid_credentials' },
  });
  const types = (await iam.takeEvents()).map((event) => event.type);
  expect(types.filter((type) => type === 'identity.disabled')).toHaveLength(1);
  expect(types).toContain('identity.signed_out');
  expect((await iam.request('POST', `/users/${ann.userId}/enable`, { principal: operator })).status).toBe(204);
  expect((await signIn(ann.email)).status).toBe(200);
});

test('ends every session of a user', async () => {
  const ann = await signUp(iam);
  expect((await iam.request('DELETE', `/users/${ann.userId}/sessions`, { principal: operator })).status).toBe(204);
  expect(await contractOf(iam).authenticateSession({ cookie: ann.cookie })).toBeNull();
});

test('keeps one administrator of the platform, and the administrators of tenants away', async () => {
  const [administrator] = await iam.database.platformTransaction((transaction) =>
    transaction.rows<{ id: string }>(`SELECT user_id AS id FROM iam.role_assignments WHERE role = 'platform_admin'`),
  );
  expect(await iam.request('POST', `/users/${administrator!.id}/disable`, { principal: operator })).toMatchObject({
    status: 409,
    body: { code: 'user.last_operator' },
  });
  const ann = await signUp(iam);
  expect(await iam.request('POST', `/users/${ann.userId}/disable`, { principal: buildPrincipal() })).toMatchObject({
    status: 403,
    body: { code: 'auth.permission_denied' },
  });
});

const newPerson = () => ({ name: 'Grace Hopper', email: `${newId()}@example.test` });
const create = (body: object, principal = operator) =>
  iam.request('POST', '/users', { principal, body, headers: { 'idempotency-key': newId() } });

test('makes a user who chooses a password by the mail that they get', async () => {
  const person = newPerson();
  await iam.takeEvents();
  const made = await create(person);
  expect(made).toMatchObject({ status: 201, body: { ...person, emailVerified: false } });
  expect((await iam.takeEvents()).map(({ type }) => type)).toContain('identity.created');
  const mail = await eventually(async () => iam.mails.find(({ to }) => to === person.email));
  const [, token] = /token=([\w-]+)/.exec(mail.text)!;
  const chosen = await iam.request('POST', '/auth/password-reset/confirm', {
    body: { token, password: 'a new and long password' },
    headers: { origin: 'http://localhost:3000' },
  });
  expect(chosen.status).toBe(200);
  const signedIn = await iam.request('POST', '/auth/sign-in/email', {
    body: { email: person.email, password: 'a new and long password' },
  });
  expect(signedIn.status).toBe(200);
});

test('refuses a second user with an address, made or changed', async () => {
  const ann = await signUp(iam);
  const taken = { status: 409, body: { code: 'authentication.email_taken' } };
  expect(await create({ name: 'Ann', email: ann.email.toUpperCase(), invite: false })).toMatchObject(taken);
  const other = await create({ ...newPerson(), invite: false });
  const changed = await iam.request('PATCH', `/users/${other.body.id}`, {
    principal: operator,
    body: { email: ann.email },
  });
  expect(changed).toMatchObject(taken);
});

test('changes name and address; the new address is unverified', async () => {
  const { body: made } = await create({ ...newPerson(), invite: false });
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET email_verified_at = now() WHERE id = $1`, [made.id]),
  );
  const patch = (body: object) => iam.request('PATCH', `/users/${made.id}`, { principal: operator, body });
  expect((await patch({ name: 'Grace' })).body).toMatchObject({ name: 'Grace', emailVerified: true });
  const email = `${newId()}@example.test`;
  expect((await patch({ email })).body).toMatchObject({ name: 'Grace', email, emailVerified: false });
});

test('lists the sessions of a user', async () => {
  const ann = await signUp(iam);
  const listed = await iam.request('GET', `/users/${ann.userId}/sessions`, { principal: operator });
  expect(listed.body.data).toEqual([
    { id: expect.any(String), ip: '127.0.0.1', startedAt: expect.any(String), usedAt: expect.any(String) },
  ]);
});

test('gives and takes the role of the platform, and keeps one administrator', async () => {
  const ann = await signUp(iam);
  const path = `/users/${ann.userId}/realm-roles`;
  const set = (roles: string[]) => iam.request('PUT', path, { principal: operator, body: { roles } });
  expect((await set(['platform_admin'])).status).toBe(204);
  expect((await iam.request('GET', path, { principal: operator })).body).toEqual({ roles: ['platform_admin'] });
  expect((await contractOf(iam).authenticateSession({ cookie: ann.cookie }))!.roles).toEqual(['platform_admin']);
  expect((await set([])).status).toBe(204);
  expect((await contractOf(iam).authenticateSession({ cookie: ann.cookie }))!.roles).toEqual([]);
  expect(await set(['org_admin'])).toMatchObject({ status: 422, body: { code: 'directory.role_unknown' } });
});

test('deletes a user with their membership and sessions, but no owner of an organization', async () => {
  const [owner, ann] = [await signUp(iam), await signUp(iam)];
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  owners.set(tenantId, owner.userId);
  await contractOf(iam).grantRole({ userId: ann.userId, tenantId, organizationId, role: 'org_member' });
  await iam.takeEvents();
  const remove = (id: string) => iam.request('DELETE', `/users/${id}`, { principal: operator });
  expect((await remove(ann.userId)).status).toBe(204);
  expect(await contractOf(iam).authenticateSession({ cookie: ann.cookie })).toBeNull();
  const types = (await iam.takeEvents()).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['member.left', 'identity.deleted']));
  expect((await remove(ann.userId)).status).toBe(404);
  expect(await remove(owner.userId)).toMatchObject({ status: 409, body: { code: 'role.owner_keeps' } });
  expect(await contractOf(iam).authenticateSession({ cookie: owner.cookie })).toMatchObject({ tenant: tenantId });
});

test('joins a user and a subject of an external issuer when an operator says so, and never twice', async () => {
  const [ann, bob] = [await signUp(iam), await signUp(iam)];
  const subject = newId();
  const link = (id: string, issuer = externalIssuer) =>
    iam.request('POST', `/users/${id}/identities`, { principal: operator, body: { issuer, subject } });
  expect(await link(ann.userId, 'https://evil.example.com')).toMatchObject({
    status: 422,
    body: { code: 'issuer.unknown' },
  });
  expect((await link(ann.userId)).status).toBe(204);
  expect((await link(ann.userId)).status).toBe(204);
  expect(await contractOf(iam).resolveSubject(externalToken({ subject }))).toMatchObject({ subject: ann.userId });
  expect(await link(bob.userId)).toMatchObject({ status: 409, body: { code: 'resource.already_exists' } });
});

test.each([
  ['an administrator of a tenant', buildPrincipal(), 'auth.permission_denied'],
  [
    'an API key of the operator',
    buildPrincipal({ kind: 'api-key', scopes: ['user:administer'], roles: ['platform_admin'] }),
    'role.platform_administrator_only',
  ],
  [
    'somebody with the permission alone, who could become an administrator by a changed address',
    buildPrincipal({ roles: [], grants: [{ permissions: ['user:administer'] }] }),
    'role.platform_administrator_only',
  ],
  [
    'support staff who act as the operator',
    buildPrincipal({ roles: ['platform_admin'], actor: newId() }),
    'auth.impersonation_refused',
  ],
])('keeps %s from every account of the platform', async (_who, principal, code) => {
  const ann = await signUp(iam);
  const path = `/users/${ann.userId}`;
  const answers = [
    await create(newPerson(), principal),
    await iam.request('PATCH', path, { principal, body: { email: newPerson().email } }),
    await iam.request('DELETE', path, { principal }),
    await iam.request('POST', `${path}/password-reset`, { principal }),
    await iam.request('PUT', `${path}/realm-roles`, { principal, body: { roles: ['platform_admin'] } }),
    await iam.request('POST', `${path}/identities`, {
      principal,
      body: { issuer: externalIssuer, subject: newId() },
    }),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [403, code]));
});
