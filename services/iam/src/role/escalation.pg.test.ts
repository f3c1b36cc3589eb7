import { permissions, type Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startAuthorizationWorld,
  type AuthorizationWorld,
  type Member,
  type Owner,
} from '../../test/authorization-world.ts';

let world: AuthorizationWorld;
beforeAll(async () => {
  world = await startAuthorizationWorld();
});
afterAll(() => world.iam.stop());

const refusal = (code: string, status = 403) => ({ status, body: { code } });
const remove = (principal: Principal, path: string) => world.iam.request('DELETE', path, { principal });
const patch = (principal: Principal, path: string, body: object) =>
  world.iam.request('PATCH', path, { principal, body });

/** Somebody who manages roles and groups and holds little else. */
async function createRoleManager(owner: Owner, ...more: string[]): Promise<Member> {
  const name = `m-${newId().slice(-8)}`;
  await world.createRole(owner, name, ['role:read', 'role:write', 'group:read', 'group:write', ...more]);
  return world.addMember(owner, name);
}

test('attack: a custom role with more than its maker holds', async () => {
  const owner = await world.createOwner();
  const { principal } = await createRoleManager(owner, 'plan:read');
  const create = (granted: string[], conditional: object[] = []) =>
    world.post(principal, '/roles', { name: `r-${newId().slice(-8)}`, title: 'x', permissions: granted, conditional });
  expect((await create(['plan:read'])).status).toBe(201);
  for (const permission of permissions.filter(
    (name) => !['plan:read', 'role:read', 'role:write', 'group:read', 'group:write'].includes(name),
  ))
    expect((await create([permission])).status, permission).toBe(403);
  await world.post(owner.principal, '/permissions', { name: 'todo:finish' });
  const conditions = [{ attribute: 'resource.x', operator: 'not_equals', value: 'never' }];
  const limited = await create([], [{ permission: 'todo:finish', conditions }]);
  expect(limited).toMatchObject(refusal('role.too_powerful'));
});

test('attack: a role with permissions of the operator, made in a tenant, by its administrator or by the operator', async () => {
  const owner = await world.createOwner();
  const body = { name: 'ops', title: 'x', permissions: ['tenant:suspend'] };
  expect((await world.post(owner.principal, '/roles', body)).status).toBe(403);
  const operator = buildPrincipal({ ...owner.principal, roles: ['platform_admin'] });
  expect(await world.post(operator, '/roles', body)).toMatchObject(refusal('role.platform_permission'));
});

test('attack: adding permissions to a role that one has oneself', async () => {
  const owner = await world.createOwner();
  const attacker = await createRoleManager(owner);
  const own = (
    await world.iam.request('GET', `/roles/assignments?userId=${attacker.userId}`, { principal: owner.principal })
  ).body.data[0].roleId;
  const more = ['role:read', 'role:write', 'invoice:write'];
  expect(await patch(attacker.principal, `/roles/${own}`, { permissions: more })).toMatchObject(
    refusal('role.too_powerful'),
  );
  expect((await world.principalOf(attacker)).grants![0]!.permissions).not.toContain('invoice:write');
});

test('attack: changing, emptying, deleting or handing out a role above one’s own', async () => {
  const owner = await world.createOwner();
  const id = await world.createRole(owner, 'finance', ['invoice:write']);
  const { principal, userId } = await createRoleManager(owner);
  expect(await patch(principal, `/roles/${id}`, { permissions: [] })).toMatchObject(refusal('role.too_powerful'));
  expect(await remove(principal, `/roles/${id}`)).toMatchObject(refusal('role.too_powerful'));
  for (const role of ['finance', 'org_admin', 'org_member', 'platform_admin'])
    expect(await world.post(principal, '/roles/assignments', { userId, role })).toMatchObject(
      refusal('role.too_powerful'),
    );
});

test('attack: taking a role from somebody more powerful', async () => {
  const owner = await world.createOwner();
  const { principal } = await createRoleManager(owner);
  const second = await world.addMember(owner, 'org_admin');
  const { data } = (await world.iam.request('GET', `/roles/assignments?userId=${second.userId}`, { principal })).body;
  expect(await remove(principal, `/roles/assignments/${data[0].id}`)).toMatchObject(refusal('role.too_powerful'));
});

test('attack: adding oneself to a group with a role above one’s own, removing others from it, deleting it', async () => {
  const owner = await world.createOwner();
  const attacker = await createRoleManager(owner);
  const group = (await world.post(owner.principal, '/groups', { name: 'Admins' })).body;
  await world.post(owner.principal, '/roles/assignments', { groupId: group.id, role: 'org_admin' });
  const path = `/groups/${group.id}/members`;
  expect(await world.iam.request('PUT', `${path}/${attacker.userId}`, { principal: attacker.principal })).toMatchObject(
    refusal('role.too_powerful'),
  );
  await world.iam.request('PUT', `${path}/${owner.user.userId}`, { principal: owner.principal });
  expect(await remove(attacker.principal, `${path}/${owner.user.userId}`)).toMatchObject(refusal('role.too_powerful'));
  expect(await remove(attacker.principal, `/groups/${group.id}`)).toMatchObject(refusal('role.too_powerful'));
  expect((await world.principalOf(attacker)).roles).toEqual([]);
});

test('attack: giving a role above one’s own to a group that one is in', async () => {
  const owner = await world.createOwner();
  const attacker = await createRoleManager(owner);
  const group = (await world.post(attacker.principal, '/groups', { name: 'Mine' })).body;
  await world.iam.request('PUT', `/groups/${group.id}/members/${attacker.userId}`, { principal: attacker.principal });
  for (const role of ['org_admin', 'org_member'])
    expect(await world.post(attacker.principal, '/roles/assignments', { groupId: group.id, role })).toMatchObject(
      refusal('role.too_powerful'),
    );
});

test('attack: a manager of one division gives roles for the tenant, another division, or an organization', async () => {
  const owner = await world.createOwner();
  const [own, other] = [world.addDivision(owner), world.addDivision(owner)];
  const below = world.addDivision(owner, own);
  await world.createRole(owner, 'lead', ['role:write', 'division:read', 'division:write']);
  await world.createRole(owner, 'reader', ['division:read']);
  const lead = await world.addMember(owner, 'lead', { divisionId: own });
  const friend = await world.addMember(owner);
  const give = (role: string, scope: object | null) =>
    world.post(lead.principal, '/roles/assignments', { userId: friend.userId, role, scope });
  expect((await give('reader', { divisionId: own })).status).toBe(201);
  expect((await give('lead', { divisionId: below })).status).toBe(201);
  for (const scope of [null, { divisionId: other }, { organizationId: owner.organizationId }])
    expect(await give('reader', scope)).toMatchObject(refusal('auth.permission_denied'));
  for (const role of ['org_member', 'org_admin'])
    expect(await give(role, { divisionId: own })).toMatchObject(refusal('role.too_powerful'));
  const elsewhere = await world.post(owner.principal, '/roles/assignments', {
    userId: friend.userId,
    role: 'reader',
    scope: { divisionId: other },
  });
  expect(await remove(lead.principal, `/roles/assignments/${elsewhere.body.id}`)).toMatchObject(
    refusal('auth.permission_denied'),
  );
  // Making roles, and all that has no place in the tree, needs the permission in the whole tenant.
  expect(await world.post(lead.principal, '/roles', { name: 'x', title: 'x' })).toMatchObject(
    refusal('auth.permission_denied'),
  );
  expect((await world.iam.request('GET', '/roles/assignments', { principal: lead.principal })).status).toBe(403);
});

test('attack: a scope that is both, neither, unknown, or of another tenant', async () => {
  const [owner, foreign] = [await world.createOwner(), await world.createOwner()];
  const give = (scope: object) =>
    world.post(owner.principal, '/roles/assignments', { userId: owner.user.userId, role: 'org_member', scope });
  const paths = async (scope: object) => (await give(scope)).body.errors.map((fault: { path: string }) => fault.path);
  const division = world.addDivision(owner);
  expect(await paths({ divisionId: division, organizationId: owner.organizationId })).toEqual([
    '/scope/organizationId',
  ]);
  expect(await paths({})).toEqual(['/scope/organizationId']);
  expect(await paths({ divisionId: newId() })).toEqual(['/scope/divisionId']);
  expect(await paths({ divisionId: world.addDivision(foreign) })).toEqual(['/scope/divisionId']);
  expect(await paths({ organizationId: foreign.organizationId })).toEqual(['/scope/organizationId']);
  expect(await paths({ divisionId: division, tenantId: foreign.tenantId })).toEqual(['/scope/tenantId']);
});

test('attack: platform roles by the administrator of a tenant, a key, or a service account that claims the role', async () => {
  const owner = await world.createOwner();
  const callers = [
    owner.principal,
    buildPrincipal({ kind: 'api-key', roles: ['platform_admin'], scopes: [...permissions] }),
    buildPrincipal({ kind: 'service-account', roles: ['platform_admin'] }),
  ];
  for (const principal of callers) {
    const answers = [
      await world.iam.request('GET', '/roles/platform', { principal }),
      await world.post(principal, '/roles/platform', { name: 'x', title: 'x', permissions: ['user:impersonate'] }),
      await patch(principal, `/roles/platform/${newId()}`, { title: 'x' }),
      await remove(principal, `/roles/platform/${newId()}`),
      await world.iam.request('GET', '/roles/platform/assignments', { principal }),
      await world.post(principal, '/roles/platform/assignments', { userId: owner.user.userId, role: 'platform_admin' }),
      await remove(principal, `/roles/platform/assignments/${newId()}`),
    ];
    for (const answer of answers) expect(answer).toMatchObject(refusal('role.platform_administrator_only'));
  }
  const operator = buildPrincipal({ ...owner.principal, roles: ['platform_admin'] });
  expect(
    await world.post(operator, '/roles/assignments', { userId: owner.user.userId, role: 'platform_admin' }),
  ).toMatchObject({ status: 400, body: { errors: [{ path: '/role' }] } });
  expect(
    await world.post(operator, '/roles/platform/assignments', { userId: owner.user.userId, role: 'org_admin' }),
  ).toMatchObject({ status: 400, body: { errors: [{ path: '/role' }] } });
});

test('attack: a key with the right to give roles gives more than its scopes', async () => {
  const owner = await world.createOwner();
  const key = buildPrincipal({ ...owner.principal, kind: 'api-key', roles: [], scopes: ['role:write', 'role:read'] });
  const body = { userId: owner.user.userId, role: 'org_member' };
  expect(await world.post(key, '/roles/assignments', body)).toMatchObject(refusal('role.too_powerful'));
  expect(await world.post(key, '/roles', { name: 'x', title: 'x', permissions: ['plan:read'] })).toMatchObject(
    refusal('role.too_powerful'),
  );
  const narrowed = { ...owner.principal, scopes: ['role:write'] };
  expect(await world.post(narrowed, '/roles/assignments', body)).toMatchObject(refusal('role.too_powerful'));
});

test('attack: leaving a tenant without an administrator, by assignments, by a group’s members, roles or end', async () => {
  const owner = await world.createOwner();
  const { principal } = owner;
  const second = await world.addMember(owner, 'org_member');
  const group = (await world.post(principal, '/groups', { name: 'Admins' })).body;
  const given = (await world.post(principal, '/roles/assignments', { groupId: group.id, role: 'org_admin' })).body;
  await world.iam.request('PUT', `/groups/${group.id}/members/${second.userId}`, { principal });
  const direct = (await world.iam.request('GET', `/roles/assignments?userId=${owner.user.userId}`, { principal })).body
    .data[0];
  expect((await remove(principal, `/roles/assignments/${direct.id}`)).status).toBe(204);
  const last = refusal('role.last_administrator', 409);
  expect(await remove(principal, `/groups/${group.id}/members/${second.userId}`)).toMatchObject(last);
  expect(await remove(principal, `/roles/assignments/${given.id}`)).toMatchObject(last);
  expect(await remove(principal, `/groups/${group.id}`)).toMatchObject(last);
  expect((await world.principalOf(second)).roles.toSorted()).toEqual(['org_admin', 'org_member']);
  // An administrator of one division alone does not count.
  await world.post(principal, '/roles/assignments', {
    userId: owner.user.userId,
    role: 'org_admin',
    scope: { divisionId: world.addDivision(owner) },
  });
  expect(await remove(principal, `/roles/assignments/${given.id}`)).toMatchObject(last);
});

test("attack: another tenant's roles, assignments, groups and members by their ids", async () => {
  const [own, foreign] = [await world.createOwner(), await world.createOwner()];
  const { principal } = own;
  const role = await world.createRole(foreign, 'theirs', ['plan:read']);
  const group = (await world.post(foreign.principal, '/groups', { name: 'Theirs' })).body.id;
  const member = await world.addMember(foreign, 'theirs');
  await world.iam.request('PUT', `/groups/${group}/members/${member.userId}`, { principal: foreign.principal });
  const assignment = (
    await world.iam.request('GET', '/roles/assignments?role=theirs', { principal: foreign.principal })
  ).body.data[0].id;
  const hidden = [
    await world.iam.request('GET', `/roles/${role}`, { principal }),
    await patch(principal, `/roles/${role}`, { permissions: ['plan:write'] }),
    await remove(principal, `/roles/${role}`),
    await remove(principal, `/roles/assignments/${assignment}`),
    await world.iam.request('GET', `/groups/${group}`, { principal }),
    await patch(principal, `/groups/${group}`, { name: 'Mine' }),
    await remove(principal, `/groups/${group}`),
    await world.iam.request('GET', `/groups/${group}/members`, { principal }),
    await world.iam.request('PUT', `/groups/${group}/members/${own.user.userId}`, { principal }),
    await remove(principal, `/groups/${group}/members/${member.userId}`),
  ];
  for (const answer of hidden) expect(answer).toMatchObject(refusal('resource.not_found', 404));
  const give = (body: object) => world.post(principal, '/roles/assignments', body);
  expect((await give({ userId: own.user.userId, role: 'theirs' })).body.errors).toMatchObject([{ path: '/role' }]);
  expect((await give({ groupId: group, role: 'org_member' })).body.errors).toMatchObject([{ path: '/groupId' }]);
  const mine = (await world.post(principal, '/groups', { name: 'Mine' })).body.id;
  expect(await world.iam.request('PUT', `/groups/${mine}/members/${member.userId}`, { principal })).toMatchObject(
    refusal('group.not_a_member_of_tenant', 400),
  );
  const lists = await Promise.all(
    ['/roles', '/groups', '/roles/assignments'].map((path) => world.iam.request('GET', path, { principal })),
  );
  expect(JSON.stringify(lists.map(({ body }) => body))).not.toContain(foreign.tenantId);
  expect(JSON.stringify(lists.map(({ body }) => body))).not.toContain(member.userId);
});

test('attack: fields that are not the caller’s to set, and unknown ones', async () => {
  const owner = await world.createOwner();
  const { principal } = owner;
  const faults = async (answer: Promise<{ body: { errors?: { path: string }[] } }>) =>
    (await answer).body.errors?.map(({ path }) => path).toSorted();
  const readOnly = { id: newId(), tenantId: newId(), version: 7, createdAt: '2020-01-01T00:00:00Z' };
  const paths = ['/createdAt', '/id', '/tenantId', '/version'];
  expect(await faults(world.post(principal, '/roles', { name: 'a', title: 'a', ...readOnly }))).toEqual(paths);
  const role = await world.createRole(owner, 'a', []);
  expect(await faults(patch(principal, `/roles/${role}`, { name: 'b', ...readOnly }))).toEqual(
    [...paths, '/name'].toSorted(),
  );
  expect(
    await faults(world.post(principal, '/groups', { name: 'a', source: 'scim', externalId: 'x', ...readOnly })),
  ).toEqual([...paths, '/externalId', '/source'].toSorted());
  const group = (await world.post(principal, '/groups', { name: 'a' })).body.id;
  expect(await faults(patch(principal, `/groups/${group}`, { source: 'scim', members: [] }))).toEqual([
    '/members',
    '/source',
  ]);
  const assignment = {
    userId: owner.user.userId,
    role: 'org_member',
    organizationId: newId(),
    roleId: newId(),
    ...readOnly,
  };
  expect(await faults(world.post(principal, '/roles/assignments', assignment))).toEqual(
    [...paths, '/organizationId', '/roleId'].toSorted(),
  );
  const both = { userId: owner.user.userId, groupId: group, role: 'org_member' };
  expect(await faults(world.post(principal, '/roles/assignments', both))).toEqual(['/userId']);
});

test('attack: support staff who act as an administrator give themselves or others roles', async () => {
  const owner = await world.createOwner();
  const group = (await world.post(owner.principal, '/groups', { name: 'All' })).body.id;
  const role = await world.createRole(owner, 'own', []);
  const acting = { ...owner.principal, actor: newId() };
  const { userId } = owner.user;
  const answers = [
    await world.post(acting, '/roles/assignments', { userId, role: 'org_member' }),
    await world.post(acting, '/roles', { name: 'x', title: 'x' }),
    await patch(acting, `/roles/${role}`, { permissions: ['plan:read'] }),
    await world.iam.request('PUT', `/groups/${group}/members/${userId}`, { principal: acting }),
    await world.post({ ...acting, roles: ['platform_admin'] }, '/roles/platform/assignments', {
      userId,
      role: 'platform_admin',
    }),
  ];
  for (const answer of answers) expect(answer).toMatchObject(refusal('auth.impersonation_refused'));
});

test('attack: giving without conditions, in a part of the tenant, what one has under conditions', async () => {
  const owner = await world.createOwner();
  const division = world.addDivision(owner);
  await world.post(owner.principal, '/permissions', { name: 'todo:finish' });
  const conditions = [{ attribute: 'resource.status', operator: 'not_equals', value: 'archived' }];
  await world.createRole(owner, 'lead', ['role:write'], [{ permission: 'todo:finish', conditions }]);
  await world.createRole(owner, 'finisher', ['todo:finish']);
  const lead = await world.addMember(owner, 'lead', { divisionId: division });
  const body = { userId: lead.userId, role: 'finisher', scope: { divisionId: division } };
  expect(await world.post(lead.principal, '/roles/assignments', body)).toMatchObject(refusal('role.too_powerful'));
});
