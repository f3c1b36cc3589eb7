import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAuthorizationWorld, type AuthorizationWorld, type Owner } from '../../test/authorization-world.ts';

// The identity provider scenario of the AuthZEN working group: while it makes a token, an identity provider asks which
// records its user may delete. Ownership is all that counts; the records 101 to 120 belong to the users in turn.
const owners = ['alice', 'bob', 'carol', 'dan', 'erin', 'felix'];
const records = Array.from({ length: 20 }, (_, index) => String(101 + index));
const expected: Record<string, string[]> = {
  alice: ['101', '107', '113', '119'],
  bob: ['102', '108', '114', '120'],
  carol: ['103', '109', '115'],
  dan: ['104', '110', '116'],
  erin: ['105', '111', '117'],
  felix: ['106', '112', '118'],
};

let world: AuthorizationWorld;
let owner: Owner;
beforeAll(async () => {
  world = await startAuthorizationWorld();
  owner = await world.createOwner();
  await world.post(owner.principal, '/permissions', { name: 'record:delete' });
  const own = { attribute: 'resource.owner', operator: 'equals', otherAttribute: 'subject.name' };
  await world.createRole(owner, 'user', [], [{ permission: 'record:delete', conditions: [own] }]);
  const put = (path: string, body: object) =>
    world.iam.request('PUT', `/access/entities/${path}`, { principal: owner.principal, body });
  for (const name of owners) {
    const { userId } = await world.addMember(owner, 'user');
    await put(`user/${name}`, { userId, properties: { name } });
  }
  for (const [index, id] of records.entries())
    await put(`record/${id}`, { properties: { owner: owners[index % owners.length]! } });
});
afterAll(() => world.iam.stop());

const search = (id: string, resource: object = {}) =>
  world.post(owner.principal, '/access/v1/search/resource', {
    subject: { type: 'user', id },
    action: { name: 'delete' },
    resource: { type: 'record', ...resource },
  });

test.each(Object.entries(expected))(
  'the identity provider scenario of AuthZEN: the records for the token of %s',
  async (name, ids) => {
    const answer = await search(name);
    expect(answer.status).toBe(200);
    expect(answer.body.results).toEqual(ids.map((id) => ({ type: 'record', id })));
  },
);

test('the identity provider scenario of AuthZEN: nobody else may delete any', async () => {
  expect(await search('mallory')).toMatchObject({ status: 200, body: { results: [] } });
});

test('the identity provider scenario of AuthZEN: what else is said of the resource is ignored', async () => {
  const answer = await search('erin', { id: '101', properties: { owner: 'erin' } });
  expect(answer.body.results.map(({ id }: { id: string }) => id)).toEqual(expected['erin']);
});
