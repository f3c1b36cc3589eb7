import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { contractOf } from '../../test/builders.ts';
import { startAuthorizationWorld, type AuthorizationWorld } from '../../test/authorization-world.ts';

let world: AuthorizationWorld;
beforeAll(async () => {
  world = await startAuthorizationWorld();
});
afterAll(() => world.iam.stop());

const operator = () => buildPrincipal({ roles: ['platform_admin'] });

test('makes, lists, changes by version and deletes a role of the tenant', async () => {
  const { principal } = await world.createOwner();
  await world.iam.takeEvents();
  const made = await world.post(principal, '/roles', {
    name: 'billing',
    title: 'Billing',
    permissions: ['invoice:read', 'invoice:write'],
  });
  expect(made).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: { name: 'billing', permissions: ['invoice:read', 'invoice:write'], conditional: [], version: 1 },
  });
  const { id } = made.body;
  const names = (await world.iam.request('GET', '/roles', { principal })).body.data.map(
    (role: { name: string }) => role.name,
  );
  expect(names).toEqual(['platform_admin', 'org_admin', 'org_member', 'billing']);
  const change = { title: 'Bills', description: null, permissions: ['invoice:read'] };
  const changed = await world.iam.request('PATCH', `/roles/${id}`, {
    principal,
    body: change,
    headers: { 'if-match': '"1"', 'content-type': 'application/merge-patch+json' },
  });
  expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: change });
  expect(
    await world.iam.request('PATCH', `/roles/${id}`, { principal, body: change, headers: { 'if-match': '"1"' } }),
  ).toMatchObject({ status: 412, body: { code: 'request.version_mismatch' } });
  expect((await world.iam.request('GET', `/roles/${id}`, { principal })).body).toMatchObject({
    title: 'Bills',
    version: 2,
  });
  expect((await world.iam.request('DELETE', `/roles/${id}`, { principal })).status).toBe(204);
  expect((await world.iam.request('GET', `/roles/${id}`, { principal })).status).toBe(404);
  const actions = (await world.iam.takeEvents()).map((event) => (event.data as { action: string }).action);
  expect(actions).toEqual(['role.created', 'role.updated', 'role.deleted']);
});

test('refuses names that are taken or built in, unknown permissions, and says where they are', async () => {
  const owner = await world.createOwner();
  await world.createRole(owner, 'billing', []);
  const create = (body: object) => world.post(owner.principal, '/roles', { title: 'x', ...body });
  expect(await create({ name: 'billing' })).toMatchObject({ status: 409, body: { code: 'resource.already_exists' } });
  const faults = async (body: object) => (await create(body)).body.errors.map((fault: { path: string }) => fault.path);
  expect(await faults({ name: 'org_admin' })).toEqual(['/name']);
  expect(await faults({ name: 'a', permissions: ['invoice:read', 'invoice:eat'] })).toEqual(['/permissions/1']);
  expect(await faults({ name: 'a', permissions: ['invoice:read', 'invoice:read'] })).toEqual(['/permissions']);
  const conditions = [{ attribute: 'resource.ownerId', operator: 'equals', otherAttribute: 'subject.id' }];
  for (const permission of ['todo:eat', 'plan:read'])
    expect(await faults({ name: 'a', conditional: [{ permission, conditions }] })).toEqual([
      '/conditional/0/permission',
    ]);
  expect(
    await faults({
      name: 'a',
      conditional: [{ permission: 'user:read', conditions: [{ ...conditions[0], value: 1 }] }],
    }),
  ).toEqual(['/conditional/0/conditions/0/value']);
});

test('keeps a role that somebody has, and counts who', async () => {
  const owner = await world.createOwner();
  const id = await world.createRole(owner, 'billing', ['invoice:read']);
  const member = await world.addMember(owner, 'billing');
  expect(await world.iam.request('DELETE', `/roles/${id}`, { principal: owner.principal })).toMatchObject({
    status: 409,
    body: { code: 'role.in_use' },
  });
  const given = await world.iam.request('GET', '/roles/assignments?role=billing', { principal: owner.principal });
  expect(given.body.data).toMatchObject([{ userId: member.userId, role: 'billing', roleId: id, scope: null }]);
  await world.iam.request('DELETE', `/roles/assignments/${given.body.data[0].id}`, { principal: owner.principal });
  expect((await world.iam.request('DELETE', `/roles/${id}`, { principal: owner.principal })).status).toBe(204);
});

test('a custom role reaches the next request of its holder, and a change of it too', async () => {
  const owner = await world.createOwner();
  const id = await world.createRole(owner, 'billing', ['invoice:read']);
  const member = await world.addMember(owner, 'billing');
  expect(member.principal).toMatchObject({
    tenant: owner.tenantId,
    organization: owner.organizationId,
    roles: [],
    grants: [{ permissions: ['invoice:read'] }],
  });
  const check = async () =>
    (
      await world.post(await world.principalOf(member), '/permissions/check', {
        permissions: ['invoice:read', 'plan:read'],
      })
    ).body.results;
  expect(await check()).toEqual([
    { permission: 'invoice:read', allowed: true },
    { permission: 'plan:read', allowed: false },
  ]);
  await world.iam.request('PATCH', `/roles/${id}`, {
    principal: owner.principal,
    body: { permissions: ['plan:read'] },
  });
  expect(await check()).toEqual([
    { permission: 'invoice:read', allowed: false },
    { permission: 'plan:read', allowed: true },
  ]);
});

test('roles for an organization or a division become grants for that part alone', async () => {
  const owner = await world.createOwner();
  const division = world.addDivision(owner);
  await world.createRole(owner, 'manager', ['division:read', 'division:write']);
  const member = await world.addMember(owner, 'manager', { divisionId: division });
  await world.post(owner.principal, '/roles/assignments', {
    userId: member.userId,
    role: 'org_member',
    scope: { organizationId: owner.organizationId },
  });
  const principal = await world.principalOf(member);
  expect(principal.roles).toEqual([]);
  expect(principal.grants).toMatchObject([
    { permissions: ['division:read', 'division:write'], division },
    { organization: owner.organizationId },
  ]);
  const below = world.addDivision(owner, division);
  const check = async (divisionId: string) =>
    (await world.post(principal, '/permissions/check', { permission: 'division:write', object: { divisionId } })).body
      .allowed;
  expect([await check(division), await check(below), await check(world.addDivision(owner))]).toEqual([
    true,
    true,
    false,
  ]);
  expect((await world.post(principal, '/permissions/check', { permission: 'division:write' })).body.allowed).toBe(
    false,
  );
});

test('a key does no more than a custom or scoped role of its creator allows now, and no more than its scopes', async () => {
  const owner = await world.createOwner();
  const division = world.addDivision(owner);
  const id = await world.createRole(owner, 'maker', ['api-key:write', 'plan:read', 'plan:write']);
  await world.createRole(owner, 'manager', ['division:read', 'division:write']);
  const member = await world.addMember(owner, 'maker');
  await world.post(owner.principal, '/roles/assignments', {
    userId: member.userId,
    role: 'manager',
    scope: { divisionId: division },
  });
  const principal = await world.principalOf(member);
  const { body } = await world.post(principal, '/api-keys', { name: 'CI', scopes: ['plan:write'] });
  const authenticate = () => contractOf(world.iam).authenticateApiKey({ key: body.key });
  expect(await authenticate()).toMatchObject({ roles: [], scopes: ['plan:write'] });
  expect((await authenticate())!.grants).toBeUndefined();
  await world.iam.request('PATCH', `/roles/${id}`, {
    principal: owner.principal,
    body: { permissions: ['plan:read'] },
  });
  expect(await authenticate()).toMatchObject({ scopes: [] });
});

test("permissions of a tenant's own applications exist there, and nowhere else", async () => {
  const [owner, other] = [await world.createOwner(), await world.createOwner()];
  const add = (name: string) => world.post(owner.principal, '/permissions', { name, description: 'x' });
  expect(await add('todo:finish')).toMatchObject({ status: 201, body: { name: 'todo:finish' } });
  expect(await add('todo:finish')).toMatchObject({ status: 409 });
  expect((await add('invoice:read')).body.errors).toMatchObject([{ path: '/name' }]);
  expect((await add('todo')).body.errors).toMatchObject([{ path: '/name' }]);
  expect((await world.iam.request('GET', '/permissions', { principal: owner.principal })).body.data).toContain(
    'todo:finish',
  );
  expect((await world.iam.request('GET', '/permissions', { principal: other.principal })).body.data).not.toContain(
    'todo:finish',
  );
  expect(
    (await world.post(other.principal, '/roles', { name: 'a', title: 'a', permissions: ['todo:finish'] })).body.errors,
  ).toMatchObject([{ path: '/permissions/0' }]);
  const id = await world.createRole(owner, 'finisher', ['todo:finish']);
  const remove = () => world.iam.request('DELETE', '/permissions/todo:finish', { principal: owner.principal });
  expect(await remove()).toMatchObject({ status: 409, body: { code: 'permission.in_use' } });
  await world.iam.request('DELETE', `/roles/${id}`, { principal: owner.principal });
  expect((await remove()).status).toBe(204);
});

test('a platform administrator makes a role for support staff that holds wherever they belong', async () => {
  const owner = await world.createOwner();
  const made = await world.post(operator(), '/roles/platform', {
    name: `support-${newId().slice(-6)}`,
    title: 'Support',
    permissions: ['user:impersonate'],
  });
  expect(made.status).toBe(201);
  const staff = await world.addMember(owner);
  const given = await world.post(operator(), '/roles/platform/assignments', {
    userId: staff.userId,
    role: made.body.name,
  });
  expect(given).toMatchObject({ status: 201, body: { role: made.body.name, roleId: made.body.id, scope: null } });
  expect(await world.principalOf(staff)).toMatchObject({
    tenant: owner.tenantId,
    roles: ['org_member'],
    grants: [{ permissions: ['user:impersonate'] }],
  });
  const listed = await world.iam.request('GET', '/roles/platform/assignments', { principal: operator() });
  expect(listed.body.data).toContainEqual(given.body);
  expect(
    (await world.iam.request('GET', '/roles/assignments', { principal: owner.principal })).body.data.map(
      (assignment: { role: string }) => assignment.role,
    ),
  ).toEqual(['org_admin', 'org_member']);
  expect(await world.iam.request('DELETE', `/roles/platform/${made.body.id}`, { principal: operator() })).toMatchObject(
    {
      status: 409,
      body: { code: 'role.in_use' },
    },
  );
  await world.iam.request('DELETE', `/roles/platform/assignments/${given.body.id}`, { principal: operator() });
  expect((await world.principalOf(staff)).grants).toBeUndefined();
  expect((await world.iam.request('DELETE', `/roles/platform/${made.body.id}`, { principal: operator() })).status).toBe(
    204,
  );
});

test('keeps the last platform administrator', async () => {
  const listed = await world.iam.request('GET', '/roles/platform/assignments?role=platform_admin', {
    principal: operator(),
  });
  expect(listed.body.data).toHaveLength(1);
  expect(
    await world.iam.request('DELETE', `/roles/platform/assignments/${listed.body.data[0].id}`, {
      principal: operator(),
    }),
  ).toMatchObject({ status: 409, body: { code: 'role.last_administrator' } });
});

test('shows email addresses to those who may read users only', async () => {
  const owner = await world.createOwner();
  await world.createRole(owner, 'auditor', ['role:read', 'group:read']);
  const auditor = await world.addMember(owner, 'auditor');
  const group = (await world.post(owner.principal, '/groups', { name: 'All' })).body;
  await world.iam.request('PUT', `/groups/${group.id}/members/${auditor.userId}`, { principal: owner.principal });
  for (const path of ['/roles/assignments', `/groups/${group.id}/members`]) {
    const seen = (await world.iam.request('GET', path, { principal: auditor.principal })).body.data;
    expect(seen.map((item: { email: string | null }) => item.email)).toEqual(seen.map(() => null));
    expect(seen.every((item: { name: string }) => item.name === 'Ann')).toBe(true);
    const full = (await world.iam.request('GET', path, { principal: owner.principal })).body.data;
    expect(full.map((item: { email: string | null }) => item.email)).toContain(auditor.email);
  }
});
