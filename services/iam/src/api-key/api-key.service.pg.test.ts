import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createTenant, signUp, startIam } from '../../test/builders.ts';
import { generateApiKey } from './key-format.ts';

let iam: ServiceUnderTest;
beforeAll(async () => {
  iam = await startIam();
});
afterAll(() => iam.stop());

async function createOwner(): Promise<Principal> {
  const user = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, user.userId);
  return buildPrincipal({ subject: user.userId, tenant: tenantId, organization: organizationId });
}

const create = (principal: Principal, body: object = {}) =>
  iam.request('POST', '/api-keys', { principal, body: { name: 'CI', scopes: ['usage:write', 'usage:read'], ...body } });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('makes a key that is shown once, kept as a hash only, and stands for its scopes in its tenant', async () => {
  const principal = await createOwner();
  await iam.takeEvents();
  const created = await create(principal);
  expect(created).toMatchObject({
    status: 201,
    body: { name: 'CI', scopes: ['usage:read', 'usage:write'], createdBy: principal.subject, revokedAt: null },
  });
  const { key, id, prefix } = created.body;
  expect(key.startsWith(`${prefix}_`)).toBe(true);
  expect(await contractOf(iam).authenticateApiKey({ key })).toEqual({
    kind: 'api-key',
    subject: id,
    tenant: principal.tenant,
    organization: principal.organization,
    roles: [],
    scopes: ['usage:read', 'usage:write'],
  });
  const list = await iam.request('GET', '/api-keys', { principal });
  expect(list.body.data).toMatchObject([{ id, prefix }]);
  expect(JSON.stringify([list.body, await iam.takeEvents()])).not.toContain(key);
  const rows = await iam.database.transaction(principal.tenant, (transaction) =>
    transaction.rows(`SELECT row_to_json(k)::text AS text FROM iam.api_keys k`),
  );
  expect(JSON.stringify(rows)).not.toContain(key.slice(-20));
});

test('knows nobody behind a key that is mistyped, unknown or expired', async () => {
  const principal = await createOwner();
  const { body } = await create(principal, { expiresAt: new Date(Date.now() + 500).toISOString() });
  const contract = contractOf(iam);
  expect(await contract.authenticateApiKey({ key: `${body.key}x` })).toBeNull();
  expect(await contract.authenticateApiKey({ key: generateApiKey().key })).toBeNull();
  expect(await contract.authenticateApiKey({ key: body.key })).not.toBeNull();
  await wait(520);
  expect(await contract.authenticateApiKey({ key: body.key })).toBeNull();
});

test('refuses scopes that the creator does not hold, an expiry in the past, and a key that makes keys', async () => {
  const principal = await createOwner();
  expect(await create(principal, { scopes: ['usage:read', 'tenant:suspend'] })).toMatchObject({
    status: 403,
    body: { code: 'api_key.scope_not_held' },
  });
  expect(await create(principal, { expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/expiresAt' }] },
  });
  expect(await create(principal, { scopes: [] })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/scopes' }] },
  });
  const key = buildPrincipal({ ...principal, kind: 'api-key', roles: [], scopes: ['api-key:write', 'usage:read'] });
  expect(await create(key, { scopes: ['usage:read'] })).toMatchObject({
    status: 403,
    body: { code: 'caller.not_a_user' },
  });
});

test('revokes a key at once, keeps it in the list, and takes a second revocation', async () => {
  const principal = await createOwner();
  const { body } = await create(principal);
  const contract = contractOf(iam);
  expect(await contract.authenticateApiKey({ key: body.key })).not.toBeNull();
  for (let time = 0; time < 2; time++)
    expect((await iam.request('DELETE', `/api-keys/${body.id}`, { principal })).status).toBe(204);
  expect(await contract.authenticateApiKey({ key: body.key })).toBeNull();
  const read = await iam.request('GET', `/api-keys/${body.id}`, { principal });
  expect(read.body.revokedAt).toEqual(expect.any(String));
});

test('lets a key do no more than its creator may do now', async () => {
  const principal = await createOwner();
  const other = await signUp(iam);
  const { tenant, organization } = principal;
  await contractOf(iam).grantRole({
    userId: other.userId,
    tenantId: tenant!,
    organizationId: organization!,
    role: 'org_admin',
  });
  const { body } = await create(buildPrincipal({ ...principal, subject: other.userId }), {
    scopes: ['plan:write', 'plan:read'],
  });
  const assignments = await iam.request('GET', `/roles/assignments?userId=${other.userId}`, { principal });
  await iam.request('POST', '/roles/assignments', { principal, body: { userId: other.userId, role: 'org_member' } });
  await iam.request('DELETE', `/roles/assignments/${assignments.body.data[0].id}`, { principal });
  expect(await contractOf(iam).authenticateApiKey({ key: body.key })).toMatchObject({ scopes: ['plan:read'] });
});

test("neither shows nor revokes another tenant's keys", async () => {
  const [own, foreign] = [await createOwner(), await createOwner()];
  const { body } = await create(foreign);
  expect((await iam.request('GET', `/api-keys/${body.id}`, { principal: own })).status).toBe(404);
  expect((await iam.request('DELETE', `/api-keys/${body.id}`, { principal: own })).status).toBe(404);
  expect((await iam.request('GET', '/api-keys', { principal: own })).body.data).toEqual([]);
  expect(await contractOf(iam).authenticateApiKey({ key: body.key })).not.toBeNull();
});

test('writes the last use before it stops', async () => {
  const other = await startIam();
  const user = await signUp(other);
  const { tenantId } = await createTenant(other, user.userId);
  const principal = buildPrincipal({ subject: user.userId, tenant: tenantId });
  const { body } = await other.request('POST', '/api-keys', {
    principal,
    body: { name: 'CI', scopes: ['usage:read'] },
  });
  expect(body.lastUsedAt).toBeNull();
  await contractOf(other).authenticateApiKey({ key: body.key });
  await other.instance.stop?.();
  expect((await other.request('GET', `/api-keys/${body.id}`, { principal })).body.lastUsedAt).toEqual(
    expect.any(String),
  );
  await other.stop().catch(() => {});
});
