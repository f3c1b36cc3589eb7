import { newId } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, joinTenant, signUp, startIam, type SignedUpUser } from '../../test/builders.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

async function createOwner(): Promise<{ owner: SignedUpUser; principal: Principal; tenantId: string }> {
  const owner = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, owner.userId);
  return {
    owner,
    tenantId,
    principal: buildPrincipal({ subject: owner.userId, tenant: tenantId, organization: organizationId }),
  };
}

async function addMember({ tenant, organization }: Principal): Promise<SignedUpUser> {
  const user = await signUp(iam);
  await joinTenant(iam, { tenantId: tenant!, organizationId: organization!, userId: user.userId });
  return user;
}

test('makes the creator of an organization its administrator once, however often the event comes', async () => {
  const owner = await signUp(iam);
  const tenantId = newId();
  const data = { tenantId, organizationId: newId(), ownerUserId: owner.userId, name: 'Acme' };
  await iam.takeEvents();
  const envelope = await iam.deliver('organization.created', data, tenantId);
  await iam.deliver('organization.created', data, tenantId, envelope);
  await iam.deliver('organization.created', data, tenantId);
  const page = await iam.request('GET', '/roles/assignments', { principal: buildPrincipal({ tenant: tenantId }) });
  expect(page.body.data).toMatchObject([{ userId: owner.userId, email: owner.email, role: 'org_admin' }]);
  expect((await iam.takeEvents()).map((event) => event.type)).toEqual(['audit.recorded', 'member.joined']);
});

test('grants by contract once and refuses a role that does not exist', async () => {
  const user = await signUp(iam);
  const input = { userId: user.userId, tenantId: newId(), organizationId: newId(), role: 'org_member' };
  const contract = contractOf(iam);
  const grants = await Promise.all([contract.grantRole(input), contract.grantRole(input), contract.grantRole(input)]);
  expect(grants.filter((grant) => grant.granted)).toHaveLength(1);
  await expect(contract.grantRole({ ...input, role: 'king' })).rejects.toMatchObject({ code: 'request.invalid' });
});

test('lists the built-in roles with their permissions', async () => {
  const response = await iam.request('GET', '/roles', { principal: buildPrincipal() });
  expect(response.body.data.map((role: { name: string }) => role.name)).toEqual([
    'platform_admin',
    'org_admin',
    'org_member',
  ]);
  expect(response.body.data[1].permissions).not.toContain('tenant:suspend');
});

test('assigns a role by email or id, returns one that is there already, and shows it in the next request', async () => {
  const { principal, tenantId } = await createOwner();
  const user = await addMember(principal);
  const first = await iam.request('POST', '/roles/assignments', {
    principal,
    body: { email: user.email.toUpperCase(), role: 'org_admin' },
  });
  const second = await iam.request('POST', '/roles/assignments', {
    principal,
    body: { userId: user.userId, role: 'org_admin' },
  });
  expect(first).toMatchObject({ status: 201, body: { userId: user.userId, role: 'org_admin' } });
  expect(second.body.id).toBe(first.body.id);
  const authenticated = await contractOf(iam).authenticateSession({ cookie: user.cookie });
  expect(authenticated).toMatchObject({
    tenant: tenantId,
    organization: principal.organization,
    roles: expect.arrayContaining(['org_admin', 'org_member']),
  });
});

test('replays an assignment with the same Idempotency-Key', async () => {
  const { principal } = await createOwner();
  const user = await addMember(principal);
  const send = () =>
    iam.request('POST', '/roles/assignments', {
      principal,
      body: { userId: user.userId, role: 'org_admin' },
      headers: { 'idempotency-key': 'k1' },
    });
  const first = await send();
  const second = await send();
  expect(second).toMatchObject({ status: 201, body: first.body, headers: { 'idempotency-replayed': 'true' } });
});

test('pages through assignments', async () => {
  const { principal } = await createOwner();
  const users = [await addMember(principal), await addMember(principal)];
  const first = await iam.request('GET', '/roles/assignments?limit=2', { principal });
  const second = await iam.request('GET', `/roles/assignments?limit=2&cursor=${first.body.nextCursor}`, { principal });
  expect([first.body.data.length, second.body.data.length, second.body.nextCursor]).toEqual([2, 1, null]);
  const own = await iam.request('GET', `/roles/assignments?userId=${users[0]!.userId}`, { principal });
  expect(own.body.data).toHaveLength(1);
  expect((await iam.request('GET', '/roles/assignments?cursor=x', { principal })).status).toBe(400);
});

test('lets nobody hand out more than they hold', async () => {
  const { principal } = await createOwner();
  const user = await signUp(iam);
  const body = { userId: user.userId, role: 'platform_admin' };
  expect(await iam.request('POST', '/roles/assignments', { principal, body })).toMatchObject({
    status: 403,
    body: { code: 'role.too_powerful' },
  });
  const member = buildPrincipal({ ...principal, roles: ['org_member'] });
  expect(await iam.request('POST', '/roles/assignments', { principal: member, body })).toMatchObject({
    status: 403,
    body: { code: 'auth.permission_denied' },
  });
  const key = buildPrincipal({ ...principal, kind: 'api-key', roles: [], scopes: ['role:write', 'role:read'] });
  expect(
    await iam.request('POST', '/roles/assignments', { principal: key, body: { ...body, role: 'org_member' } }),
  ).toMatchObject({ status: 403, body: { code: 'role.too_powerful' } });
});

test('attack: the answer to a role for a stranger does not tell whether they have an account', async () => {
  const { principal } = await createOwner();
  const stranger = await signUp(iam);
  const give = async (holder: { userId: string } | { email: string }) => {
    const { status, body } = await iam.request('POST', '/roles/assignments', {
      principal,
      body: { ...holder, role: 'org_member' },
    });
    const text = JSON.stringify({ ...body, requestId: '' });
    return { status, code: body.code, text: text.replaceAll(Object.values(holder)[0]!, 'NAME') };
  };
  const answers = [
    await give({ email: `${newId()}@example.test` }),
    await give({ email: stranger.email }),
    await give({ userId: newId() }),
    await give({ userId: stranger.userId }),
  ];
  expect(answers[0]).toMatchObject({ status: 400, code: 'role.unknown_member' });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const list = await iam.request('GET', `/roles/assignments?userId=${stranger.userId}`, { principal });
  expect(list.body.data).toEqual([]);
});

test('says which user of the platform is unknown and what is wrong with a body', async () => {
  const { principal } = await createOwner();
  const unknown = await iam.request('POST', '/roles/platform/assignments', {
    principal: { ...principal, roles: ['platform_admin'] },
    body: { userId: newId(), role: 'platform_admin' },
  });
  expect(unknown).toMatchObject({ status: 400, body: { code: 'role.unknown_user' } });
  const wrong = await iam.request('POST', '/roles/assignments', { principal, body: { role: 'King!', extra: 1 } });
  expect(wrong.body.errors.map((fault: { path: string }) => fault.path)).toEqual(
    expect.arrayContaining(['/role', '/extra']),
  );
});

test('keeps the last administrator, also when two remove one another at once', async () => {
  const { principal, owner } = await createOwner();
  const list = await iam.request('GET', '/roles/assignments', { principal });
  const ownId = list.body.data[0].id;
  const refused = await iam.request('DELETE', `/roles/assignments/${ownId}`, { principal });
  expect(refused).toMatchObject({ status: 409, body: { code: 'role.last_administrator' } });
  const other = await addMember(principal);
  const added = await iam.request('POST', '/roles/assignments', {
    principal,
    body: { userId: other.userId, role: 'org_admin' },
  });
  const results = await Promise.all(
    [ownId, added.body.id].map((id) => iam.request('DELETE', `/roles/assignments/${id}`, { principal })),
  );
  expect(results.map((result) => result.status).sort()).toEqual([204, 409]);
  expect(owner.userId).not.toBe(other.userId);
});

test("neither shows nor removes another tenant's assignments", async () => {
  const [own, foreign] = [await createOwner(), await createOwner()];
  const list = await iam.request('GET', '/roles/assignments', { principal: foreign.principal });
  const response = await iam.request('DELETE', `/roles/assignments/${list.body.data[0].id}`, {
    principal: own.principal,
  });
  expect(response).toMatchObject({ status: 404, body: { code: 'resource.not_found' } });
});
