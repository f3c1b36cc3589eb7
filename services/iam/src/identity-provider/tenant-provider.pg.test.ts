import { newId } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, sessionOf, signUp, startIam } from '../../test/builders.ts';
import {
  createProvider,
  errorOf,
  openidBody,
  proveDomain,
  sessionFrom,
  signInBy,
} from '../../test/federation-world.ts';
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
const signIn = (provider: string, person: string) => signInBy(iam, upstream, { provider, person });

function addPerson(email: string): string {
  const subject = newId();
  upstream.setPerson(subject, { email, email_verified: true, name: 'Ann' });
  return subject;
}

test('lets people in who come from the own provider with an address of the proven domain, as members', async () => {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  const principal = buildPrincipal({ subject: owner.userId, tenant: tenantId, organization: organizationId });
  const domain = await proveDomain(iam, tenantId);
  const id = await createProvider(iam, openidBody(upstream, { joinRole: 'org_member', signUp: 'always' }), principal);
  const person = addPerson(`${newId()}@${domain}`);
  await iam.takeEvents();
  const response = await signIn(id, person);
  expect(errorOf(response)).toBeUndefined();
  const { user } = await sessionFrom(iam, response);
  const members = await iam.request('GET', '/users', { principal });
  expect(members.body.data).toContainEqual(expect.objectContaining({ id: user.id, roles: ['org_member'] }));
  expect((await iam.takeEvents()).filter(({ type }) => type === 'member.joined')).toHaveLength(1);
  await signIn(id, person);
  expect((await iam.takeEvents()).filter(({ type }) => type === 'member.joined')).toEqual([]);
  // What was given by hand stays, also when another role is the one to join with.
  await iam.request('PATCH', `/identity-providers/${id}`, { principal, body: { joinRole: 'org_admin' } });
  await signIn(id, person);
  expect((await iam.request('GET', `/users/${user.id}`, { principal })).body.roles).toEqual(['org_member']);
});

test("attack: a tenant's provider takes over nobody outside of the tenant's own domains, whatever it says is verified", async () => {
  const victim = await signUp(iam);
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET email_verified_at = now() WHERE id = $1`, [victim.userId]),
  );
  const principal = tenantAdmin();
  const domain = await proveDomain(iam, principal.tenant!);
  const id = await createProvider(iam, openidBody(upstream, { trustEmail: true, signUp: 'always' }), principal);
  for (const email of [victim.email, `${newId()}@sub.${domain}`, `${newId()}@${domain}.evil.test`, `x@${newId()}.test`])
    expect(errorOf(await signIn(id, addPerson(email))), email).toBe('federation.email_not_verified');
});

test("attack: two factors at a tenant's provider count for people of that tenant alone", async () => {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  const principal = buildPrincipal({ subject: owner.userId, tenant: tenantId, organization: organizationId });
  const domain = await proveDomain(iam, tenantId);
  const body = openidBody(upstream, { joinRole: 'org_member', signUp: 'always', trustMultiFactor: true });
  const id = await createProvider(iam, body, principal);
  const subject = newId();
  const email = `${newId()}@${domain}`;
  upstream.setPerson(subject, { email, email_verified: true, name: 'Ann' }, { amr: ['mfa'] });
  const strong = async () => {
    const { user } = await sessionFrom(iam, await signIn(id, subject));
    const [row] = await iam.database.transaction(undefined, (transaction) =>
      transaction.rows<{ strong: boolean }>(
        `SELECT strong FROM auth.sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1`,
        [user.id],
      ),
    );
    return { strong: row!.strong, userId: user.id as string };
  };
  const { strong: first, userId } = await strong();
  expect(first).toBe(true);
  await createTenant(iam, userId);
  expect((await strong()).strong).toBe(false);
});

test('can be the only way in for the members of a tenant', async () => {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  const principal = buildPrincipal({ subject: owner.userId, tenant: tenantId, organization: organizationId });
  const domain = await proveDomain(iam, tenantId);
  const id = await createProvider(iam, openidBody(upstream, { joinRole: 'org_admin', signUp: 'always' }), principal);
  const { cookie } = sessionOf(await signIn(id, addPerson(`${newId()}@${domain}`)));
  const federated = async () => (await contractOf(iam).authenticateSession({ cookie }))!;
  const policy = await iam.request('PUT', '/sign-in-policy', {
    principal: await federated(),
    body: { secondFactorRequired: false, methods: ['federated'] },
  });
  expect(policy.status).toBe(200);
  expect((await federated()).tenant).toBe(tenantId);
  const byPassword = (await contractOf(iam).authenticateSession({ cookie: owner.cookie }))!;
  expect(byPassword).toMatchObject({ roles: [], signInMethodRefused: true });
  expect(byPassword.tenant).toBeUndefined();
});

test('sends people of a proven domain to the provider of the tenant, by their domain alone', async () => {
  const principal = tenantAdmin();
  const domain = await proveDomain(iam, principal.tenant!);
  const id = await createProvider(iam, openidBody(upstream, { homeRealm: true, title: 'Corp' }), principal);
  await createProvider(iam, openidBody(upstream, { title: 'Hidden' }), principal);
  const discover = async (email: string) =>
    (await iam.request('POST', '/auth/federation/discover', { body: { email } })).body.data;
  const expected = [{ id, title: 'Corp', kind: 'oidc', startPath: `/api/v1/auth/federation/${id}/start` }];
  expect(await discover(`nobody@${domain}`)).toEqual(expected);
  expect(await discover(`anybody@${domain.toUpperCase()}`)).toEqual(expected);
  expect(await discover(`nobody@sub.${domain}`)).toEqual([]);
  expect(await discover('nobody@example.test')).toEqual([]);
  expect((await iam.request('GET', '/auth/federation/providers')).body.data).not.toContainEqual(expected[0]);
});

test("links accounts at a tenant's provider for its members alone", async () => {
  const [owner, stranger] = [await signUp(iam), await signUp(iam)];
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  const principal = buildPrincipal({ subject: owner.userId, tenant: tenantId, organization: organizationId });
  const id = await createProvider(iam, openidBody(upstream), principal);
  const link = async (cookie: string) =>
    iam.request('POST', '/users/me/identities', {
      principal: (await contractOf(iam).authenticateSession({ cookie }))!,
      body: { provider: id },
    });
  expect((await link(owner.cookie)).status).toBe(200);
  expect((await link(stranger.cookie)).status).toBe(404);
});

test('removes the identities of a provider of a tenant with it', async () => {
  const principal = tenantAdmin();
  const domain = await proveDomain(iam, principal.tenant!);
  const id = await createProvider(iam, openidBody(upstream, { signUp: 'always' }), principal);
  await signIn(id, addPerson(`${newId()}@${domain}`));
  const count = () =>
    iam.database.transaction(undefined, (transaction) =>
      transaction.rows(`SELECT 1 FROM auth.identities WHERE provider_id = $1`, [id]),
    );
  expect(await count()).toHaveLength(1);
  await iam.request('DELETE', `/identity-providers/${id}`, { principal });
  expect(await count()).toHaveLength(0);
});
