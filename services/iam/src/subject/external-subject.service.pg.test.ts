import type { IssuersFileInput } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, password, signUp, startIam } from '../../test/builders.ts';
import { externalIssuer, externalToken, writeIssuersFile } from '../../test/issuers.ts';

const byMembership = 'https://other.example.com';
const closed = 'https://closed.example.com';
const only = 'https://only.example.com';
const roles = { from: 'claim', claim: 'roles', map: { admins: 'org_admin', operators: 'platform_admin' } } as const;
const issuers: IssuersFileInput['issuers'] = [
  {
    issuer: externalIssuer,
    audiences: ['acme-api'],
    tenant: { from: 'claim', claim: 'tenant_id', setBy: 'administrators' },
    roles,
    provisioning: 'first-token',
  },
  { issuer: byMembership, audiences: ['api'], tenant: { from: 'membership' }, provisioning: 'first-token' },
  { issuer: closed, audiences: ['api'], tenant: { from: 'membership' } },
  {
    issuer: only,
    audiences: ['api'],
    tenant: { from: 'claim', claim: 'tenant_id', setBy: 'administrators' },
    roles: { ...roles, assignments: 'ignored' },
    provisioning: 'first-token',
  },
];

const file = writeIssuersFile({ issuers });
let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam({ environment: file.environment });
});
afterAll(async () => {
  await iam?.stop();
  file.remove();
});

const resolve = (token: ReturnType<typeof externalToken>) => contractOf(iam).resolveSubject(token);
const operator = buildPrincipal({ roles: ['platform_admin'] });

test('makes a user by their first token, once, however many requests come at once', async () => {
  await iam.takeEvents();
  const token = externalToken({});
  const found = await Promise.all([resolve(token), resolve(token), resolve(token)]);
  expect(new Set(found.map((principal) => principal?.subject)).size).toBe(1);
  expect(found[0]).toEqual({
    kind: 'user',
    subject: expect.any(String),
    email: token.external!.email,
    roles: [],
  });
  const types = (await iam.takeEvents()).map((event) => event.type);
  expect(types.filter((type) => type === 'identity.created')).toHaveLength(1);
  expect(types).toContain('identity.verified');
});

test('makes nobody where provisioning is off, and nobody for an issuer that is not configured', async () => {
  expect(await resolve(externalToken({ issuer: closed }))).toBeNull();
  expect(await resolve(externalToken({ issuer: 'https://evil.example.com' }))).toBeNull();
});

test('makes nobody with an address that the issuer has not verified', async () => {
  const unverified = { code: 'issuer.email_unverified', kind: 'forbidden' };
  await expect(resolve(externalToken({ says: { emailVerified: false } }))).rejects.toMatchObject(unverified);
  await expect(resolve(externalToken({ says: { email: undefined } }))).rejects.toMatchObject(unverified);
});

test('never joins people by their address: a token with the address of another user is refused', async () => {
  const ann = await signUp(iam);
  await expect(resolve(externalToken({ says: { email: ann.email.toUpperCase() } }))).rejects.toMatchObject({
    code: 'issuer.email_taken',
    kind: 'forbidden',
  });
});

test('the same subject at another issuer is somebody else', async () => {
  const token = externalToken();
  const here = await resolve(token);
  const there = await resolve(
    externalToken({ ...token, issuer: byMembership, says: { email: `${newId()}@example.test` } }),
  );
  expect(here?.subject).not.toBe(there?.subject);
});

test('a tenant in a token lets nobody in who does not belong to it, and roles of a tenant need one', async () => {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  const token = externalToken({ tenant: tenantId, says: { roles: ['org_admin'] } });
  const stranger = (await resolve(token))!;
  expect(stranger).toMatchObject({ roles: [] });
  expect(stranger.tenant).toBeUndefined();
  await contractOf(iam).grantRole({ userId: stranger.subject, tenantId, organizationId, role: 'org_member' });
  expect(await resolve(token)).toMatchObject({
    tenant: tenantId,
    organization: organizationId,
    roles: ['org_member', 'org_admin'],
  });
  const elsewhere = await createTenant(iam, owner.userId);
  expect((await resolve({ ...token, tenant: elsewhere.tenantId }))!.tenant).toBeUndefined();
  // Without the claim they act nowhere, although they belong somewhere.
  const { tenant: _tenant, ...without } = token;
  expect(await resolve(without)).toMatchObject({ roles: [] });
});

test('where roles given here are ignored, membership is still needed and only mapped roles count', async () => {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  const token = externalToken({ issuer: only, tenant: tenantId, says: { roles: [] } });
  const { subject } = (await resolve(token))!;
  await contractOf(iam).grantRole({ userId: subject, tenantId, organizationId, role: 'org_admin' });
  expect(await resolve(token)).toMatchObject({ tenant: tenantId, roles: [] });
  const operators = { ...token, external: { ...token.external!, roles: ['platform_admin'] } };
  expect(await resolve(operators)).toMatchObject({ roles: ['platform_admin'] });
});

test('a request chooses among the tenants of the person, and is refused another one', async () => {
  const owner = await signUp(iam);
  const first = await createTenant(iam, owner.userId);
  const token = externalToken({ issuer: byMembership });
  const { subject } = (await resolve(token))!;
  await contractOf(iam).grantRole({ ...first, userId: subject, role: 'org_member' });
  expect(await resolve({ ...token, tenant: first.tenantId })).toMatchObject({ tenant: first.tenantId });
  await expect(resolve({ ...token, tenant: newId() })).rejects.toMatchObject({ code: 'tenant.not_a_member' });
});

test('a tenant that asks for a second factor takes only tokens whose issuer says there was one', async () => {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  const token = externalToken({ tenant: tenantId, says: { roles: ['org_admin'] } });
  const { subject } = (await resolve(token))!;
  await contractOf(iam).grantRole({ userId: subject, tenantId, organizationId, role: 'org_member' });
  await iam.database.transaction(tenantId, (transaction) =>
    transaction.execute(
      `INSERT INTO iam.sign_in_policies (tenant_id, second_factor_required, updated_at) VALUES ($1, true, now())`,
      [tenantId],
    ),
  );
  expect(await resolve(token)).toMatchObject({ roles: [], secondFactorMissing: true });
  const strong = { ...token, external: { ...token.external!, strong: true } };
  expect(await resolve(strong)).toMatchObject({ tenant: tenantId, roles: ['org_member', 'org_admin'] });
});

test('whose sign-ins were ended needs a newer token; whoever is disabled gets nowhere with any', async () => {
  const token = externalToken({ says: { issuedAt: Math.floor(Date.now() / 1000) } });
  const { subject } = (await resolve(token))!;
  expect((await iam.request('DELETE', `/users/${subject}/sessions`, { principal: operator })).status).toBe(204);
  expect(await resolve(token)).toBeNull();
  const newer = { ...token, external: { ...token.external!, issuedAt: token.external!.issuedAt + 60 } };
  expect(await resolve(newer)).toMatchObject({ subject });
  expect((await iam.request('POST', `/users/${subject}/disable`, { principal: operator })).status).toBe(204);
  expect(
    await resolve({ ...newer, external: { ...newer.external, issuedAt: newer.external.issuedAt + 60 } }),
  ).toBeNull();
});

test('a deleted user does not come back by a token that is still valid', async () => {
  const token = externalToken();
  const { subject } = (await resolve(token))!;
  expect((await iam.request('DELETE', `/users/${subject}`, { principal: operator })).status).toBe(204);
  expect(await resolve(token)).toBeNull();
});

test('a person of an external issuer accepts an invitation with their token', async () => {
  const owner = await signUp(iam);
  const { tenantId } = await createTenant(iam, owner.userId);
  const inviter = (await contractOf(iam).authenticateSession({ cookie: owner.cookie }))!;
  const token = externalToken({ tenant: tenantId });
  const person = (await resolve(token))!;
  const invited = await iam.request('POST', '/invitations', {
    principal: inviter,
    body: { email: token.external!.email, roles: ['org_member'] },
    headers: { 'idempotency-key': newId() },
  });
  expect(invited.status).toBe(201);
  const mail = await mailTo(token.external!.email!);
  const [, invitation] = /token=([\w-]+)/.exec(mail)!;
  const stranger = (await resolve(externalToken()))!;
  const accept = (principal: typeof person) =>
    iam.request('POST', '/invitations/accept', { principal, body: { token: invitation } });
  expect(await accept(stranger)).toMatchObject({ status: 403, body: { code: 'invitation.of_another' } });
  expect(await accept(person)).toMatchObject({ status: 200, body: { tenantId } });
  expect(await resolve(token)).toMatchObject({ tenant: tenantId, roles: ['org_member'] });
});

test('with embedded sign-in off nobody gets a session here', async () => {
  const own = writeIssuersFile({ embeddedSignIn: false, issuers });
  const other = await startIam({ environment: own.environment });
  try {
    const body = { email: 'ann@example.test', name: 'Ann', password };
    const answer = await other.request('POST', '/auth/sign-up/email', { body });
    expect(answer).toMatchObject({ status: 403, body: { code: 'issuer.embedded_sign_in_off' } });
    const token = externalToken();
    expect(await contractOf(other).resolveSubject(token)).toMatchObject({ email: token.external!.email });
  } finally {
    await other.stop();
    own.remove();
  }
});

async function mailTo(address: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const found = iam.mails.find((mail) => mail.to === address);
    if (found !== undefined) return found.text;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`no mail to ${address}`);
}
