import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildNewcomer, createOrganization, startAccount, type AccountUnderTest } from '../../test/builders.ts';

let account: AccountUnderTest;
beforeAll(async () => {
  account = await startAccount();
});
beforeEach(async () => {
  account.neighbours.onCall = async () => {};
  await account.takeEvents();
});
afterAll(() => account.stop());

/** How many organizations of the tenant are committed: a platform transaction joins no other one. */
async function countOrganizations(tenantId: string): Promise<number> {
  const sql = 'SELECT 1 FROM account.organizations WHERE tenant_id = $1';
  return account.database.platformTransaction(async (transaction) => (await transaction.rows(sql, [tenantId])).length);
}

test('a person without a tenant gets an organization, a tenant and its administrator role', async () => {
  const principal = buildNewcomer();
  const response = await account.request('POST', '/organizations', { principal, body: { name: ' Acme ' } });
  expect(response).toMatchObject({ status: 201, body: { name: 'Acme', version: 1 }, headers: { etag: '"1"' } });
  const { id, tenantId } = response.body;
  expect(account.neighbours.tenants.get(tenantId)).toEqual({ organizationId: id, name: 'Acme' });
  expect(account.neighbours.grants.get(tenantId)).toEqual({ userId: principal.subject, role: 'org_admin' });
  const events = await account.takeEvents();
  expect(events.map((event) => [event.type, event.tenant])).toEqual([
    ['audit.recorded', tenantId],
    ['organization.created', tenantId],
  ]);
  expect(events[1]).toMatchObject({
    subject: id,
    data: { organizationId: id, tenantId, name: 'Acme', ownerUserId: principal.subject },
  });
});

test.each([
  ['without', {}],
  ['with', { 'idempotency-key': 'first' }],
])('calls the neighbours after the commit, %s an Idempotency-Key', async (_case, headers) => {
  const seen: number[] = [];
  account.neighbours.onCall = async (tenantId) => void seen.push(await countOrganizations(tenantId));
  const response = await account.request('POST', '/organizations', {
    principal: buildNewcomer(),
    body: { name: 'Acme' },
    headers,
  });
  expect([response.status, seen]).toEqual([201, [1, 1]]);
});

test('the organization stays, with its event, when the neighbours cannot be reached', async () => {
  account.neighbours.onCall = async () => {
    throw new Error('away');
  };
  const { tenantId } = await createOrganization(account);
  expect(account.neighbours.tenants.has(tenantId)).toBe(false);
  expect(await countOrganizations(tenantId)).toBe(1);
  expect((await account.takeEvents()).map((event) => event.type)).toContain('organization.created');
});

test('neither rows nor events nor calls are left when the transaction fails in the end', async () => {
  const calls: string[] = [];
  account.neighbours.onCall = async (tenantId) => void calls.push(tenantId);
  const principal = buildNewcomer();
  // The operation joins the transaction around it, as it joins the one of an Idempotency-Key.
  const failing = account.database.transaction(undefined, async () => {
    const response = await account.request('POST', '/organizations', { principal, body: { name: 'Acme' } });
    expect(response.status).toBe(201);
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(calls).toEqual([]);
  expect((await account.request('GET', '/organizations', { principal })).body.data).toEqual([]);
  expect(await account.takeEvents()).toEqual([]);
});

test('a repeated request with the same key creates one organization, also for a caller who has a tenant', async () => {
  for (const principal of [buildNewcomer(), (await createOrganization(account)).principal]) {
    const send = (name: string) =>
      account.request('POST', '/organizations', { principal, body: { name }, headers: { 'idempotency-key': 'k' } });
    const first = await send('Second');
    const again = await send('Second');
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body, headers: { 'idempotency-replayed': 'true' } });
    expect(await send('Other')).toMatchObject({ status: 422, body: { code: 'idempotency.body_differs' } });
    const list = await account.request('GET', '/organizations', { principal });
    expect(list.body.data.filter((organization: { name: string }) => organization.name === 'Second')).toHaveLength(1);
  }
});

test('a person lists the organizations that they belong to, across tenants, and no others', async () => {
  const { principal, id } = await createOrganization(account, 'First');
  await createOrganization(account, 'Foreign');
  const second = await account.request('POST', '/organizations', { principal, body: { name: 'Second' } });
  const everywhere = await account.request('GET', '/organizations', {
    principal: buildNewcomer({ subject: principal.subject }),
  });
  expect(everywhere.body.data.map((organization: { id: string }) => organization.id).sort()).toEqual(
    [id, second.body.id].sort(),
  );
  // Whoever was given a role without being a member sees the organization that they act in.
  const colleague = await account.request('GET', '/organizations', { principal: { ...principal, subject: newId() } });
  expect(colleague.body.data.map((organization: { id: string }) => organization.id)).toEqual([id]);
  expect((await account.request('GET', '/organizations', { principal: buildNewcomer() })).body).toEqual({
    data: [],
    nextCursor: null,
  });
});

test('pages through the own organizations', async () => {
  const principal = buildNewcomer();
  for (const name of ['A', 'B', 'C']) await account.request('POST', '/organizations', { principal, body: { name } });
  const first = await account.request('GET', '/organizations?limit=2', { principal });
  const second = await account.request('GET', `/organizations?limit=2&cursor=${first.body.nextCursor}`, { principal });
  const names = [...first.body.data, ...second.body.data].map((organization) => organization.name);
  expect([names.sort(), second.body.nextCursor]).toEqual([['A', 'B', 'C'], null]);
});

test('gets and renames by version, and answers 404 for those of other tenants', async () => {
  const { id, principal, tenantId } = await createOrganization(account);
  const path = `/organizations/${id}`;
  expect(await account.request('GET', path, { principal })).toMatchObject({
    status: 200,
    body: { id, tenantId },
    headers: { etag: '"1"' },
  });
  const renamed = await account.request('PATCH', path, {
    principal,
    body: { name: 'New' },
    headers: { 'if-match': '"1"' },
  });
  expect(renamed).toMatchObject({ status: 200, body: { name: 'New', version: 2 }, headers: { etag: '"2"' } });
  expect((await account.request('PATCH', path, { principal, body: {} })).body.version).toBe(2);
  const stale = await account.request('PATCH', path, {
    principal,
    body: { name: 'Old' },
    headers: { 'if-match': '"1"' },
  });
  expect(stale).toMatchObject({ status: 412, body: { code: 'request.version_mismatch' } });
  const foreign = (await createOrganization(account)).principal;
  expect(await account.request('GET', path, { principal: foreign })).toMatchObject({
    status: 404,
    body: { code: 'resource.not_found' },
  });
  expect((await account.request('PATCH', path, { principal: foreign, body: { name: 'Mine' } })).status).toBe(404);
});

test('refuses who is not signed in, no person, not allowed to, or not understood', async () => {
  const body = { name: 'Acme' };
  expect((await account.request('POST', '/organizations', { body })).status).toBe(401);
  const key = buildPrincipal({ kind: 'api-key', roles: [], scopes: ['organization:write'] });
  expect(await account.request('POST', '/organizations', { principal: key, body })).toMatchObject({
    status: 403,
    body: { code: 'caller.not_a_user' },
  });
  const narrowed = buildNewcomer({ scopes: ['profile:read'] });
  expect(await account.request('POST', '/organizations', { principal: narrowed, body })).toMatchObject({
    status: 403,
    body: { code: 'auth.scope_missing' },
  });
  expect((await account.request('GET', '/organizations', { principal: narrowed })).status).toBe(403);
  const { id, principal } = await createOrganization(account);
  const member = { ...principal, roles: ['org_member'] };
  expect((await account.request('PATCH', `/organizations/${id}`, { principal: member, body })).status).toBe(403);
  for (const wrong of [{ name: 'A', colour: 'red' }, { name: '  ' }, { name: 'a\0b' }, { name: '\ud800' }, {}]) {
    expect(await account.request('POST', '/organizations', { principal, body: wrong })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  }
});
