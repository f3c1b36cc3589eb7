import type { Grant, Principal } from '@plinth/contracts';
import { can, newId } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createOrganization, startAccount, type AccountUnderTest } from '../../test/builders.ts';

let account: AccountUnderTest;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(() => account.stop());

interface Tree {
  readonly organizationId: string;
  readonly tenantId: string;
  readonly admin: Principal;
  readonly europe: string;
  readonly austria: string;
  readonly vienna: string;
  readonly asia: string;
}

async function create(principal: Principal, name: string, parentId: string | null = null): Promise<string> {
  const response = await account.request('POST', '/divisions', { principal, body: { name, parentId } });
  if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  return response.body.id;
}

/** Europe › Austria › Vienna, and Asia. */
async function createTree(): Promise<Tree> {
  const { id: organizationId, tenantId, principal: admin } = await createOrganization(account);
  const europe = await create(admin, 'Europe');
  const austria = await create(admin, 'Austria', europe);
  const vienna = await create(admin, 'Vienna', austria);
  const asia = await create(admin, 'Asia');
  return { organizationId, tenantId, admin, europe, austria, vienna, asia };
}

function managerOf(tree: Tree, ...grants: Partial<Grant>[]): Principal {
  return {
    kind: 'user',
    subject: newId(),
    tenant: tree.tenantId,
    organization: tree.organizationId,
    roles: [],
    grants: grants.map((grant) => ({ permissions: ['division:read', 'division:write'], ...grant })),
  };
}

const list = async (principal: Principal, query = '') => {
  const response = await account.request('GET', `/divisions${query}`, { principal });
  return response.body.data?.map((division: { id: string }) => division.id);
};
const statusOf = async (
  principal: Principal,
  method: 'GET' | 'PATCH' | 'POST' | 'DELETE',
  path: string,
  body?: object,
) => (await account.request(method, path, { principal, ...(body === undefined ? {} : { body }) })).status;

test('a division manager sees their part of the tree and nothing else, in lists and one by one', async () => {
  const tree = await createTree();
  const manager = managerOf(tree, { division: tree.austria });
  expect(await list(manager)).toEqual([tree.austria, tree.vienna]);
  expect(await list(manager, `?parentId=${tree.europe}`)).toEqual([tree.austria]);
  expect(await list(manager, '?parentId=root')).toEqual([]);
  expect(await list(manager, '?limit=1')).toEqual([tree.austria]);
  for (const seen of [tree.austria, tree.vienna])
    expect(await statusOf(manager, 'GET', `/divisions/${seen}`)).toBe(200);
  for (const hidden of [tree.europe, tree.asia])
    expect(await account.request('GET', `/divisions/${hidden}`, { principal: manager })).toMatchObject({
      status: 404,
      body: { code: 'resource.not_found' },
    });
});

test('a division manager changes what is below their division and neither moves nor deletes the division itself', async () => {
  const tree = await createTree();
  const manager = managerOf(tree, { division: tree.austria });
  const graz = await create(manager, 'Graz', tree.austria);
  expect(await statusOf(manager, 'PATCH', `/divisions/${tree.austria}`, { name: 'Österreich' })).toBe(200);
  expect(await statusOf(manager, 'POST', `/divisions/${graz}/move`, { parentId: tree.vienna })).toBe(200);
  expect(await statusOf(manager, 'DELETE', `/divisions/${graz}`)).toBe(204);
  const refused = [
    await statusOf(manager, 'POST', `/divisions/${tree.austria}/move`, { parentId: tree.vienna }),
    await statusOf(manager, 'POST', `/divisions/${tree.vienna}/move`, { parentId: null }),
    await statusOf(manager, 'DELETE', `/divisions/${tree.austria}`),
    await statusOf(manager, 'POST', '/divisions', { name: 'Top' }),
  ];
  expect(refused).toEqual([403, 403, 403, 403]);
  const unseen = [
    await statusOf(manager, 'PATCH', `/divisions/${tree.asia}`, { name: 'Mine' }),
    await statusOf(manager, 'DELETE', `/divisions/${tree.asia}`),
    await statusOf(manager, 'POST', `/divisions/${tree.asia}/move`, { parentId: tree.austria }),
    await statusOf(manager, 'POST', `/divisions/${tree.vienna}/move`, { parentId: tree.asia }),
    await statusOf(manager, 'POST', '/divisions', { name: 'Below', parentId: tree.asia }),
  ];
  expect(unseen).toEqual([404, 404, 404, 404, 404]);
});

test('a move takes a division out of one manager’s part and into another’s', async () => {
  const tree = await createTree();
  const [ofEurope, ofAsia] = [managerOf(tree, { division: tree.europe }), managerOf(tree, { division: tree.asia })];
  expect(await list(ofAsia)).toEqual([tree.asia]);
  expect(await statusOf(tree.admin, 'POST', `/divisions/${tree.austria}/move`, { parentId: tree.asia })).toBe(200);
  expect(await list(ofEurope)).toEqual([tree.europe]);
  expect((await list(ofAsia)).toSorted()).toEqual([tree.asia, tree.austria, tree.vienna].toSorted());
});

test('whoever may only read their part changes nothing there', async () => {
  const tree = await createTree();
  const reader = managerOf(tree, { division: tree.europe, permissions: ['division:read'] });
  expect(await list(reader)).toHaveLength(3);
  expect(await statusOf(reader, 'PATCH', `/divisions/${tree.vienna}`, { name: 'x' })).toBe(403);
  const mixed = managerOf(tree, { division: tree.europe, permissions: ['division:read'] }, { division: tree.vienna });
  expect(await statusOf(mixed, 'PATCH', `/divisions/${tree.vienna}`, { name: 'x' })).toBe(200);
  expect(await statusOf(mixed, 'PATCH', `/divisions/${tree.austria}`, { name: 'x' })).toBe(403);
});

test('a role for the organization reaches all of it, and one for another organization none', async () => {
  const tree = await createTree();
  expect(await list(managerOf(tree, { organization: tree.organizationId }))).toHaveLength(4);
  const foreign = managerOf(tree, { organization: newId() }, { division: newId() });
  expect(await list(foreign)).toEqual([]);
  expect(await statusOf(foreign, 'GET', `/divisions/${tree.asia}`)).toBe(404);
  const reader = managerOf(tree, { organization: tree.organizationId, permissions: ['organization:read'] });
  expect(await statusOf(reader, 'GET', `/organizations/${tree.organizationId}`)).toBe(200);
  expect(await statusOf(reader, 'PATCH', `/organizations/${tree.organizationId}`, { name: 'x' })).toBe(403);
  const divisional = managerOf(tree, { division: tree.asia, permissions: ['organization:read', 'organization:write'] });
  expect(await statusOf(divisional, 'GET', `/organizations/${tree.organizationId}`)).toBe(404);
  expect(await statusOf(divisional, 'PATCH', `/organizations/${tree.organizationId}`, { name: 'x' })).toBe(403);
});

test("a grant for another tenant's division shows and changes nothing of it", async () => {
  const [own, foreign] = [await createTree(), await createTree()];
  const intruder = managerOf(own, { division: foreign.europe }, { organization: foreign.organizationId });
  expect(await list(intruder)).toEqual([]);
  expect(await statusOf(intruder, 'GET', `/divisions/${foreign.vienna}`)).toBe(404);
  expect(await statusOf(intruder, 'PATCH', `/divisions/${foreign.europe}`, { name: 'x' })).toBe(404);
});

test('a permission in a part of the tenant does not open operations that look at no object', async () => {
  const tree = await createTree();
  const manager = managerOf(tree, { division: tree.europe, permissions: ['account:read', 'account:write'] });
  expect(await account.request('GET', '/accounts', { principal: manager })).toMatchObject({
    status: 403,
    body: { code: 'auth.permission_denied' },
  });
});

test('lists and single checks agree on every division, whatever is granted', async () => {
  const tree = await createTree();
  const contract = contractOf(account);
  const ids = [tree.europe, tree.austria, tree.vienna, tree.asia];
  const places = await contract.resolvePlaces({ tenantId: tree.tenantId, organizationIds: [], divisionIds: ids });
  for (const id of ids) {
    const manager = managerOf(tree, { division: id });
    const allowed = places
      .filter((place) => can(manager, 'division:read', place))
      .map(({ divisionPath }) => divisionPath[0]);
    expect((await list(manager)).toSorted()).toEqual(allowed.toSorted());
  }
});

test('tells other services where divisions lie, in the asked tenant only', async () => {
  const [tree, foreign] = [await createTree(), await createTree()];
  const contract = contractOf(account);
  expect(
    await contract.resolvePlaces({
      tenantId: tree.tenantId,
      organizationIds: [tree.organizationId, foreign.organizationId],
      divisionIds: [tree.vienna, foreign.vienna, newId()],
    }),
  ).toEqual([
    { organizationId: tree.organizationId, divisionPath: [] },
    { organizationId: tree.organizationId, divisionPath: [tree.vienna, tree.austria, tree.europe] },
  ]);
  expect(await contract.listPlaces({ tenantId: tree.tenantId })).toHaveLength(5);
});
