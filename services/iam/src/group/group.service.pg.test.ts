import { newId } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAuthorizationWorld, type AuthorizationWorld, type Owner } from '../../test/authorization-world.ts';
import { GroupService } from './group.service.ts';

let world: AuthorizationWorld;
beforeAll(async () => {
  world = await startAuthorizationWorld();
});
afterAll(() => world.iam.stop());

const request = (owner: Owner, method: 'GET' | 'PUT' | 'PATCH' | 'DELETE', path: string, options: object = {}) =>
  world.iam.request(method, path, { principal: owner.principal, ...options });

async function createGroup(owner: Owner, name: string): Promise<string> {
  return (await world.post(owner.principal, '/groups', { name })).body.id;
}

test('makes, lists, changes by version and deletes a group', async () => {
  const owner = await world.createOwner();
  const made = await world.post(owner.principal, '/groups', { name: ' Support ', description: 'First line' });
  expect(made).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: { name: 'Support', description: 'First line', source: 'local', externalId: null, version: 1 },
  });
  expect(await world.post(owner.principal, '/groups', { name: 'Support' })).toMatchObject({
    status: 409,
    body: { code: 'resource.already_exists' },
  });
  const path = `/groups/${made.body.id}`;
  const change = { body: { name: 'Help', description: null }, headers: { 'if-match': '"1"' } };
  expect(await request(owner, 'PATCH', path, change)).toMatchObject({
    status: 200,
    body: { name: 'Help', version: 2 },
  });
  expect((await request(owner, 'PATCH', path, change)).status).toBe(412);
  expect((await request(owner, 'GET', '/groups')).body.data).toMatchObject([{ name: 'Help', description: null }]);
  expect((await request(owner, 'DELETE', path)).status).toBe(204);
  expect((await request(owner, 'GET', path)).status).toBe(404);
});

test('members have the roles of their group, from being added until they are removed', async () => {
  const owner = await world.createOwner();
  const member = await world.addMember(owner);
  const group = await createGroup(owner, 'Planners');
  await world.createRole(owner, 'planner', ['plan:write']);
  await world.post(owner.principal, '/roles/assignments', { groupId: group, role: 'planner' });
  const path = `/groups/${group}/members`;
  for (let time = 0; time < 2; time += 1)
    expect((await request(owner, 'PUT', `${path}/${member.userId}`)).status).toBe(204);
  expect((await request(owner, 'GET', path)).body.data).toMatchObject([{ userId: member.userId, email: member.email }]);
  expect(await world.principalOf(member)).toMatchObject({
    roles: ['org_member'],
    grants: [{ permissions: ['plan:write'] }],
  });
  const page = await request(owner, 'GET', `/users/${member.userId}`);
  expect(page.body.roles.toSorted()).toEqual(['org_member', 'planner']);
  await request(owner, 'DELETE', `${path}/${member.userId}`);
  expect((await world.principalOf(member)).grants).toBeUndefined();
});

test('deleting a group takes its roles from its members', async () => {
  const owner = await world.createOwner();
  const member = await world.addMember(owner);
  const group = await createGroup(owner, 'Admins');
  await world.post(owner.principal, '/roles/assignments', { groupId: group, role: 'org_admin' });
  await request(owner, 'PUT', `/groups/${group}/members/${member.userId}`);
  expect((await world.principalOf(member)).roles).toContain('org_admin');
  expect((await request(owner, 'DELETE', `/groups/${group}`)).status).toBe(204);
  expect((await world.principalOf(member)).roles).toEqual(['org_member']);
  const left = await request(owner, 'GET', `/roles/assignments?groupId=${group}`);
  expect(left.body.data).toEqual([]);
});

test('a group of the directory is changed by the directory alone', async () => {
  const owner = await world.createOwner();
  const member = await world.addMember(owner);
  const groups = new GroupService({
    database: world.iam.database,
    clock: { now: () => new Date() },
    places: {} as never,
    members: { noteJoined: async () => {}, noteTaken: async () => {} },
  });
  const group = await world.iam.database.transaction(owner.tenantId, (transaction) =>
    groups.createIn(transaction, { name: 'Synced', source: 'scim', externalId: 'g-1' }),
  );
  expect((await request(owner, 'GET', `/groups/${group.id}`)).body).toMatchObject({
    source: 'scim',
    externalId: 'g-1',
  });
  const refused = [
    await request(owner, 'PATCH', `/groups/${group.id}`, { body: { name: 'x' } }),
    await request(owner, 'PUT', `/groups/${group.id}/members/${member.userId}`),
    await request(owner, 'DELETE', `/groups/${group.id}/members/${member.userId}`),
    await request(owner, 'DELETE', `/groups/${group.id}`),
  ];
  for (const answer of refused) expect(answer).toMatchObject({ status: 409, body: { code: 'group.of_directory' } });
  await world.iam.database.transaction(owner.tenantId, async (transaction) => {
    await groups.changeMembersIn(transaction, group.id, { add: [member.userId] });
    await groups.updateIn(transaction, group.id, { name: 'Renamed' });
  });
  expect((await request(owner, 'GET', `/groups/${group.id}/members`)).body.data).toHaveLength(1);
});

test('pages through groups and members', async () => {
  const owner = await world.createOwner();
  const ids = [await createGroup(owner, 'A'), await createGroup(owner, 'B')];
  const first = (await request(owner, 'GET', '/groups?limit=1')).body;
  const second = (await request(owner, 'GET', `/groups?limit=1&cursor=${first.nextCursor}`)).body;
  expect([first.data[0].id, second.data[0].id, second.nextCursor]).toEqual([...ids, null]);
  expect((await request(owner, 'GET', `/groups/${newId()}/members`)).status).toBe(404);
});

test('whoever gets their first role by a group joins the tenant, and leaves it when that role is taken', async () => {
  const [owner, other] = [await world.createOwner(), await world.createOwner()];
  const outsider = other.user.userId;
  const group = await createGroup(owner, 'Guests');
  await world.iam.database.transaction(owner.tenantId, (transaction) =>
    transaction.execute(
      `INSERT INTO iam.group_members (tenant_id, group_id, user_id, created_at) VALUES ($1, $2, $3, now())`,
      [owner.tenantId, group, outsider],
    ),
  );
  await world.iam.takeEvents();
  const given = await world.post(owner.principal, '/roles/assignments', { groupId: group, role: 'org_member' });
  const types = async () => (await world.iam.takeEvents()).map(({ type, subject }) => [type, subject]);
  expect(await types()).toContainEqual(['member.joined', outsider]);
  await request(owner, 'DELETE', `/roles/assignments/${given.body.id}`);
  expect(await types()).toContainEqual(['member.left', outsider]);
});
